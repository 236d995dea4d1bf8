// The messages of the sub-command whose.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class WhoseSentence : std::uint8_t {
    // One line for each address. {1} is the address.
    belongs,
    and_to,
    unknown,
    special,
    // Below it: the term, the domain whose record has it, and the include.
    by_term,
    by_nested_term,
    next,
    // What is not known. In `unanswered`, {1} is the number of includes, {2} a list of some.
    unanswered,
    not_asked,
    bad_address,
};

template <>
struct Sentences<WhoseSentence> {
    using enum WhoseSentence;
    static constexpr std::array<Wording<WhoseSentence>, static_cast<std::size_t>(bad_address) + 1>
        table{{
            {belongs, "{1} belongs to {2}"},
            {and_to, "{1} belongs to {2}, too"},
            {unknown, "{1} belongs to none of the {2} services that were asked"},
            {special, "{1} is {2}, so it belongs to no service"},

            {by_term, "listed as \"{1}\" in the record of {2}"},
            {by_nested_term, "listed as \"{1}\" in the record of {2}, which {3} includes"},
            {next, "spfcheck providers \"{1}\""},

            {unanswered,
             "{1} {1:include|includes} could not be evaluated, so {1:its service is|their services "
             "are} not ruled out: {2}"},
            {not_asked,
             "Not ruled out, because their includes depend on the account or the message: {1}."},
            {bad_address, "\"{1}\" is not an IP address: {2}"},
        }};
};
static_assert(is_in_order(Sentences<WhoseSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
