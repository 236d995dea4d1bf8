// Characters that get into records by accident: line ends and tabs, and what word processors and
// web pages make of plain characters.
#pragma once

#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// Such a character, and the plain one that was meant.
struct LookAlike {
    std::string_view octets;  ///< UTF-8
    std::string_view plain;   ///< US-ASCII; empty for a character without width
    std::string_view name;    ///< for people; beyond US-ASCII, with the code point

    /// Whether it is white space or has no width.
    [[nodiscard]] constexpr bool is_gap() const noexcept { return plain.empty() || plain == " "; }
    [[nodiscard]] constexpr bool is_quote() const noexcept { return plain == "'" || plain == "\""; }
};

/// Returns the look-alike at the beginning of a text, which must not be empty; null if there is
/// none. The result has static storage.
[[nodiscard]] SPF_EXPORT const LookAlike* look_alike_at(std::string_view text) noexcept;

}  // namespace spf
