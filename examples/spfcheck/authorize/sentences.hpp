// The messages of the sub-command authorize.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class AuthorizeSentence : std::uint8_t {
    // The first output line. {1} is the list of relays, and {2} is the domain. {3} is the number of
    // relays, which selects "it" or "them".
    all_may_send,
    record_lets_it,
    beyond_limit,
    no_simple_change,
    // Whether one relay may send. {1} is the relay as the user wrote it. "by" is followed by the
    // list of the terms that match the relay, and "missing" by the list of its networks that may
    // not send. In `very_large`, {1} is the message about a relay that is a very large network.
    may_send,
    may_send_by,
    may_not_send,
    may_send_in_part,
    may_send_in_part_by,
    listed_beyond_limit,
    very_large,
    // A relay that its service does not ask for. {1} is its name, and {2} the service. In
    // `see_service`, {1} is the service.
    not_needed,
    records_instead,
    see_service,
    // The parts of the output about a proposed record: the record itself, notes, its cost and the
    // proof.
    publish,
    alternative,
    zone_line,
    note,
    cost,
    problem,
    proof,
    proof_and_more,
    proof_by_samples,
    lookups,
    // Each line of the proof shows the result for one address. These texts tell whose address it
    // is.
    of_relay,
    as_before,
    of_other_sender,
    // Why an argument is not a relay. {1} is the argument. In no_service_like_..., the arguments
    // are the names of services that the user may have meant.
    has_space,
    has_other_character,
    not_readable,
    no_service,
    no_service_like_1,
    no_service_like_2,
    no_service_like_3,
    name_service_alone,
    wrong_mechanism,
    no_sub_domain,
    // Comments in the script for nsupdate(1). In the messages about the TTL, {1} is the TTL of the
    // new records in seconds.
    script_about,
    script_strings_unknown,
    ttl_given,
    ttl_no_record,
    ttl_from_cache,
    ttl_too_short,
    ttl_of_records,
};

template <>
struct Sentences<AuthorizeSentence> {
    using enum AuthorizeSentence;
    static constexpr std::array<Wording<AuthorizeSentence>,
                                static_cast<std::size_t>(ttl_of_records) + 1>
        table{{
            {all_may_send, "{1} may send mail for {2} already"},
            {record_lets_it, "{1} may not send mail for {2} yet; this record lets {3:it|them}"},
            {beyond_limit,
             "{1} may not send mail for {2}: the record already lists {3:it|them}, but its "
             "evaluation exceeds a limit"},
            {no_simple_change,
             "{1} may not send mail for {2}, and no simple change to the record would allow it"},

            {may_send, "{1} may send"},
            {may_send_by, "{1} may send, by {2}"},
            {may_not_send, "{1} may not send"},
            {may_send_in_part, "{1} may send in part; missing: {2}"},
            {may_send_in_part_by, "{1} may send in part, by {2}; missing: {3}"},
            {listed_beyond_limit, "{1} is listed already, by {2}, but beyond a limit"},
            {very_large, "{1} (option --very-large)"},

            {not_needed,
             "Before you publish it: {1} belongs to {2}, which sends with an envelope domain of "
             "its own, so it does not need a term in this record. For more, see:"},
            {records_instead,
             "Before you publish it: {1} belongs to {2}, which asks for other records instead of a "
             "term in this record. For more, see:"},
            {see_service, "spfcheck providers \"{1}\""},

            {publish, "Publish as the only SPF record of {1} (type TXT):"},
            {alternative, "Proved, for {1} (type TXT):"},
            {zone_line, "For a zone file:"},
            {note, "Note: {1}."},
            {cost, "Cost: {1}."},
            {problem, "Problem: {1}."},
            {proof, "Proved by evaluating the record for all addresses, such as:"},
            {proof_and_more,
             "Proved by evaluating the record for all addresses (--proof shows more):"},
            {proof_by_samples,
             "Proved by evaluating the record for all addresses. Where the result depends on the "
             "message (macros), only samples were evaluated, such as (--proof shows all):"},
            {lookups, "DNS lookups: {1} of {2}, void {3} of {4}"},

            {of_relay, "the relay"},
            {as_before, "as before"},
            {of_other_sender, "another sender, as before"},

            {has_space, "RELAY \"{1}\" has a space, so it is neither an address nor a name in DNS"},
            {has_other_character,
             "RELAY \"{1}\" has a character that names of hosts and includes do not have: those "
             "are letters, digits, \"-\", \"_\" and \".\""},
            {not_readable, "RELAY \"{1}\" is neither an address nor a name in DNS: {2}"},
            {no_service, "\"spfcheck providers\" does not list a service of that name either"},
            {no_service_like_1,
             "\"spfcheck providers\" does not list a service of that name either; perhaps "
             "\"{1}\"?"},
            {no_service_like_2,
             "\"spfcheck providers\" does not list a service of that name either; perhaps \"{1}\" "
             "or \"{2}\"?"},
            {no_service_like_3,
             "\"spfcheck providers\" does not list a service of that name either; perhaps \"{1}\", "
             "\"{2}\" or \"{3}\"?"},
            {name_service_alone,
             "\"{1}\" needs more than a term in this record; name it without other relays"},
            {wrong_mechanism, "the mechanism \"{2}\" of the service \"{1}\" is wrong: {3}"},

            {no_sub_domain,
             "--sub-domain \"{1}\" is not a name below {2}; write one as in --sub-domain mail"},

            {script_about,
             "For nsupdate(1), RFC 2136. Nothing has been sent. Other TXT records of the name are "
             "put back as they are. If they have changed meanwhile, the server refuses the script "
             "(NXRRSET, YXRRSET)."},
            {script_strings_unknown,
             "DNS did not tell how the published records are split into strings, so the server "
             "cannot compare them: make sure yourself that they are the ones below."},
            {ttl_given, "TTL {1}: the value of --ttl."},
            {ttl_no_record,
             "TTL {1}: there is no TXT record yet whose TTL could be used (--ttl sets it)."},
            {ttl_from_cache,
             "TTL {1}: the TTL of the records is not known, because a cache counts it down (--ttl "
             "sets it; or ask the domain's own name server with --nameserver)."},
            {ttl_too_short,
             "TTL {1}: the published records have only {2}, which is too short (--ttl sets "
             "another)."},
            {ttl_of_records, "TTL {1}: the records have it now (--ttl changes it)."},
        }};
};
static_assert(is_in_order(Sentences<AuthorizeSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
