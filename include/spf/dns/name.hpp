/// \file dns/name.hpp  Domain names as check_host() uses them (RFC 7208 sections 4.3 and 4.8).
///
/// Names are written as labels joined by dots, without escapes and, unless stated otherwise,
/// without a trailing dot. A label may contain any octet except the dot, because macro expansion
/// may produce any octet (4.8).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"

namespace spf::dns {

/// The maximum length of a name without its trailing dot, in octets (7.3).
inline constexpr std::size_t max_name_length = 253;
/// The maximum length of a label, in octets (4.3).
inline constexpr std::size_t max_label_length = 63;

/// Returns the name without its trailing dot, if it has one.
[[nodiscard]] constexpr std::string_view without_trailing_dot(std::string_view name) noexcept {
    if (!name.empty() && name.back() == '.') name.remove_suffix(1);
    return name;
}

/// Returns why DNS cannot be asked for `name`, or nothing if it can. The possible codes are
/// name_empty, name_too_long, name_label_empty and name_label_too_long. A trailing dot is allowed,
/// and labels may contain any octets. The time is linear in the length of the name, and nothing is
/// allocated.
[[nodiscard]] SPF_EXPORT std::optional<ParseError> name_problem(std::string_view name) noexcept;

/// Returns why check_host() cannot begin with `name` as its `<domain>` (4.3), or nothing if it can.
/// The possible codes are name_single_label, name_character and name_literal, and all codes that
/// name_problem() returns. With any of these errors, the result of check_host() is none. U-labels
/// are a name_character error: they must be given as A-labels (RFC 8616).
[[nodiscard]] SPF_EXPORT std::optional<ParseError> check_host_domain_problem(
    std::string_view name) noexcept;

/// Returns whether `name` is `parent` or a name below it. Whole labels are compared, so
/// `mail.bad-example.com` is not within `example.com` (5.5). Ignores case and trailing dots.
[[nodiscard]] SPF_EXPORT bool is_within(std::string_view name, std::string_view parent) noexcept;

/// Changes a name to its canonical spelling, in which names are looked up, compared and used as
/// keys: US-ASCII letters are in lower case, and there is no trailing dot. Other octets are not
/// changed.
SPF_EXPORT void make_canonical(std::string& name) noexcept;

/// Returns the name in the spelling of make_canonical(), or the error that name_problem() returns
/// for it.
[[nodiscard]] SPF_EXPORT Expected<std::string> canonical_name(std::string_view name);

}  // namespace spf::dns
