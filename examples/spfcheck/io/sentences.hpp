// The messages for people that are the same for all sub-commands.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class ProgramSentence : std::uint8_t {
    no_option,
    no_sub_command,
    no_sub_command_near,
    word_is_address,
    word_is_record,
    sub_command_missing,
    try_help,
    try_help_of,
    cannot_write,
    internal_error,
};

template <>
struct Sentences<ProgramSentence> {
    using enum ProgramSentence;
    static constexpr std::array<Wording<ProgramSentence>,
                                static_cast<std::size_t>(internal_error) + 1>
        table{{
            {no_option, "there is no option \"{1}\""},
            {no_sub_command, "there is no sub-command \"{1}\""},
            {no_sub_command_near, "there is no sub-command \"{1}\"; did you mean \"{2}\"?"},
            {word_is_address,
             "\"{1}\" is an IP address; write: check {1} SENDER, or: authorize DOMAIN {1}"},
            {word_is_record, "it is the text of a record: this is spfcheck lint --record"},
            {sub_command_missing, "a sub-command is missing, such as \"check\""},
            {try_help, "Try \"spfcheck --help\"."},
            {try_help_of, "Try \"spfcheck {1} --help\"."},
            {cannot_write, "the output cannot be written: {1}"},
            {internal_error, "internal error: {1}"},
        }};
};
static_assert(is_in_order(Sentences<ProgramSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
