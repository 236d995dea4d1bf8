// The texts of a report, and the messages of the sub-command.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class ReportSentence : std::uint8_t {
    // The head of the page. {1} is the domain, or the time.
    title,
    heading,
    made,
    supposed,
    // The headings of the sections.
    record,
    records,
    findings,
    next,
    lookups,
    terms,
    networks,
    answers,
    // The record.
    no_record,
    finding_number,
    octets_left_out,
    // The findings. {1} is a domain, a text, or a section of RFC 7208; {2} is a code.
    error,
    warning,
    hint,
    no_findings,
    in_record_of,
    write,
    write_space,
    reference,
    findings_left_out,
    // What to do next. {1} is the domain, or a number of lookups, {2} the number that is allowed.
    nothing_to_do,
    publish,
    proved,
    proved_by_samples,
    // The picture. {1} is the domain or the number of lookups, {2} the number that is allowed.
    picture_title,
    picture_sum,
    picture_sum_at_least,
    picture_part,
    axis,
    limit,
    total,
    total_at_least,
    own,
    below,
    beyond,
    leads_back,
    seen_above,
    rows_left_out,
    how_counted,
    no_lookups,
    // The tables.
    terms_caption,
    term,
    lookup_count,
    meaning,
    terms_left_out,
    networks_caption,
    network,
    result,
    listed_by,
    of_record,
    of_record_and_service,
    named_service,
    no_networks,
    networks_left_out,
    depends,
    depends_on,
    answers_text,
    answers_caption,
    question,
    ttl,
    answer,
    records_left_out,
    answers_left_out,
    // How a lookup ended.
    no_data,
    no_name,
    server_failed,
    wrong_answer,
    no_answer_in_time,
    no_server,
    not_in_zone,
    // The foot of the page. {1} is the version.
    made_by,
    again,
    // What is printed, and what is wrong with the command line.
    written,
    unwritable,
    no_file,
    same_file,
    // What is wrong with the path of a file.
    empty_path,
};

template <>
struct Sentences<ReportSentence> {
    using enum ReportSentence;
    static constexpr std::array<Wording<ReportSentence>, static_cast<std::size_t>(empty_path) + 1>
        table{{
            {title, "SPF report: {1}"},
            {heading, "SPF of {1}"},
            {made, "What DNS said on {1}"},
            {supposed, "Supposed, and not what DNS says: {1}"},

            {record, "The record"},
            {records, "The records"},
            {findings, "Findings"},
            {next, "What to do next"},
            {lookups, "Where the lookups go"},
            {terms, "What the record says"},
            {networks, "Who may send"},
            {answers, "The DNS data behind this"},

            {no_record, "There is no SPF record."},
            {finding_number, "finding {1}"},
            {octets_left_out, "... and {1} more {1:octet|octets}"},

            {error, "Error"},
            {warning, "Warning"},
            {hint, "Hint"},
            {no_findings, "None: no errors, no warnings, no hints."},
            {in_record_of, "In the record of {1}:"},
            {write, "Write:"},
            {write_space, "Write a space here."},
            {reference, "RFC 7208, {1} ({2})"},
            {findings_left_out, "and {1} more {1:finding|findings}"},

            {nothing_to_do, "Nothing has to be done."},
            {publish, "Publish this as the only SPF record of {1} (type TXT):"},
            {proved,
             "It needs {1} of {2} lookups. For all addresses, it was proved that it works, and "
             "that "
             "nobody who may send is lost."},
            {proved_by_samples,
             "It needs {1} of {2} lookups. It was proved that it works, and that nobody who may "
             "send is lost, except for what depends on each message: of that, only samples."},

            {picture_title, "The DNS lookups of the SPF record of {1}"},
            {picture_sum, "A check needs at most {1} {1:lookup|lookups}; {2} are allowed."},
            {picture_sum_at_least,
             "A check may need {1} {1:lookup|lookups} or more; {2} are allowed."},
            {picture_part, "{1} takes {2}."},
            {axis, "DNS lookups, in the order of a check"},
            {limit, "limit"},
            {total, "{1} of {2}"},
            {total_at_least, "{1} or more of {2}"},
            {own, "the lookup of the term itself"},
            {below, "lookups of the records below it"},
            {beyond, "beyond the limit: receivers stop with an error"},
            {leads_back, "leads back to a record above: an endless loop"},
            {seen_above, "counted again; its terms are shown above"},
            {rows_left_out, "and {1} more {1:term|terms}"},
            {how_counted,
             "Receivers stop after {1} lookups (RFC 7208, 4.6.4). Each bar shows the lookups that "
             "a term takes if no term before it matches."},
            {no_lookups, "A check of this record needs no lookups beyond that of the record."},

            {terms_caption, "The terms in the order of the record"},
            {term, "Term"},
            {lookup_count, "Lookups"},
            {meaning, "Meaning"},
            {terms_left_out, "and {1} more {1:term of the record|terms of the record}"},
            {networks_caption, "Networks, what a check of their addresses results in, and why"},
            {network, "Network"},
            {result, "Result"},
            {listed_by, "Decided by"},
            {of_record, "of {1}"},
            {of_record_and_service, "of {1} ({2})"},
            {named_service, "({1})"},
            {no_networks, "No network has a result of its own."},
            {networks_left_out, "and {1} more {1:network|networks}"},
            {depends, "What these terms match depends on each message:"},
            {depends_on, "of the record of {1}"},
            {answers_text, "{1} {1:answer|answers}, from {2}"},
            {answers_caption, "Each question to DNS, and what was answered"},
            {question, "Question"},
            {ttl, "TTL (s)"},
            {answer, "Answer"},
            {records_left_out, "and {1} more {1:record|records}"},
            {answers_left_out, "and {1} more {1:answer|answers}"},

            {no_data, "no such record"},
            {no_name, "no such name"},
            {server_failed, "the name server failed"},
            {wrong_answer, "no usable answer"},
            {no_answer_in_time, "no answer in time"},
            {no_server, "no name server was reached"},
            {not_in_zone, "not in the zone files"},

            {made_by, "Made by spfcheck {1}. In a terminal:"},
            {again, "What is shown was true at that time. DNS may say something else now."},

            {written, "written: {1}"},
            {unwritable, "{1} cannot be written: {2}"},
            {no_file, "where is the report to go? Give --html FILE, --svg FILE or --dot FILE"},
            {same_file, "each of --html, --svg and --dot needs a file of its own, not {1}"},
            {empty_path, "it is empty"},
        }};
};
static_assert(is_in_order(Sentences<ReportSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
