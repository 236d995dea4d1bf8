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
    different,
    different_terms,
    terms_differ,
    problem_of,
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
            {different, "different: {1} {1:network gets|networks get} another result"},
            {different_terms,
             "different: the terms whose networks cannot be listed are not the same"},

            {terms_differ, "The terms whose networks cannot be listed differ, too."},
            {problem_of, "Problem of {1}: {2}."},
            {term_needs_domain,
             "\"{1}\" depends on the domain of the record; name that domain with --domain"},
            {include_needs_domain,
             "an included record depends on the domain of the record; name that domain with "
             "--domain"},
        }};
};
static_assert(is_in_order(Sentences<DiffSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
