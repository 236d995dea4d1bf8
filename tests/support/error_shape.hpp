// Checks the properties that every error type of the library must have.
#pragma once

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "spf/base/error_shape.hpp"
#include "support/catch.hpp"

namespace spf::test {

/// Returns whether a text consists of lower-case letters, digits and underscores, like the name of
/// an enumerator.
inline bool is_identifier(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
                                std::string_view::npos;
}

inline bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

/// Returns whether a text is one line of printable US-ASCII without a dot at the end.
inline bool is_sentence(std::string_view text) {
    return text.size() > 10 && text.back() != '.' && text.front() != ' ' && text.back() != ' ' &&
           is_printable(text);
}

/// Checks that all codes of an error type have the required properties.
/// \param example  an error with any code, whose data comes from an untrusted sender
template <Error E>
void check_shape(E example = {}) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < E::code_count; ++i) {
        example.code = static_cast<typename E::Code>(i);
        E bare;
        bare.code = example.code;
        CAPTURE(i, to_string(example.code), example.message(), bare.message());
        CHECK(is_identifier(to_string(example.code)));
        CHECK(names.insert(to_string(example.code)).second);
        CHECK(is_sentence(example.message()));
        CHECK_FALSE(bare.message().empty());
        CHECK(is_printable(bare.message()));
        CHECK(example == E(example));
        E other = example;
        other.code = static_cast<typename E::Code>((i + 1) % 256);
        CHECK_FALSE(example == other);
    }
}

/// A text that an untrusted sender may have written.
inline const std::string hostile = std::string("a\0b\x9f\r\n\x1b[0m", 10) + "\"\\.example";

}  // namespace spf::test
