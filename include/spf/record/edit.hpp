/// \file record/edit.hpp  Small changes to a record's text that keep the owner's order and
/// spelling.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/net/network_set.hpp"
#include "spf/record/record.hpp"

namespace spf {

/// The place for a new term, in octets from the start of the text: before the first `all`, or else
/// after the last directive, which is before `redirect` and the modifiers that follow it (5.1, 6).
[[nodiscard]] SPF_EXPORT std::size_t place_for_terms(const Record& record);

/// The place before all terms, in octets from the start of the text.
[[nodiscard]] SPF_EXPORT std::size_t place_in_front(const Record& record);

/// The record's text with terms inserted at a place that one of the functions above returned, or at
/// the start of a directive.
[[nodiscard]] SPF_EXPORT std::string with_terms(const Record& record, std::size_t place,
                                                std::span<const std::string> terms);

/// The record's text with one of its directives replaced by other terms; without terms, the
/// directive is removed.
[[nodiscard]] SPF_EXPORT std::string with_replaced(const Record& record, const Directive& directive,
                                                   std::span<const std::string> terms);

/// The term for a network, such as `ip4:192.0.2.0/24` (5.6).
[[nodiscard]] SPF_EXPORT std::string network_term(const Network& network);

/// The smallest number of `ip4` and `ip6` terms for a set of addresses, IPv4 first.
[[nodiscard]] SPF_EXPORT std::vector<std::string> network_terms(const NetworkSet& set);

/// The text divided into strings of at most 255 octets, as a TXT record holds it (3.3). Divides
/// after a space if possible; the joined strings are the text. At least one string.
[[nodiscard]] SPF_EXPORT std::vector<std::string> txt_strings(std::string_view text);

}  // namespace spf
