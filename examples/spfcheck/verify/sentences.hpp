// The messages for people of `spfcheck verify`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class VerifySentence : std::uint8_t {
    same,
    different,
    incomplete,
    command,
    asked,
    changed,
    more_changes,
    missing,
};

template <>
struct Sentences<VerifySentence> {
    using enum VerifySentence;
    static constexpr std::array<Wording<VerifySentence>, static_cast<std::size_t>(missing) + 1>
        table{{
            {same, "the same: the result in {2} follows from its {1} {1:answer|answers}"},
            {different, "different: another result follows from the {1} {1:answer|answers} in {2}"},
            {incomplete,
             "incomplete: the same came out again, but not from the {1} {1:answer|answers} in {2} "
             "alone"},
            {command, "spfcheck {1}"},
            {asked, "at {1}, with spfcheck {2}"},
            {changed, "{1}: was {2}, is {3}"},
            {more_changes, "and {1} more"},
            {missing, "{1} {1:question has|questions have} no answer in the file"},
        }};
};
static_assert(is_in_order(Sentences<VerifySentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
