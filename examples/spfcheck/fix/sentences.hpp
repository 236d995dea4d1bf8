// The messages of the sub-command fix.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class FixSentence : std::uint8_t {
    // The first output line. {1} is the domain.
    nothing_to_fix,
    too_many_lookups,
    too_many_void_lookups,
    exceeds_limit,
    several_records,
    broken_record,
    does_not_work,
    as_asked,
    not_possible,
    // What is wrong with the published record, or why there is no proposal.
    reason,
    problem,
    // A step. {1} is the term, {2} what replaces it, and {3} how many lookups this saves.
    correct_term,
    merge_records,
    drop_term,
    replace_term,
    saves_lookups,
    saves_void_lookups,
    why,
    more_steps,
    // Whose result changes. {1} is a list of networks; in `and_more`, {2} more are not listed.
    now_pass,
    listed_already,
    no_longer_pass,
    nobody_changes,
    and_more,
    // The proposed record and its proof.
    publish,
    zone_line,
    long_record,
    long_record_split,
    split,
    more,
    proof,
    proof_by_samples,
    proof_alone,
    proof_by_samples_alone,
    lookups,
    passes_as_before,
    passes_now,
    other_sender,
};

template <>
struct Sentences<FixSentence> {
    using enum FixSentence;
    static constexpr std::array<Wording<FixSentence>, static_cast<std::size_t>(other_sender) + 1>
        table{{
            {nothing_to_fix,
             "The SPF record of {1} works: nothing to fix (DNS lookups: {2} of {3}, void {4} of "
             "{5})"},
            {too_many_lookups,
             "{1} needs {2} lookups, and {3} are allowed; this record needs {4} and authorises the "
             "same addresses"},
            {too_many_void_lookups,
             "{1} has {2} void lookups, and {3} are allowed; this record has {4} and authorises "
             "the same addresses"},
            {exceeds_limit,
             "The SPF record of {1} exceeds a limit; this record does not, and authorises the same "
             "addresses"},
            {several_records, "{1} has {2} SPF records, so none of them works; this one does"},
            {broken_record, "The SPF record of {1} is broken; this one works"},
            {does_not_work, "The SPF record of {1} does not work for all senders; this one does"},
            {as_asked, "This SPF record of {1} has the change that you asked for"},
            {not_possible, "The SPF record of {1} cannot be fixed without you"},

            {reason, "Now: {1}."},
            {problem, "Problem: {1}."},

            {correct_term, "correct {1} to {2}"},
            {merge_records, "merge the records into one"},
            {drop_term, "drop {1}"},
            {replace_term, "replace {1} by {2}"},
            {saves_lookups, "{1} (saves {2} {2:lookup|lookups})"},
            {saves_void_lookups, "{1} (saves {2} void {2:lookup|lookups})"},
            {why, "Why: {1}."},
            {more_steps, "and {1} more {1:step|steps}"},

            {now_pass, "Who passes now, too: {1}"},
            {listed_already, "Listed already, but beyond the limit; passes now: {1}"},
            {no_longer_pass, "Who no longer passes: {1}"},
            {nobody_changes, "Nobody who passes is lost, and nobody is added."},
            {and_more, "{1} and {2} more {2:network|networks} (--json lists all)"},

            {publish, "Publish as the only SPF record of {1} (type TXT):"},
            {zone_line, "For a zone file:"},
            {long_record,
             "Note: with {1} octets (more than 450), the record needs DNS over TCP to work."},
            {long_record_split,
             "Note: with {1} octets (more than 450), it needs DNS over TCP; --all has {2} "
             "records."},
            {split,
             "Or, of at most 450 octets each, {1} records, which need {2} {2:lookup|lookups} more "
             "and were proved for all addresses, too:"},
            {more, "Everything:"},
            {proof, "Proved by evaluating the record for all addresses, such as:"},
            {proof_by_samples,
             "Proved by evaluating the record for all addresses. What depends on the message "
             "(macros, ptr) cannot be proved: of it, only samples were evaluated, such as:"},
            {proof_alone, "Proved by evaluating the record for all addresses."},
            {proof_by_samples_alone,
             "Proved by evaluating the record for all addresses, except of what depends on the "
             "message (macros, ptr): of it, only samples were evaluated."},
            {lookups, "DNS lookups: {1} of {2}, void {3} of {4}"},
            {passes_as_before, "as before"},
            {passes_now, "a sender that the record meant"},
            {other_sender, "another sender"},
        }};
};
static_assert(is_in_order(Sentences<FixSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
