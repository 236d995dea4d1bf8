/// \file record/edit.hpp  Small changes to a record's text that keep the owner's order and spelling.
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

/// Where a new term belongs: in front of the first `all`, else behind the last directive, which is
/// before `redirect` and whatever modifiers follow (5.1, 6). In octets from the start of the text.
[[nodiscard]] SPF_EXPORT std::size_t place_for_terms(const Record& record);

/// The place in front of all terms.
[[nodiscard]] SPF_EXPORT std::size_t place_in_front(const Record& record);

/// The text with terms put in at a place that one of the functions above gave, or at a directive.
[[nodiscard]] SPF_EXPORT std::string with_terms(const Record& record, std::size_t place,
                                                std::span<const std::string> terms);

/// The text with other terms in the place of a directive of it; without any, it is taken out.
[[nodiscard]] SPF_EXPORT std::string with_replaced(const Record& record, const Directive& directive,
                                                   std::span<const std::string> terms);

/// `ip4:192.0.2.0/24` (5.6).
[[nodiscard]] SPF_EXPORT std::string network_term(const Network& network);

/// The fewest `ip4` and `ip6` terms for a set, IPv4 first.
[[nodiscard]] SPF_EXPORT std::vector<std::string> network_terms(const NetworkSet& set);

/// A text in strings of at most 255 octets, as a TXT record holds it (3.3): cut behind a space where
/// there is one, so that joining them gives the text again. At least one string.
[[nodiscard]] SPF_EXPORT std::vector<std::string> txt_strings(std::string_view text);

}  // namespace spf
