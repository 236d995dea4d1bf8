// Makes replies as in RFC 7208, 8.4, 8.6 and 8.7, but with the enhanced status codes of RFC 7372,
// which replace the codes in RFC 7208. X.7.23 means that the check failed, and X.7.24 that the
// check was not possible. X.7.1 is used where RFC 7372 has no code.

#include "spf/report/smtp_reply.hpp"

#include <string_view>

#include "report/field.hpp"
#include "report/names.hpp"
#include "report/sentences.hpp"
#include "spf/base/printable.hpp"
#include "spf/report/wrap.hpp"

namespace spf::report {
namespace {

using Say = ReportSentence;

constexpr std::size_t longest_reply_line = 512;    // octets with CRLF (RFC 5321, 4.5.3.1.5)
constexpr std::size_t longest_explanation = 1024;  // octets
constexpr std::size_t codes = std::string_view("550-5.7.23 \r\n").size();

constexpr std::size_t longest_name = 253;

std::string name(std::string_view text) { return printable(text, longest_name); }

void add(SmtpReply& reply, std::string_view text) {
    for (std::string& line : wrapped(text, longest_reply_line - codes)) {
        reply.lines.push_back(std::move(line));
    }
}

/// Returns the last part of the enhanced status code for a result (RFC 7372, 3.2; RFC 3463, 3.8).
std::string_view detail_of(Result result) noexcept {
    switch (result) {
        case Result::fail: return "23";
        case Result::permerror:
        case Result::temperror: return "24";
        case Result::none:
        case Result::neutral:
        case Result::pass:
        case Result::softfail: break;
    }
    return "1";
}

/// Returns a reply without lines. Its codes depend only on the result and the action.
SmtpReply begin(Result result, receiver::Action action) {
    const bool is_final = action == receiver::Action::reject;
    return {
        is_final ? 550 : 451, (is_final ? "5.7." : "4.7.") + std::string(detail_of(result)), {}};
}

SmtpReply failed(const Outcome& outcome, receiver::Action action) {
    SmtpReply reply = begin(outcome.result, action);
    const std::string ip = outcome.ip.to_string();
    add(reply, outcome.is_about_mail_from()
                   ? said<Say::reply_may_not_send>(ip, short_name(outcome.domain))
                   : said<Say::reply_may_not_use_helo>(ip, short_name(outcome.domain)));
    const std::string domain = name(outcome.domain);
    if (outcome.explanation.empty()) {
        add(reply, said<Say::reply_have_it_added>(domain));
        return reply;
    }
    // The explanation is a text of the domain, not of the receiver, and has to be marked as such
    // (8.4).
    const std::string& publisher = outcome.explanation_domain;
    add(reply, said<Say::reply_explained_by>(publisher.empty() ? domain : name(publisher)));
    add(reply, printable(outcome.explanation, longest_explanation));
    return reply;
}

SmtpReply impossible(const Outcome& outcome, receiver::Action action) {
    SmtpReply reply = begin(outcome.result, action);
    const bool mail = outcome.is_about_mail_from();
    const std::string domain = name(outcome.domain);
    if (!outcome.problem) {
        add(reply, mail ? said<Say::reply_mail_from_not_checked>(domain)
                        : said<Say::reply_helo_not_checked>(domain));
        return reply;
    }
    add(reply,
        mail ? said<Say::reply_mail_from_problem>(domain) : said<Say::reply_helo_problem>(domain));
    add(reply, said<Say::reply_problem>(field::problem_text(outcome)));
    // The sender cannot fix a temperror, so a remedy is given only for permerror.
    if (outcome.result == Result::permerror) {
        add(reply, said<Say::reply_remedy>(outcome.problem->remedy()));
    }
    return reply;
}

SmtpReply unwelcome(const Outcome& outcome, receiver::Action action) {
    SmtpReply reply = begin(outcome.result, action);
    const std::string ip = outcome.ip.to_string();
    const std::string_view result = spf::to_string(outcome.result);
    add(reply, outcome.is_about_mail_from()
                   ? said<Say::reply_mail_from_refused>(name(outcome.domain), ip, result)
                   : said<Say::reply_helo_refused>(name(outcome.domain), ip, result));
    return reply;
}

}  // namespace

std::string SmtpReply::to_string() const {
    std::string out;
    for (const std::string& line : lines) {
        out += std::to_string(code);
        out += &line == &lines.back() ? ' ' : '-';
        out += enhanced;
        out += ' ';
        out += line;
        out += "\r\n";
    }
    return out;
}

std::string SmtpReply::text() const {
    std::string out;
    for (const std::string& line : lines) {
        if (!out.empty()) out += ' ';
        out += line;
    }
    return out;
}

SmtpReply smtp_reply(const Outcome& outcome, receiver::Action action) {
    switch (outcome.result) {
        case Result::fail: return failed(outcome, action);
        case Result::permerror:
        case Result::temperror: return impossible(outcome, action);
        case Result::none:
        case Result::neutral:
        case Result::pass:
        case Result::softfail: break;
    }
    return unwelcome(outcome, action);
}

std::optional<SmtpReply> smtp_reply(const receiver::Decision& decision) {
    const Outcome* const outcome = outcome_of(decision.verdict, decision.mail);
    if (outcome == nullptr || !refuses(decision.verdict.action)) return std::nullopt;
    SmtpReply own = begin(outcome->result, decision.verdict.action);
    add(own, decision.reason);
    // A reason of placeholders alone may be empty, and a reply must have a line.
    return own.lines.empty() ? smtp_reply(*outcome, decision.verdict.action) : own;
}

}  // namespace spf::report
