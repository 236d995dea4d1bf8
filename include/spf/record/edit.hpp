/// \file record/edit.hpp  Adds, replaces or removes terms in the text of a record. All other terms
/// keep the order and the spelling that the owner of the record chose.
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

/// Returns the place at which to insert a new directive so that it has an effect, in octets from
/// the start of the text. This is before the first `all` (5.1). Without an `all`, it is after the
/// last directive, so that modifiers at the end of the record stay at the end (6). Without any
/// directive, it is after the version.
[[nodiscard]] SPF_EXPORT std::size_t place_for_terms(const Record& record);

/// Returns the place at which to insert a directive before all others, in octets from the start of
/// the text. Without any directive, it is after the version.
[[nodiscard]] SPF_EXPORT std::size_t place_in_front(const Record& record);

/// Returns the record's text with `terms` inserted at `place`. `place` must be the result of
/// place_for_terms() or place_in_front() for this record, or the start of a directive.
[[nodiscard]] SPF_EXPORT std::string with_terms(const Record& record, std::size_t place,
                                                std::span<const std::string> terms);

/// Returns the record's text with one of its directives replaced by `terms`. If `terms` is empty,
/// the directive is removed.
[[nodiscard]] SPF_EXPORT std::string with_replaced(const Record& record, const Directive& directive,
                                                   std::span<const std::string> terms);

/// Returns the term that matches exactly the addresses of a network, such as `ip4:192.0.2.0/24`
/// (5.6).
[[nodiscard]] SPF_EXPORT std::string network_term(const Network& network);

/// Returns `ip4` and `ip6` terms that match exactly the addresses of a set. The number of terms is
/// the smallest possible. The `ip4` terms are first.
[[nodiscard]] SPF_EXPORT std::vector<std::string> network_terms(const NetworkSet& set);

/// Divides the text into strings of at most 255 octets, as a TXT record requires (3.3). Divides it
/// after a space if possible. The strings joined without separators are the text. Returns at least
/// one string.
[[nodiscard]] SPF_EXPORT std::vector<std::string> txt_strings(std::string_view text);

}  // namespace spf
