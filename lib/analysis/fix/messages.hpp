// The patterns of the messages about the steps of fix(), and about what prevents a proposal
// (base/message.hpp).
#pragma once

#include <array>
#include <string_view>

#include "base/code_table.hpp"
#include "spf/analysis/fix.hpp"

namespace spf::analysis {

/// {1} is the term, and {2} what is wrong with its target. The message of `correct_term` is that of
/// lint.
inline constexpr std::array<CodeEntry<FixStep::Kind>, FixStep::kind_count> step_entries{{
    {FixStep::Kind::correct_term, "correct_term", "{2}"},
    {FixStep::Kind::merge_records, "merge_records",
     "with several records, every address gets permerror (4.5); one record passes what any of them "
     "passes"},
    {FixStep::Kind::drop_asked, "drop_asked",
     "it was asked for; addresses that only this term authorises no longer pass"},
    {FixStep::Kind::drop_dead, "drop_dead",
     "{2}: every address that reaches this term gets permerror"},
    {FixStep::Kind::broken_include_to_networks, "broken_include_to_networks",
     "{2}: addresses that the included record does not list get permerror, so only what it lists "
     "is kept"},
    {FixStep::Kind::drop_redundant, "drop_redundant",
     "no result changes without it: what it matches today, if anything, other terms decide alike"},
    {FixStep::Kind::hosts_to_addresses, "hosts_to_addresses",
     "no result changes today; change the record whenever these hosts get other addresses"},
    {FixStep::Kind::redirect_to_terms, "redirect_to_terms",
     "no result changes today; change the record whenever the record of that name changes"},
    {FixStep::Kind::include_to_networks, "include_to_networks",
     "no result changes today; the service may change its networks at any time without telling "
     "you, so compare them regularly"},
}};
static_assert(is_in_order_of_codes(step_entries), "one line for each kind, in order");

/// Why records with different endings are merged. {1} is the list of the endings.
inline constexpr std::string_view merged_loosest =
    "with several records, every address gets permerror (4.5); one record passes what any of them "
    "passes, and of their endings ({1}) it keeps the loosest: use the stricter one if you meant it";

/// {1} is the domain, {2} a name or term, {3} what is wrong, and {4} a number.
inline constexpr std::array<CodeEntry<FixProblem::Code>, FixProblem::code_count>
    fix_problem_entries{{
        {FixProblem::Code::alias, "alias",
         "{1} is an alias (CNAME) of {2}, and no TXT record can exist beside an alias (RFC 1034, "
         "3.6.2): fix the record of {2}, or replace the alias by the records that are needed"},
        {FixProblem::Code::no_record, "no_record",
         "{1} has no SPF record, so there is nothing to fix: authorize the servers that send for "
         "it, which proposes a first record"},
        {FixProblem::Code::several_records, "several_records",
         "{1} has {4} SPF records, and the order of their terms matters, so it is not clear which "
         "record was meant: publish one of them, with the terms of the others where they belong"},
        {FixProblem::Code::broken_record, "broken_record",
         "the term \"{2}\" in the record of {1} may mean several things: {3}; or drop it"},
        {FixProblem::Code::permerror, "permerror",
         "some addresses get an error that no change of terms prevents: {3}"},
        {FixProblem::Code::limits, "limits",
         "whatever may be replaced, the record of {1} would need {4} lookups, or too many void "
         "ones (10 and 2 are allowed, RFC 7208, 4.6.4): drop a service that is no longer used, or "
         "let one send with a sub-domain that has a record of its own"},
        {FixProblem::Code::too_long, "too_long",
         "within the limits of RFC 7208, section 4.6.4, the record of {1} would have {4} octets, "
         "too many for one record: drop a service that is no longer used, let one send with a "
         "sub-domain that has a record of its own, or flatten the policy into several records"},
        {FixProblem::Code::no_such_term, "no_such_term", "the record of {1} has no term with {2}"},
        {FixProblem::Code::unproved, "unproved",
         "no record of {1} could be proved to keep all results"},
    }};
static_assert(is_in_order_of_codes(fix_problem_entries), "one line for each code, in order");

}  // namespace spf::analysis
