// The messages of the sub-command networks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class NetworksSentence : std::uint8_t {
    // The first output line. {1} is the domain, and {2} is the number of networks with the result
    // pass. {3} is the number of IPv4 addresses in these networks as text, and {4} is the same
    // number, which selects "address" or "addresses".
    nothing_known,
    more_not_known,
    depends_on_message,
    no_record,
    broken_record,
    none_and_errors,
    none,
    some,
    // Which terms decide the results of addresses, and a warning about terms that match very many.
    term_of,
    no_term_matches,
    unknown,
    all_others,
    all_others_by,
    lax,
    large,
    part,
    // What is wrong with the record or with DNS, and how many lookups a check needs.
    too_large,
    problem,
    problem_and_remedy,
    lookups_up_to,
    lookups_at_least,
};

template <>
struct Sentences<NetworksSentence> {
    using enum NetworksSentence;
    static constexpr std::array<Wording<NetworksSentence>,
                                static_cast<std::size_t>(lookups_at_least) + 1>
        table{{
            {nothing_known, "it is not known which networks may send mail for {1}"},
            {more_not_known,
             "{2} {2:network|networks} may send mail for {1}; it is not known whether others may"},
            {depends_on_message,
             "{2} {2:network is|networks are} certainly authorised to send mail for {1}; for other "
             "addresses the result depends on the message"},
            {no_record, "{1} has no SPF record, so nothing is known about its mail"},
            {broken_record, "the SPF record of {1} cannot be evaluated (permerror)"},
            {none_and_errors, "no network may send mail for {1}, and some get an error"},
            {none, "no address may send mail for {1}"},
            {some,
             "{2} {2:network|networks} may send mail for {1} ({3} {4:address|addresses} of IPv4)"},

            {term_of, "{1} of {2}"},
            {no_term_matches, "no term of {1} matches"},
            {unknown,
             "unknown for the addresses that no earlier term matches, because the networks of "
             "these "
             "terms cannot be listed:"},
            {all_others, "All other addresses: {1}"},
            {all_others_by, "All other addresses: {1} ({2})"},
            {lax,
             "The record's own terms authorise {1} IPv4 addresses, so it excludes almost no "
             "sender. The largest parts: {2}."},
            {large,
             "{1} IPv4 addresses may send, with those of included records. The largest parts: "
             "{2}."},
            {part, "{1} ({2})"},

            {too_large,
             "the record, with all that it includes, is too large to be evaluated for every "
             "address (more than {1} ranges, {2} networks or {3} steps)"},
            {problem, "Problem: {1}."},
            {problem_and_remedy, "Problem: {1} ({2}). What to do: {3}."},
            {lookups_up_to, "DNS lookups: up to {1} of {2}, void up to {3} of {4}"},
            {lookups_at_least, "DNS lookups: at least {1} of {2}, void at least {3} of {4}"},
        }};
};
static_assert(is_in_order(Sentences<NetworksSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
