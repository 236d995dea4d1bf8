/// \file dns/name.hpp  Domain names as check_host() uses them (RFC 7208 sections 4.3 and 4.8).
///
/// Names here are in plain presentation form: labels joined by dots, no escapes, no trailing dot. A
/// label may hold any octet except the dot, as macro expansion may produce any octet (4.8).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"

namespace spf::dns {

/// Maximum length of a name without its trailing dot, in octets (7.3).
inline constexpr std::size_t max_name_length = 253;
/// Maximum length of a label, in octets (4.3).
inline constexpr std::size_t max_label_length = 63;

/// The name without its trailing dot, if it has one.
[[nodiscard]] constexpr std::string_view without_trailing_dot(std::string_view name) noexcept {
    if (!name.empty() && name.back() == '.') name.remove_suffix(1);
    return name;
}

/// Why `name` cannot be sent to DNS: name_empty, name_too_long, name_label_empty or
/// name_label_too_long; nothing if it can be sent. A trailing dot and any octets are allowed.
/// Linear, allocates nothing.
[[nodiscard]] SPF_EXPORT std::optional<ParseError> name_problem(std::string_view name) noexcept;

/// Why check_host() cannot start from `name` as its `<domain>` (4.3): the errors of name_problem(),
/// name_single_label, name_character (space, control, an octet above 0x7e: U-labels must be given
/// as A-labels, RFC 8616) or name_literal. With any of them the result is none.
[[nodiscard]] SPF_EXPORT std::optional<ParseError> check_host_domain_problem(
    std::string_view name) noexcept;

/// Whether `name` is `parent` or below it. Compares whole labels and ignores case, so that
/// `mail.bad-example.com` is not within `example.com` (5.5). Ignores trailing dots.
[[nodiscard]] SPF_EXPORT bool is_within(std::string_view name, std::string_view parent) noexcept;

/// Changes a name to the one spelling that questions, keys and comparisons use: US-ASCII letters in
/// lower case, no trailing dot. Other octets stay as they are.
SPF_EXPORT void make_canonical(std::string& name) noexcept;

/// The name in the spelling of make_canonical(), or the error of name_problem().
[[nodiscard]] SPF_EXPORT Expected<std::string> canonical_name(std::string_view name);

}  // namespace spf::dns
