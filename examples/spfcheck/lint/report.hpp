// Converts findings to text for people, and to JSON for programs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/json.hpp"
#include "options/dns.hpp"
#include "spf/advice/next.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/lint/domain.hpp"
#include "spf/lint/lint.hpp"
#include "spf/report/text.hpp"

namespace spfcheck {

/// What was examined, and what was found.
struct LintReport {
    std::string domain;                ///< empty if the text of a record was given
    std::string record;                ///< empty if there is none
    std::vector<std::string> records;  ///< the domain's records if there are several
    std::vector<spf::lint::Finding> findings;
    std::optional<unsigned> dns_lookups;      ///< the maximum for a check; absent without a domain
    bool at_least = false;                    ///< a check may need more than `dns_lookups`
    std::vector<spf::lint::TermCost> costs;   ///< for each term of the domain's own record
    std::vector<spf::lint::TreeRecord> tree;  ///< see DomainLint::tree
    std::vector<spf::advice::Next> next;      ///< the commands that help with the findings
};

/// Returns what was found in a domain and the records below it.
[[nodiscard]] LintReport report_of(spf::lint::DomainLint lint);
/// Adds the commands that help with the findings. Asks for the mail servers of a domain that has no
/// record, so that a first record can be suggested.
/// \param options  the options that the suggested commands repeat
void add_next(LintReport& report, spf::dns::Resolver& resolver, const DnsOptions& options);
/// Returns the number of findings with this severity.
[[nodiscard]] std::size_t count(const LintReport& report, spf::lint::Finding::Severity severity);
/// Returns the exit status: 1 if there are errors. Otherwise 5 if a name was not looked up, because
/// no zone file contains it and no name server is asked; 0 if nothing is missing.
[[nodiscard]] int exit_status_of(const LintReport& report);
/// Returns whether there is a finding that is at least as severe as `least`.
[[nodiscard]] bool has(const LintReport& report, spf::lint::Finding::Severity least);
/// Returns text for people: the numbers of findings, and then each finding with its place in the
/// record underlined, errors first.
[[nodiscard]] std::string to_text(const LintReport& report, const spf::report::TextStyle& style);
/// Returns an object with the findings under the key `findings`, the numbers of errors, warnings
/// and hints, and the number of lookups of each term.
[[nodiscard]] Json to_json(const LintReport& report);
/// Returns a message or remedy of a FindingKind for the general case: "TERM" replaces the
/// placeholder for the term.
[[nodiscard]] std::string in_general(std::string_view pattern);
/// Returns all codes with their meanings, as --list-codes prints them.
[[nodiscard]] std::string list_of_codes();

}  // namespace spfcheck
