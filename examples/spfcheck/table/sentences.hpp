// The headings of --help.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class HelpSentence : std::uint8_t {
    usage,
    arguments,
    examples,
    commands,
    statuses,
    // {1} is a list of commands.
    more,
    more_of_program,
    // {1} is the description of an option.
    required,
};

template <>
struct Sentences<HelpSentence> {
    using enum HelpSentence;
    static constexpr std::array<Wording<HelpSentence>, static_cast<std::size_t>(required) + 1>
        table{{
            {usage, "Usage:"},
            {arguments, "Arguments:"},
            {examples, "Examples:"},
            {commands, "Commands:"},
            {statuses, "Exit status:"},
            {more, "More: {1}"},
            {more_of_program, "More: {1}, {2}"},
            {required, "required; {1}"},
        }};
};
static_assert(is_in_order(Sentences<HelpSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
