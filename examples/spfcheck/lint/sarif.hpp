// Writes findings as a SARIF log, for code scanners and editors.
#pragma once

#include <span>

#include "io/json.hpp"
#include "lint/place.hpp"
#include "lint/report.hpp"

namespace spfcheck {

/// Returns the findings as a log in the format SARIF 2.1.0 (OASIS). A finding that is in several
/// reports, because several domains include its record, is one result.
[[nodiscard]] Json to_sarif(std::span<const LintReport> reports, const ZonePlaces& places);

}  // namespace spfcheck
