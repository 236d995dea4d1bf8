// Characters that get into SPF records by accident: line ends, tabs, and characters that word
// processors and web pages insert instead of characters of US-ASCII.
#pragma once

#include <span>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// A character that gets into SPF records by accident, and the character of US-ASCII that was
/// meant.
struct LookAlike {
    std::string_view octets;  ///< the character in UTF-8
    /// The character of US-ASCII that was meant; empty if the accidental character has no width.
    std::string_view plain;
    /// The name of the character in messages for people. It contains the code point if the
    /// character is not US-ASCII.
    std::string_view name;

    /// Returns whether this character is white space or has no width.
    [[nodiscard]] constexpr bool is_gap() const noexcept { return plain.empty() || plain == " "; }
    [[nodiscard]] constexpr bool is_quote() const noexcept { return plain == "'" || plain == "\""; }
};

/// Returns the entry for the character at the beginning of a text, which must not be empty; null if
/// this character is not in the table of look-alikes. The result has static storage.
[[nodiscard]] SPF_EXPORT const LookAlike* look_alike_at(std::string_view text) noexcept;

/// Returns the whole table of look-alikes.
[[nodiscard]] SPF_EXPORT std::span<const LookAlike> all_look_alikes() noexcept;

}  // namespace spf
