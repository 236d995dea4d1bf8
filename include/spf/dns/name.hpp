/// \file dns/name.hpp  Domain names as check_host() wants them (RFC 7208 sections 4.3 and 4.8).
///
/// Names here are in plain presentation form: labels joined by dots, no escapes, no trailing dot.
/// Any octet but the dot may stand in a label, as macro expansion may produce any (4.8).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"

namespace spf::dns {

inline constexpr std::size_t max_name_length = 253;  ///< octets without trailing dot (7.3)
inline constexpr std::size_t max_label_length = 63;  ///< octets (4.3)

/// The name without its trailing dot, where it has one.
[[nodiscard]] constexpr std::string_view without_trailing_dot(std::string_view name) noexcept {
    if (!name.empty() && name.back() == '.') name.remove_suffix(1);
    return name;
}

/// What keeps `name` from being sent to DNS: name_empty, name_too_long, name_label_empty,
/// name_label_too_long; nothing where it is fine. One trailing dot is allowed. Any octet is. Linear,
/// no allocation.
[[nodiscard]] SPF_EXPORT std::optional<ParseError> name_problem(std::string_view name) noexcept;

/// The same for the `<domain>` that check_host() starts from (4.3): besides, name_single_label,
/// name_character (space, control, octets above 0x7e: U-labels must have become A-labels, RFC 8616)
/// and name_literal. Any of them means the result none.
[[nodiscard]] SPF_EXPORT std::optional<ParseError> check_host_domain_problem(
    std::string_view name) noexcept;

/// Whether `name` is `parent` or lies below it: on label borders and without regard to case, so that
/// `mail.bad-example.com` is not within `example.com` (5.5). Trailing dots are ignored.
[[nodiscard]] SPF_EXPORT bool is_within(std::string_view name, std::string_view parent) noexcept;

/// Gives a name the one spelling that questions, keys and comparisons use: US-ASCII letters in lower
/// case, no trailing dot. Any other octet stays.
SPF_EXPORT void make_canonical(std::string& name) noexcept;

/// A name in that spelling; an error where name_problem() has one.
[[nodiscard]] SPF_EXPORT Expected<std::string> canonical_name(std::string_view name);

}  // namespace spf::dns
