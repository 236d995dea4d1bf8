// The messages about a wrong command line.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class UsageSentence : std::uint8_t {
    no_sub_command,
    no_sub_command_near,
    sub_command_missing,
    word_is_address,
    no_option,
    no_option_near,
    option_of_another,
    record_without_quotes,
    no_option_before,
    value_missing,
    value_is_option,
    value_of_flag,
    only_once,
    unreadable_value,
    needs_option,
    excludes_option,
    argument_missing,
    option_missing,
    too_many_words,
    too_many_words_none,
    not_understood,
    // {1} is what was given, {2} the list of languages.
    no_language,
};

template <>
struct Sentences<UsageSentence> {
    using enum UsageSentence;
    static constexpr std::array<Wording<UsageSentence>, static_cast<std::size_t>(no_language) + 1>
        table{{
            {no_sub_command, "there is no sub-command \"{1}\""},
            {no_sub_command_near, "there is no sub-command \"{1}\"; did you mean \"{2}\"?"},
            {sub_command_missing,
             "a sub-command is missing, such as \"check\", or a domain, such as example.com"},
            {word_is_address,
             "\"{1}\" is an IP address; write: check {1} SENDER, or: authorize DOMAIN {1}"},
            {no_option, "{1} has no option \"{2}\""},
            {no_option_near, "{1} has no option \"{2}\"; did you mean \"{3}\"?"},
            {option_of_another, "{1} has no option \"{2}\", but {3} has it"},
            {record_without_quotes,
             "\"{1}\" is no option; if it belongs to a record, put the whole record in quotes"},
            {no_option_before, "there is no option \"{1}\""},
            {value_missing, "the value of {1} is missing: write {1} {2}"},
            {value_is_option, "the value of {1} is missing before \"{3}\": write {1} {2}"},
            {value_of_flag, "{1} takes no value, so \"={2}\" must go"},
            {only_once, "{1} is given more than once; it has one value"},
            {unreadable_value, "the value of {1} cannot be read: write {1} {2}"},
            {needs_option, "{1} requires {2}"},
            {excludes_option, "{1} and {2} exclude each other"},
            {argument_missing, "{1} is missing: {2}"},
            {option_missing, "{1} {2} is missing: {3}"},
            {too_many_words, "\"{1}\" is one word too many: {2} takes {3}"},
            {too_many_words_none, "\"{1}\" is one word too many: {2} takes only options"},
            {not_understood, "the command line of {1} cannot be understood"},
            {no_language, "there are no messages in the language \"{1}\": write --lang {2}"},
        }};
};
static_assert(is_in_order(Sentences<UsageSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
