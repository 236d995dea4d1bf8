// The headings of the manual pages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class ManualSentence : std::uint8_t {
    user_commands,
    name,
    synopsis,
    description,
    commands,
    options,
    arguments,
    what_to_do,
    statuses,
    examples,
    see_also,
    required,
};

template <>
struct Sentences<ManualSentence> {
    using enum ManualSentence;
    static constexpr std::array<Wording<ManualSentence>, static_cast<std::size_t>(required) + 1>
        table{{
            {user_commands, "User Commands"},
            {name, "NAME"},
            {synopsis, "SYNOPSIS"},
            {description, "DESCRIPTION"},
            {commands, "COMMANDS"},
            {options, "OPTIONS"},
            {arguments, "Arguments"},
            {what_to_do, "What to do"},
            {statuses, "EXIT STATUS"},
            {examples, "EXAMPLES"},
            {see_also, "SEE ALSO"},
            {required, "Required."},
        }};
};
static_assert(is_in_order(Sentences<ManualSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
