// Characters that get into records by accident: line ends, tabs, and the characters that word
// processors and web pages put in the place of plain ones.
#pragma once

#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// A character that gets into records by accident, and the plain character that was meant.
struct LookAlike {
    std::string_view octets;  ///< the character in UTF-8
    std::string_view plain;   ///< in US-ASCII; empty for a character without width
    std::string_view name;    ///< a name for people, with the code point if not US-ASCII

    /// Returns whether the character is white space or has no width.
    [[nodiscard]] constexpr bool is_gap() const noexcept { return plain.empty() || plain == " "; }
    [[nodiscard]] constexpr bool is_quote() const noexcept { return plain == "'" || plain == "\""; }
};

/// Returns the look-alike at the beginning of a text, which must not be empty; null if there is
/// none. The result has static storage.
[[nodiscard]] SPF_EXPORT const LookAlike* look_alike_at(std::string_view text) noexcept;

}  // namespace spf
