/// \file base/expected.hpp  The return type of functions that may fail: it holds a value or an
/// error.
///
/// Nothing in this library throws because of what an untrusted sender wrote. Functions that read
/// text return `Expected<T>`, which holds a value or a ParseError (base/error.hpp). Functions with
/// an error of another type `E` return `Expected<T, E>`.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace spf {

struct ParseError;

/// A value or an error: the part of C++23's std::expected that this library needs.
///
/// Reading the value if there is an error, or the error if there is a value, is a programming
/// mistake. It fails an assertion in debug builds. Otherwise the behaviour is undefined, as with
/// operator* of std::expected. No member throws anything but what copying or moving `T` or `E`
/// throws.
template <class T, class E = ParseError>
class [[nodiscard]] Expected {
public:
    using value_type = T;  ///< the type of the value
    using error_type = E;  ///< the type of the error

    /// Holds a value.
    Expected(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    /// Holds an error.
    Expected(E error) : state_(std::in_place_index<1>, std::move(error)) {}

    /// Returns whether there is a value.
    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    /// Returns whether there is a value.
    explicit operator bool() const noexcept { return has_value(); }

    /// Returns the value. Requires has_value().
    [[nodiscard]] T& operator*() & noexcept { return *get(); }
    /// Returns the value. Requires has_value().
    [[nodiscard]] const T& operator*() const& noexcept { return *get(); }
    /// Returns the value for moving from it. Requires has_value().
    [[nodiscard]] T&& operator*() && noexcept { return std::move(*get()); }
    /// Gives access to the members of the value. Requires has_value().
    [[nodiscard]] T* operator->() noexcept { return get(); }
    /// Gives access to the members of the value. Requires has_value().
    [[nodiscard]] const T* operator->() const noexcept { return get(); }

    /// Returns the error. Requires !has_value().
    [[nodiscard]] const E& error() const noexcept {
        const E* error = std::get_if<1>(&state_);
        assert(error != nullptr);
        return *error;
    }
    /// Returns the value, or `fallback` if there is an error.
    [[nodiscard]] T value_or(T fallback) const& {
        return has_value() ? **this : std::move(fallback);
    }

private:
    T* get() noexcept {
        T* value = std::get_if<0>(&state_);
        assert(value != nullptr);
        return value;
    }
    const T* get() const noexcept {
        const T* value = std::get_if<0>(&state_);
        assert(value != nullptr);
        return value;
    }

    std::variant<T, E> state_;
};

}  // namespace spf
