// The messages of the overview of a domain.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class OverviewSentence : std::uint8_t {
    // The first output line. {1} is the domain. In `verdict`, the other arguments are the messages
    // of the next four groups.
    verdict,
    verdict_all_pass,
    no_record,
    no_domain,
    several_records,
    broken_record,
    no_answer,
    not_in_zone,
    malformed,
    // How many findings there are.
    errors,
    warnings,
    no_errors,
    // How many lookups a check needs. {2} is the number that is allowed.
    lookups,
    lookups_at_least,
    lookups_endless,
    // How many addresses may send.
    may_send,
    may_send_at_least,
    may_send_ip6,
    may_send_none,
    // What happens to the other addresses.
    others_fail,
    others_softfail,
    others_neutral,
    others_unknown,
    others_error,
    // The meaning of a term. In `labelled`, {1} is what the term names, and {2} is a size; it is
    // used for findings, too.
    labelled,
    network,
    own_host,
    host,
    hosts_around,
    own_servers,
    servers,
    servers_around,
    senders,
    senders_depend,
    reverse_names,
    list_in_dns,
    nothing_more,
    all_fail,
    all_softfail,
    all_neutral,
    all_pass,
    not_fail,
    not_softfail,
    not_neutral,
    never_reached,
    redirect,
    redirect_ignored,
    explanation,
    no_meaning,
    // The sizes. {1} and {2} are numbers of addresses as text.
    size_both,
    size_ip4,
    size_ip6,
    // The lines below the terms. {1} to {4} are numbers of lookups and their limits.
    facts,
    facts_open,
    others_by,
    others_of,
    others_default,
    others_depend,
    // Findings. {1} is the severity, {2} the domain or the term, {3} the message, {4} the domain.
    finding_about,
    finding_about_at,
    write,
    // What was left out. {1} is a number and {2} the command that shows everything.
    more_terms,
    more_findings,
    // The column headings of the table of terms, and a cost: {1} is the number of lookups, and {2}
    // how many of them find nothing.
    head_term,
    head_cost,
    head_meaning,
    cost_and_voids,
    // A number of addresses that is not a power of two: {1} is the exponent.
    about_power,
};

template <>
struct Sentences<OverviewSentence> {
    using enum OverviewSentence;
    static constexpr std::array<Wording<OverviewSentence>,
                                static_cast<std::size_t>(about_power) + 1>
        table{{
            {verdict, "{1}: {2}; {3}, {4}, {5}"},
            {verdict_all_pass, "{1}: {2}; {3}, every address may send"},
            {no_record, "{1}: no SPF record, so nothing is known about its senders"},
            {no_domain, "{1}: there is no such domain"},
            {several_records, "{1}: {2} SPF records, so receivers can use none (permerror)"},
            {broken_record, "{1}: {2}; receivers cannot use the record (permerror)"},
            {no_answer, "{1}: DNS gave no answer, so nothing is known"},
            {not_in_zone, "{1}: no zone file has it, and no name server was asked"},
            {malformed, "{1}: SPF cannot check it, because it is not a domain name"},

            {errors, "{1} {1:error|errors}"},
            {warnings, "no errors, {1} {1:warning|warnings}"},
            {no_errors, "no errors"},

            {lookups, "{1} of {2} lookups"},
            {lookups_at_least, "at least {1} of {2} lookups"},
            {lookups_endless, "{1} or more of {2} lookups"},

            {may_send, "{2} {1:address|addresses} may send"},
            {may_send_at_least, "at least {2} {1:address|addresses} may send"},
            {may_send_ip6, "only IPv6 may send"},
            {may_send_none, "no address may send"},

            {others_fail, "others refused"},
            {others_softfail, "others suspicious"},
            {others_neutral, "others undecided"},
            {others_unknown, "others depend on the message"},
            {others_error, "others get an error"},

            {labelled, "{1}: {2}"},
            {network, "{2} {1:address|addresses}"},
            {own_host, "the domain's own addresses"},
            {host, "this host"},
            {hosts_around, "networks around the host"},
            {own_servers, "the mail servers"},
            {servers, "the mail servers of that domain"},
            {servers_around, "networks around the mail servers"},
            {senders, "its senders"},
            {senders_depend, "its senders depend on the message"},
            {reverse_names, "clients with such reverse names"},
            {list_in_dns, "a list in DNS, asked for each message"},
            {nothing_more, "no further address"},
            {all_fail, "all others are refused (fail)"},
            {all_softfail, "all others are suspicious (softfail)"},
            {all_neutral, "nothing is said of others (neutral)"},
            {all_pass, "all others may send, too (pass)"},
            {not_fail, "refused (fail): {1}"},
            {not_softfail, "suspicious (softfail): {1}"},
            {not_neutral, "nothing is said of (neutral): {1}"},
            {never_reached, "never reached, because \"all\" precedes it"},
            {redirect, "that record decides about the others"},
            {redirect_ignored, "ignored, because there is an \"all\""},
            {explanation, "the text for those that are refused"},
            {no_meaning, "no meaning: receivers ignore it"},

            {size_both, "{1} IPv4, {2} IPv6"},
            {size_ip4, "{1} IPv4"},
            {size_ip6, "{1} IPv6"},

            {facts, "Lookups: {1} of {2}, void {3} of {4}. May send: {5}. Others: {6}."},
            {facts_open, "Lookups: {1} of {2}, void {3} of {4}. Others: {5}."},
            {others_by, "{1} ({2})"},
            {others_of, "{1} ({2} of {3})"},
            {others_default, "{1} (no term matches)"},
            {others_depend, "depends on the message"},

            {finding_about, "{1}: {2}: {3}"},
            {finding_about_at, "{1}: {2} of {4}: {3}"},
            {write, "; write {1}"},

            {more_terms, "and {1} more {1:term|terms}:"},
            {more_findings, "and {1} more {1:finding|findings}:"},

            {head_term, "term"},
            {head_cost, "lookups"},
            {head_meaning, "meaning"},
            {cost_and_voids, "{1}, {2} void"},
            {about_power, "about 2^{1}"},
        }};
};
static_assert(is_in_order(Sentences<OverviewSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
