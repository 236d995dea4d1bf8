// Findings, for people and for programs.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/json.hpp"
#include "spf/lint/domain.hpp"
#include "spf/lint/lint.hpp"
#include "spf/report/text.hpp"

namespace spfcheck {

/// What was examined, and what was found.
struct LintReport {
    std::string domain;  ///< empty if a text was given
    std::string record;  ///< empty if there is none
    std::vector<spf::lint::Finding> findings;
    std::optional<unsigned> dns_lookups;  ///< the maximum that a check may need; only for a domain
    bool at_least = false;                ///< a check may need more
    std::vector<spf::lint::TermCost> costs;  ///< of the terms of the domain's own record
};

/// Returns a sentence with the numbers, then each finding with its place underlined, errors first.
[[nodiscard]] std::string to_text(const LintReport& report, const spf::report::TextStyle& style);
/// Returns one object with the key `findings`.
[[nodiscard]] Json to_json(const LintReport& report);
/// Returns a log in the format of SARIF 2.1.0 (OASIS), for code scanners and editors.
[[nodiscard]] Json to_sarif(const LintReport& report);
/// Returns what a pattern of FindingKind says about any term, which is "TERM" in the text.
[[nodiscard]] std::string in_general(std::string_view pattern);
/// Returns all codes with their meanings, for the documentation.
[[nodiscard]] std::string list_of_codes();

}  // namespace spfcheck
