// Functions for octets in US-ASCII. Unlike the functions of <cctype>, they do not depend on the
// locale or on whether `char` is signed.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace spf::ascii {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr char lower(char c) noexcept { return is_upper(c) ? static_cast<char>(c | 0x20) : c; }
constexpr bool is_alpha(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }
constexpr bool is_alnum(char c) noexcept { return is_alpha(c) || is_digit(c); }
/// Returns whether an octet is a visible character of US-ASCII, from 0x21 to 0x7e.
constexpr bool is_visible(char c) noexcept { return c > ' ' && c < '\x7f'; }
/// Returns whether an octet is a printable character of US-ASCII, from 0x20 (space) to 0x7e.
constexpr bool is_printable(char c) noexcept { return c >= ' ' && c < '\x7f'; }
constexpr bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

/// Returns whether a set contains an octet, by a search through the set. Use it only to build an
/// OctetSet, whose own test is faster.
constexpr bool contains(std::string_view set, char c) noexcept {
    for (const char member : set) {
        if (member == c) return true;
    }
    return false;
}

constexpr bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (lower(left[i]) != lower(right[i])) return false;
    }
    return true;
}

/// A set of octets. It is a table with an entry for each octet, so testing an octet needs no
/// search.
class OctetSet {
public:
    template <class Predicate>
    explicit constexpr OctetSet(Predicate belongs) noexcept {
        for (std::size_t i = 0; i < 256; ++i)
            member_[i] = belongs(static_cast<char>(static_cast<unsigned char>(i)));
    }
    [[nodiscard]] constexpr bool operator()(char c) const noexcept {
        return member_[static_cast<unsigned char>(c)];
    }
    /// Returns whether all octets of a text belong to the set. (std::all_of() would copy the table,
    /// which takes longer than to test a short text.)
    [[nodiscard]] constexpr bool has_all(std::string_view text) const noexcept {
        for (const char c : text) {
            if (!(*this)(c)) return false;
        }
        return true;
    }

private:
    std::array<bool, 256> member_{};
};

/// Appends an octet in readable form to `out`. A printable character of US-ASCII is appended
/// unchanged, any other octet as an escape such as `\x9f`.
inline void append_printable(std::string& out, char c) {
    if (is_printable(c)) {
        out += c;
        return;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    const auto octet = static_cast<unsigned char>(c);
    out += "\\x";
    out += digits[octet >> 4U];
    out += digits[octet & 0xfU];
}

inline void make_lower(std::string& text) noexcept {
    for (char& c : text) c = lower(c);
}

}  // namespace spf::ascii
