// Whether a reply refuses because of SPF, DKIM or DMARC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "refusal/refusal.hpp"

namespace spfcheck {

/// Returns `spf`, `dkim` or `dmarc` if a reply says that it refuses because of that. Advice, scores
/// and a mere mention are no reason.
/// \param words  on one line, in lower case
[[nodiscard]] std::optional<Cause> cause_by_authentication(std::string_view words);

/// Returns a reply without advice: each sentence up to words such as "make sure that".
/// \param words  on one line, in lower case
[[nodiscard]] std::string without_advice(std::string_view words);

}  // namespace spfcheck
