// Keeps C++ exceptions inside of the functions of the C API.
#pragma once

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "spf/c/base.h"

namespace spf::c_api {

/// Returns what `call()` returns. If it throws, returns SPFC_NO_MEMORY: the library throws only
/// std::bad_alloc, and a callback must not throw.
template <class Call>
spf_error guarded(const Call& call) noexcept {
    try {
        return call();
    } catch (...) {
        return SPFC_NO_MEMORY;
    }
}

/// Returns an object that `make()` returns as a unique_ptr, released to the caller; null if it
/// throws.
template <class Make>
auto released(const Make& make) noexcept -> decltype(make().release()) {
    try {
        return make().release();
    } catch (...) {
        return nullptr;
    }
}

/// Stores in `*out` the object that `make(object)` puts into a unique_ptr, or null if `make`
/// returns an error or throws. Returns that error.
template <class T, class Make>
spf_error make_into(T** out, const Make& make) noexcept {
    if (out == nullptr) return SPFC_NULL_ARGUMENT;
    *out = nullptr;
    return guarded([&] {
        std::unique_ptr<T> object;
        const spf_error error = make(object);
        if (error == SPFC_OK) *out = object.release();
        return error;
    });
}

/// Returns a view of a C string; an empty view of NULL.
inline std::string_view view(const char* text) noexcept {
    return text == nullptr ? std::string_view{} : std::string_view{text};
}

/// Returns a copy of the text that `make()` returns, which spf_text_free() frees; null if there is
/// not enough memory.
template <class Make>
char* copied_from(const Make& make) noexcept {
    char* copy = nullptr;
    (void)guarded([&] {
        const std::string text = make();
        // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): the text of a C program
        copy = static_cast<char*>(std::malloc(text.size() + 1));
        if (copy != nullptr) std::memcpy(copy, text.c_str(), text.size() + 1);
        return SPFC_OK;
    });
    return copy;
}

}  // namespace spf::c_api
