// The messages of the sub-command diff.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class DiffSentence : std::uint8_t {
    // The result of the comparison, or why the policies cannot be compared. In the messages that
    // count networks, {1} is the number of networks whose results differ.
    not_known,
    known_so_far,
    nothing_to_compare,
    same,
    different_terms,
    // {1} is the number of networks that passed and no longer do, {2} that of those that pass now.
    lost_and_gained,
    lost,
    gained,
    others,
    maybe,
    terms_differ,
    problem_of,
    // Heads of the groups of changes, and their lines. {1} is a result or the list of networks, {2}
    // the term that decides or the number of further networks.
    head_lost,
    head_gained,
    head_others,
    change,
    change_of_networks,
    by,
    because,
    depends_on,
    unknown,
    no_term_matches,
    term_of,
    networks_and_more,
    more_changes,
    term_needs_domain,
    include_needs_domain,
};

template <>
struct Sentences<DiffSentence> {
    using enum DiffSentence;
    static constexpr std::array<Wording<DiffSentence>,
                                static_cast<std::size_t>(include_needs_domain) + 1>
        table{{
            {not_known, "it is not known whether there is a difference"},
            {known_so_far, "So far, {1} {1:network is|networks are} known to get another result:"},
            {nothing_to_compare, "nothing to compare: neither side has a policy"},
            {same, "no difference: every address gets the same result"},
            {different_terms,
             "different: the terms whose networks cannot be listed are not the same"},
            {lost_and_gained,
             "different: {1} {1:network no longer passes|networks no longer pass}, {2} {2:passes "
             "now|pass now}"},
            {lost,
             "different: {1} {1:network no longer passes|networks no longer pass}, and none is "
             "added"},
            {gained, "different: {1} {1:network passes now|networks pass now}, and none is lost"},
            {others, "different: the same networks pass, but others get another result"},
            {maybe,
             "different: no network certainly passes now or no longer, but there are other "
             "changes"},

            {terms_differ, "The terms whose networks cannot be listed differ, too."},
            {problem_of, "Problem of {1}: {2}."},
            {head_lost, "No longer pass:"},
            {head_gained, "Pass now:"},
            {head_others, "Everybody else:"},
            {change, "{1} -> {2}"},
            {change_of_networks, "{1} -> {2} ({3} {3:network|networks})"},
            {by, "{1} by {2}"},
            {because, "{1} ({2})"},
            {depends_on, "depends on the message ({1})"},
            {unknown, "unknown"},
            {no_term_matches, "no term matches"},
            {term_of, "{1} of {2}"},
            {networks_and_more, "{1} and {2} more"},
            {more_changes,
             "and {1} more {1:change|changes}, {2} {2:network|networks} (--all lists all)"},
            {term_needs_domain,
             "\"{1}\" depends on the domain of the record; name that domain with --domain"},
            {include_needs_domain,
             "an included record depends on the domain of the record; name that domain with "
             "--domain"},
        }};
};
static_assert(is_in_order(Sentences<DiffSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
