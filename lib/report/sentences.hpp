// All messages of the reports, SMTP replies and header fields, and the labels of the rows of a
// report.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "base/code_table.hpp"
#include "base/sentences.hpp"

namespace spf::report {

enum class ReportSentence : std::uint8_t {
    // The verdict in the first line of a report.
    may_send,
    may_use_helo,
    may_not_send,
    may_not_use_helo,
    probably_may_not_send,
    probably_may_not_use_helo,
    open_whether_may_send,
    open_whether_may_use_helo,
    nothing_to_check,
    not_checkable,
    no_such_domain,
    no_record,
    policy_not_checked,
    policy_broken,
    record_broken,
    record_broken_at,
    // The reasons for the verdict. One of them follows the verdict in parentheses.
    ends_in,
    other_ends_in,
    listed_as,
    other_listed_as,
    nothing_matches,
    nothing_matches_in_other,
    because_several_records,
    because_syntax_error,
    because_include,
    because_redirect,
    because_loop,
    because_dns_lookups,
    because_void_lookups,
    because_mx_names,
    because_dns,
    because_deadline,
    because_not_in,
    because_not_in_zone,
    because_no_record,
    // The rows of the table in a report: first the labels, then the texts beside them.
    label_problem,
    label_found,
    label_place,
    label_checked,
    label_decided_by,
    label_record,
    label_lookups,
    label_explained,
    problem_and_section,
    looks_like_record,
    checked_mail_from,
    checked_helo,
    checked_helo_for_null,
    checked_nothing,
    decided_by_term,
    decided_by_default,
    lookups,
    explained_by,
    // The result of a term, which follows the term in the tree of steps. `explanation_of` is the
    // step for an explanation (exp=).
    term_matches,
    term_does_not_match,
    term_fails,
    term_followed,
    explanation_of,
    // The texts of SMTP replies.
    reply_may_not_send,
    reply_may_not_use_helo,
    reply_have_it_added,
    reply_explained_by,
    reply_mail_from_not_checked,
    reply_helo_not_checked,
    reply_mail_from_problem,
    reply_helo_problem,
    reply_problem,
    reply_remedy,
    reply_mail_from_refused,
    reply_helo_refused,
    // The comment of a Received-SPF field (RFC 7208, 9.1), in words that are common in such fields.
    comment_pass,
    comment_fail,
    comment_softfail,
    comment_neutral,
    comment_none,
    comment_temperror,
    comment_permerror,
};
inline constexpr std::size_t report_sentence_count =
    static_cast<std::size_t>(ReportSentence::comment_permerror) + 1;

inline constexpr std::array<Wording<ReportSentence>, report_sentence_count> report_sentences{{
    {ReportSentence::may_send, "{1} may send mail for {2}"},
    {ReportSentence::may_use_helo, "{1} may use the HELO name {2}"},
    {ReportSentence::may_not_send, "{1} may not send mail for {2}"},
    {ReportSentence::may_not_use_helo, "{1} may not use the HELO name {2}"},
    {ReportSentence::probably_may_not_send, "{1} probably may not send mail for {2}"},
    {ReportSentence::probably_may_not_use_helo, "{1} probably may not use the HELO name {2}"},
    {ReportSentence::open_whether_may_send, "{1} leaves open whether {2} may send mail for it"},
    {ReportSentence::open_whether_may_use_helo,
     "{1} leaves open whether {2} may use the HELO name {1}"},
    {ReportSentence::nothing_to_check, "there is no domain name that can be checked"},
    {ReportSentence::not_checkable, "\"{1}\" is not a domain name that can be checked"},
    {ReportSentence::no_such_domain,
     "the domain {1} does not exist, so nothing is known about {2}"},
    {ReportSentence::no_record, "{1} has no SPF record, so nothing is known about {2}"},
    {ReportSentence::policy_not_checked, "the SPF policy of {1} cannot be checked now"},
    {ReportSentence::policy_broken, "the SPF policy of {1} is broken"},
    {ReportSentence::record_broken, "the SPF record of {1} is broken"},
    {ReportSentence::record_broken_at, "the SPF record of {1} is broken at \"{2}\""},

    {ReportSentence::ends_in, "its record ends in \"{1}\""},
    {ReportSentence::other_ends_in, "the record of {1} ends in \"{2}\""},
    {ReportSentence::listed_as, "listed as \"{1}\""},
    {ReportSentence::other_listed_as, "listed as \"{2}\" in the record of {1}"},
    {ReportSentence::nothing_matches, "no term of its record matches"},
    {ReportSentence::nothing_matches_in_other, "no term of the record of {1} matches"},
    {ReportSentence::because_several_records, "it has more than one record"},
    {ReportSentence::because_syntax_error, "syntax error in the record of {1}"},
    {ReportSentence::because_include, "an included domain has no record"},
    {ReportSentence::because_redirect, "it redirects to a domain without record"},
    {ReportSentence::because_loop, "the record of {1} leads back to itself"},
    {ReportSentence::because_dns_lookups, "too many DNS lookups"},
    {ReportSentence::because_void_lookups, "too many void lookups"},
    {ReportSentence::because_mx_names, "too many mail servers"},
    {ReportSentence::because_dns, "DNS failed"},
    {ReportSentence::because_deadline, "the check took too long"},
    {ReportSentence::because_not_in, "{1} is not in {2}"},
    {ReportSentence::because_not_in_zone, "{1} is not in the zone data"},
    {ReportSentence::because_no_record, "there is no record"},

    {ReportSentence::label_problem, "Problem"},
    {ReportSentence::label_found, "Found"},
    {ReportSentence::label_place, "Place"},
    {ReportSentence::label_checked, "Checked"},
    {ReportSentence::label_decided_by, "Decided by"},
    {ReportSentence::label_record, "Record"},
    {ReportSentence::label_lookups, "Lookups"},
    {ReportSentence::label_explained, "Explained"},
    {ReportSentence::problem_and_section, "{1} (RFC 7208, {2})"},
    {ReportSentence::looks_like_record,
     "a TXT record looks like an SPF record, but is not one (RFC 7208, 4.5)"},
    {ReportSentence::checked_mail_from, "MAIL FROM <{1}>"},
    {ReportSentence::checked_helo, "HELO {1}"},
    {ReportSentence::checked_helo_for_null,
     "HELO {1}, because MAIL FROM is <> (the null reverse-path)"},
    {ReportSentence::checked_nothing,
     "nothing: MAIL FROM is <> (the null reverse-path), and there is no HELO name"},
    {ReportSentence::decided_by_term, "\"{1}\" in the record of {2}"},
    {ReportSentence::decided_by_default, "no term of the record of {1} (RFC 7208, 4.7)"},
    {ReportSentence::lookups, "DNS {1} of {2}, void {3} of {4}"},
    {ReportSentence::explained_by, "{1} says:"},

    {ReportSentence::term_matches, "match"},
    {ReportSentence::term_does_not_match, "no match"},
    {ReportSentence::term_fails, "error"},
    {ReportSentence::term_followed, "followed"},
    {ReportSentence::explanation_of, "explanation of {1}"},

    {ReportSentence::reply_may_not_send,
     "SPF check of MAIL FROM failed: {1} may not send mail for {2}."},
    {ReportSentence::reply_may_not_use_helo,
     "SPF check of HELO failed: {1} may not use the HELO name {2}."},
    {ReportSentence::reply_have_it_added,
     "If this server is legitimate, the administrator of {1} must add it to the domain's SPF "
     "record."},
    {ReportSentence::reply_explained_by, "The domain {1} explains:"},
    {ReportSentence::reply_mail_from_not_checked,
     "The SPF check of MAIL FROM for {1} could not be completed."},
    {ReportSentence::reply_helo_not_checked,
     "The SPF check of HELO for {1} could not be completed."},
    {ReportSentence::reply_mail_from_problem,
     "The SPF check of MAIL FROM for {1} could not be completed:"},
    {ReportSentence::reply_helo_problem, "The SPF check of HELO for {1} could not be completed:"},
    {ReportSentence::reply_problem, "{1}."},
    {ReportSentence::reply_remedy, "For the domain owner: {1}."},
    {ReportSentence::reply_mail_from_refused,
     "The SPF result for MAIL FROM {1} from {2} is {3}. This server refuses mail with this "
     "result."},
    {ReportSentence::reply_helo_refused,
     "The SPF result for HELO {1} from {2} is {3}. This server refuses mail with this result."},

    {ReportSentence::comment_pass, "domain of {1} designates {2} as permitted sender"},
    {ReportSentence::comment_fail, "domain of {1} does not designate {2} as permitted sender"},
    {ReportSentence::comment_softfail, "domain of {1} discourages use of {2} as sender"},
    {ReportSentence::comment_neutral, "domain of {1} neither permits nor denies {2}"},
    {ReportSentence::comment_none, "domain of {1} does not designate permitted senders"},
    {ReportSentence::comment_temperror, "domain of {1} could not be looked up"},
    {ReportSentence::comment_permerror, "domain of {1} has no usable list of permitted senders"},
}};
static_assert(is_in_order_of_codes(report_sentences), "one sentence for each code, in order");

/// Returns the text of a message with its arguments.
template <ReportSentence sentence, class... Arguments>
[[nodiscard]] std::string said(Arguments&&... arguments) {
    return rendered(report_sentences,
                    say<report_sentences, sentence>(std::forward<Arguments>(arguments)...));
}

/// Returns the text of a message with its arguments, in a language.
template <ReportSentence sentence, class... Arguments>
[[nodiscard]] std::string said_in(const Language& language, Arguments&&... arguments) {
    return rendered(report_sentences,
                    say<report_sentences, sentence>(std::forward<Arguments>(arguments)...),
                    language);
}

/// Returns the text of a label, or of a message that has no arguments.
[[nodiscard]] constexpr std::string_view word(ReportSentence sentence) noexcept {
    return row_of(report_sentences, sentence).pattern;
}

}  // namespace spf::report
