// Characters that get into records by accident: ends and tabs of lines, and what word processors
// and web pages make of plain ones.
#pragma once

#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// One of them, and what was meant.
struct LookAlike {
    std::string_view octets;  ///< UTF-8
    std::string_view plain;   ///< US-ASCII; empty where nothing can be seen
    std::string_view name;    ///< for people; with its code point beyond US-ASCII

    /// White space, or what has no width.
    [[nodiscard]] constexpr bool is_gap() const noexcept { return plain.empty() || plain == " "; }
    [[nodiscard]] constexpr bool is_quote() const noexcept { return plain == "'" || plain == "\""; }
};

/// The one that a text, which is not empty, begins with; null where there is none. Static storage.
[[nodiscard]] SPF_EXPORT const LookAlike* look_alike_at(std::string_view text) noexcept;

}  // namespace spf
