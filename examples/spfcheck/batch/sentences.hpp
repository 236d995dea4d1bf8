// The messages of the sub-command batch, on standard error and in the JSON key "error".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class BatchSentence : std::uint8_t {
    // Why an input line is not checked. {1} is the limit that the line exceeds, a correct example
    // of a line, or the key, word or value that is wrong.
    line_too_long,
    number_too_large,
    nested_too_deep,
    not_object,
    not_string,
    ip_missing,
    bad_ip,
    sender_missing,
    bad_sender,
    not_line,
    too_many_words,
    bad_quotes,
    // Why the program ends before the end of the input, or without results.
    cannot_read,
    interrupted,
    no_answer,
    cannot_start,
    no_line_read,
    // The line that shows how far a run is: {4} is a time.
    progress,
    progress_of,
};

template <>
struct Sentences<BatchSentence> {
    using enum BatchSentence;
    static constexpr std::array<Wording<BatchSentence>, static_cast<std::size_t>(progress_of) + 1>
        table{{
            {line_too_long, "the line is longer than {1} octets"},
            {number_too_large,
             "a number is too large to be read, beyond 1.8e308; write it as a string"},
            {nested_too_deep, "arrays and objects are nested more than {1} deep"},
            {not_object, "the line is not a JSON object such as {1}"},
            {not_string, "\"{1}\" is not a string"},
            {ip_missing, "\"ip\" is missing: the address of the sending server"},
            {bad_ip, "\"ip\": \"{1}\" is not an IP address: {2}"},
            {sender_missing, "\"sender\" or \"helo\" is missing: whose mail is to be checked?"},
            {bad_sender, "\"sender\": {1}"},
            {not_line, "the line is neither a JSON object such as {1}, nor IP SENDER [HELO]"},
            {too_many_words, "the line has more than IP SENDER HELO: \"{1}\""},
            {bad_quotes, "a quote is not closed in this line, or text follows a closing quote"},

            {cannot_read, "the input cannot be read: {1}"},
            {interrupted, "interrupted; {1} {1:line is|lines are} answered"},
            {no_answer, "no name server answered; name another with --nameserver"},
            {cannot_start,
             "cannot start {1} {1:thread|threads}: {2}; no input was read; try a smaller --jobs"},
            {no_line_read,
             "no line could be read, of {1} {1:line|lines}; try \"spfcheck batch --help\""},
            {progress, "{1} checked, {2}/s"},
            {progress_of, "{1} checked, {2}/s, {3} %, {4} left"},
        }};
};
static_assert(is_in_order(Sentences<BatchSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
