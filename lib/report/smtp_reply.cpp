// Makes replies as in RFC 7208, 8.4, 8.6 and 8.7, but with the enhanced status codes of RFC 7372,
// which replace the codes in RFC 7208. X.7.23 means that the check failed, and X.7.24 that the
// check was not possible. X.7.1 is used where RFC 7372 has no code.

#include "spf/report/smtp_reply.hpp"

#include <algorithm>
#include <limits>
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

constexpr std::size_t longest_line = longest_reply_line - codes;  // octets of text

constexpr std::size_t longest_milter_line = 980;  // octets of text that libmilter accepts
constexpr std::size_t most_milter_lines = 32;
static_assert(longest_milter_line / 2 <= longest_line, "no line exceeds RFC 5321, 4.5.3.1.5");

/// What Postfix writes before a text and after it, except the address. The codes are longer by an
/// octet and the words by two than they are today, for a later Postfix.
constexpr std::size_t around_policy_text =
    std::string_view("550 5.7.23 ").size() + 1 +
    std::string_view("<>: Recipient address rejected: \r\n").size() + 2;
constexpr std::size_t least_policy_text = 100;  // octets

constexpr std::size_t longest_name = 253;

std::string name(std::string_view text) { return printable(text, longest_name); }

void add(SmtpReply& reply, std::string_view text) {
    for (std::string& line : wrapped(text, longest_line)) {
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

/// Cuts a line after a word, or within a word that is too long itself, and marks the place.
void cut(std::string& line, std::size_t longest) {
    constexpr std::string_view mark = "...";
    if (line.size() <= longest) return;
    const std::size_t room = longest - mark.size();
    const std::size_t space = line.rfind(' ', room - 1);
    line.erase(space == std::string::npos ? room : space + 1).append(mark);
}

void double_percent(std::string& line) {
    for (std::size_t at = line.find('%'); at != std::string::npos; at = line.find('%', at + 2))
        line.insert(at, 1, '%');
}

}  // namespace

ReplyRules smtp_rules() noexcept {
    return {.max_lines = std::numeric_limits<std::size_t>::max(), .max_line = longest_line};
}

ReplyRules milter_rules() noexcept {
    return {.max_lines = most_milter_lines,
            .max_line = longest_milter_line / 2,
            .doubles_percent = true};
}

ReplyRules postfix_policy_rules(std::string_view address) noexcept {
    constexpr std::size_t room = longest_reply_line - around_policy_text;
    const std::size_t taken = std::min(address.size(), room - least_policy_text);
    return {.max_lines = 1, .max_line = room - taken};
}

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

std::vector<std::string> SmtpReply::lines_for(const ReplyRules& rules) const {
    const std::size_t longest = std::max<std::size_t>(rules.max_line, 4);
    std::vector<std::string> out;
    for (const std::string& line : lines) {
        for (std::string& part : wrapped(printable(line), longest)) {
            if (out.empty() || out.size() < rules.max_lines) {
                out.push_back(std::move(part));
            } else {
                out.back().append(" ").append(part);
            }
        }
    }
    if (!out.empty()) cut(out.back(), longest);
    if (rules.doubles_percent) std::for_each(out.begin(), out.end(), double_percent);
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
