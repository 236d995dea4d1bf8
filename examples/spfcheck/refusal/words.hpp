// Words of replies, made alike for comparison: one line, lower case, without what mail servers put
// between lines that they join.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spfcheck {

/// Only so many octets of a reply are read.
inline constexpr std::size_t longest_reply = std::size_t{16} << 10U;

inline constexpr auto npos = std::string_view::npos;

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
/// Returns whether an octet is part of a word: a letter, a digit, or of a character beyond ASCII.
[[nodiscard]] constexpr bool is_word(char c) noexcept {
    return (lower(c) >= 'a' && lower(c) <= 'z') || is_digit(c) ||
           static_cast<unsigned char>(c) >= 0x80;
}
[[nodiscard]] std::string lower(std::string_view text);

/// Returns whether a text has three digits of a reply code at a place (RFC 5321, 4.2), with neither
/// a letter nor a digit around them.
[[nodiscard]] bool is_reply_code_at(std::string_view text, std::size_t place) noexcept;

/// Returns the size of the enhanced status code at a place (RFC 3463, 2), such as 5 for "5.1.1"; 0
/// if there is none. An address such as 5.1.1.1 is none, nor is a version with another subject than
/// those of the registry.
[[nodiscard]] std::size_t enhanced_code_at(std::string_view text, std::size_t place) noexcept;

/// Returns a reply on one line, with single spaces. The codes at the beginning of its second and
/// further lines are left out, also where a mail server has joined the lines.
[[nodiscard]] std::string on_one_line(std::string_view reply);

/// Returns the text without links.
[[nodiscard]] std::string without_links(std::string_view words);

}  // namespace spfcheck
