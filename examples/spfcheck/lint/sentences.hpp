// The messages of the sub-command lint, in addition to the findings.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class LintSentence : std::uint8_t {
    // The first output line. {1}, {2} and {3} are the numbers of errors, warnings and hints, and
    // {4} is the domain. {5} is the number of DNS lookups that a check needs at most, and {6} the
    // number that is allowed.
    record,
    domain,
    domain_lookups,
    domain_lookups_at_least,
    domain_lookups_endless,
    // {1} is a list of terms, each with the name of its service in parentheses.
    services,
    // The first line about all records of zone files. {1} is their number, {2}, {3} and {4} are the
    // numbers of errors, warnings and hints, and {5} is the file, or how many there are.
    zone,
    files,
    zone_without_records,
    // What is wrong with the command line.
    record_for_domain,
    json_and_sarif,
    nothing_to_examine,
    record_of_several,
    evidence_of_zone,
    // The correction of a finding. {1} is what to write.
    write,
    write_space,
    write_and_space,
    // The severities of findings.
    severity_error,
    severity_warning,
    severity_hint,
};

template <>
struct Sentences<LintSentence> {
    using enum LintSentence;
    static constexpr std::array<Wording<LintSentence>, static_cast<std::size_t>(severity_hint) + 1>
        table{{
            {record,
             "the record: {1} {1:error|errors}, {2} {2:warning|warnings}, {3} {3:hint|hints}"},
            {domain, "{4}: {1} {1:error|errors}, {2} {2:warning|warnings}, {3} {3:hint|hints}"},
            {domain_lookups,
             "{4}: {1} {1:error|errors}, {2} {2:warning|warnings}, {3} {3:hint|hints}; {5} of {6} "
             "lookups"},
            {domain_lookups_at_least,
             "{4}: {1} {1:error|errors}, {2} {2:warning|warnings}, {3} {3:hint|hints}; at least "
             "{5} of {6} lookups"},
            {domain_lookups_endless,
             "{4}: {1} {1:error|errors}, {2} {2:warning|warnings}, {3} {3:hint|hints}; {5} or more "
             "of {6} lookups"},

            {services, "Services: {1}."},

            {zone,
             "{1} SPF {1:record|records} in {5}: {2} {2:error|errors}, {3} {3:warning|warnings}, "
             "{4} {4:hint|hints}"},
            {files, "{1} files"},
            {zone_without_records, "there is no SPF record in {1}"},

            {record_for_domain, "a domain and the text of a record exclude each other: \"{1}\""},
            {json_and_sarif, "--json and --sarif exclude each other"},
            {nothing_to_examine,
             "a domain, --record or --zone is missing: what is to be examined?"},
            {record_of_several, "--record is for one domain: of which is it the record?"},
            {evidence_of_zone,
             "--evidence needs a domain, because a file of evidence is about one result"},

            {write, "write: {1}"},
            {write_space, "write: a space here"},
            {write_and_space, "write: {1}and a space after it"},
            {severity_error, "error"},
            {severity_warning, "warning"},
            {severity_hint, "hint"},
        }};
};
static_assert(is_in_order(Sentences<LintSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
