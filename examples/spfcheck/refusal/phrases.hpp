// What servers say, and what they mean by it.
#pragma once

#include <optional>
#include <string_view>

#include "refusal/refusal.hpp"

namespace spfcheck {

/// Returns the cause that a reply names in words that mean one thing only. Authentication (SPF,
/// DKIM, DMARC) is not among them; see authentication.hpp.
/// \param words  on one line, in lower case
[[nodiscard]] std::optional<Cause> cause_by_words(std::string_view words);

/// Returns the cause that words suggest which mean little by themselves, such as "rejected".
[[nodiscard]] std::optional<Cause> cause_by_weak_words(std::string_view words);

/// Returns the cause that an enhanced status code stands for (RFC 3463, RFC 7372, RFC 7505 and the
/// registry of IANA), as far as servers mean by it what it says.
[[nodiscard]] std::optional<Cause> cause_by_status(std::string_view status);

/// Returns the cause that a reply code stands for by itself (RFC 5321, 4.2.3).
[[nodiscard]] std::optional<Cause> cause_by_code(unsigned code) noexcept;

}  // namespace spfcheck
