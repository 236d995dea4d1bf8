// The octets of the lexical parts of header fields and mail addresses, which their writers, their
// readers and the receiver's policy share.
#pragma once

#include <cstddef>

#include "base/ascii.hpp"

namespace spf::ascii {

/// The octets of atext (RFC 5322, 3.2.3): those of a dot-atom, except the dot.
inline constexpr OctetSet is_atext{
    [](char c) { return is_alnum(c) || contains("!#$%&'*+-/=?^_`{|}~", c); }};
/// The octets of a dot-atom, including the dot.
inline constexpr OctetSet is_dot_atom_text{[](char c) { return is_atext(c) || c == '.'; }};
/// The octets of a token (RFC 2045, 5.1).
inline constexpr OctetSet is_token_text{
    [](char c) { return is_visible(c) && !contains("()<>@,;:\\\"/[]?=", c); }};

/// The maximum length of a mail address: a local-part, "@" and a domain (RFC 5321, 4.5.3.1).
inline constexpr std::size_t longest_address = 64 + 1 + 255;

}  // namespace spf::ascii
