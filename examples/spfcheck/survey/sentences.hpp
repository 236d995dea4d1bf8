// The messages of the sub-command survey, on standard error and in the JSON key "error".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class SurveySentence : std::uint8_t {
    // Why an input line has no domain.
    line_too_long,
    not_object,
    key_missing,
    bad_quotes,
    column_missing,
    several_values,
    no_domain,
    // Why the program ends before the end of the input, or without results.
    no_column,
    cannot_read,
    cannot_resume,
    in_use,
    not_a_survey,
    other_input,
    json_and_csv,
    interrupted,
    go_on,
    no_answer,
    no_line_read,
    cannot_start,
    reads_terminal,
    // The summary. {1} is a number, or a text with numbers.
    total,
    total_resumed,
    records,
    errors,
    endings,
    services,
    refused,
    // The kinds of records, and of their endings, that the summary counts.
    kind_usable,
    kind_none,
    kind_broken,
    kind_dns,
    ending_depends,
};

template <>
struct Sentences<SurveySentence> {
    using enum SurveySentence;
    static constexpr std::array<Wording<SurveySentence>,
                                static_cast<std::size_t>(ending_depends) + 1>
        table{{
            {line_too_long, "the line is longer than {1} octets"},
            {not_object, "the line is not a JSON object such as {1}"},
            {key_missing, "the object has no text under the key \"{1}\""},
            {bad_quotes, "a quote is not closed in this line, or text follows a closing quote"},
            {column_missing, "the line has no column {1}"},
            {several_values, "the line has several values; name one with --column NAME or NUMBER"},
            {no_domain, "the domain is empty"},

            {no_column, "the first line of the input names no column \"{1}\": {2}"},
            {cannot_read, "\"{1}\" cannot be read: {2}"},
            {cannot_resume, "\"{1}\" cannot be written: {2}"},
            {in_use, "another survey is writing \"{1}\""},
            {not_a_survey, "line {2} of \"{1}\" is not one that this survey writes"},
            {other_input, "\"{1}\" is the output for another input: the lines {2} to {3} differ"},
            {json_and_csv, "--json and --csv exclude each other"},
            {interrupted,
             "interrupted; {1} {1:line is|lines are} written; --resume FILE lets a survey go on "
             "after it was interrupted"},
            {go_on,
             "interrupted; {1} {1:line is|lines are} written; the same command goes on from there"},
            {no_answer, "no name server answered; name another with --nameserver"},
            {no_line_read,
             "no line has a domain, of {1} {1:line|lines}; try \"spfcheck survey --help\""},
            {cannot_start,
             "cannot start {1} {1:thread|threads}: {2}; no domain was examined; try a smaller "
             "--jobs"},
            {reads_terminal, "reading domains from the terminal, one per line; end with Ctrl-D"},

            {total, "{1} {1:domain|domains} in {2} ({3}/s)"},
            {total_resumed, "{1} {1:domain|domains} in {2} ({3}/s), {4} before"},
            {records, "records: {1}"},
            {errors, "errors: {1}"},
            {endings, "others: {1}"},
            {services, "services: {1}"},
            {refused, "{1} {1:line has|lines have} no domain"},
            {kind_usable, "usable"},
            {kind_none, "none"},
            {kind_broken, "broken"},
            {kind_dns, "DNS failed"},
            {ending_depends, "depend on the message"},
        }};
};
static_assert(is_in_order(Sentences<SurveySentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
