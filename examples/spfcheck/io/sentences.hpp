// The messages for people that are the same for all sub-commands.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class ProgramSentence : std::uint8_t {
    word_is_record,
    try_help,
    try_help_of,
    cannot_write,
    internal_error,
    // How a command line was understood.
    note,
};

template <>
struct Sentences<ProgramSentence> {
    using enum ProgramSentence;
    static constexpr std::array<Wording<ProgramSentence>, static_cast<std::size_t>(note) + 1> table{
        {
            {word_is_record, "it is the text of a record: this is spfcheck lint --record"},
            {try_help, "Try \"spfcheck --help\"."},
            {try_help_of, "Try \"spfcheck {1} --help\"."},
            {cannot_write, "the output cannot be written: {1}"},
            {internal_error, "internal error: {1}"},
            {note, "note: {1}"},
        }};
};
static_assert(is_in_order(Sentences<ProgramSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
