// RFC 7208, 8.4, 8.6 and 8.7, with the enhanced status codes of RFC 7372, which replace those of 8:
// X.7.23 if the check failed, X.7.24 if it could not be made; X.7.1 where RFC 7372 has no code.

#include "spf/report/smtp_reply.hpp"

#include <string_view>

#include "report/field.hpp"
#include "report/names.hpp"
#include "spf/base/printable.hpp"
#include "spf/report/wrap.hpp"

namespace spf::report {
namespace {

constexpr std::size_t longest_reply_line = 512;    // octets with CRLF (RFC 5321, 4.5.3.1.5)
constexpr std::size_t longest_explanation = 1024;  // octets
constexpr std::size_t codes = std::string_view("550-5.7.23 \r\n").size();

constexpr std::size_t longest_name = 253;

std::string name(std::string_view text) { return printable(text, longest_name); }

std::string identity_of(const Outcome& outcome) {
    return field::is_about_mail_from(outcome) ? "MAIL FROM" : "HELO";
}

void add(SmtpReply& reply, std::string_view text) {
    for (std::string& line : wrapped(text, longest_reply_line - codes)) {
        reply.lines.push_back(std::move(line));
    }
}

SmtpReply begin(ReplyAction action, std::string_view detail) {
    const bool is_final = action == ReplyAction::reject;
    return {is_final ? 550 : 451, (is_final ? "5.7." : "4.7.") + std::string(detail), {}};
}

SmtpReply failed(const Outcome& outcome, ReplyAction action) {
    SmtpReply reply = begin(action, "23");
    add(reply, "SPF check of " + identity_of(outcome) + " failed: " + outcome.ip.to_string() +
                   " may not " + deed(outcome) + '.');
    const std::string domain = name(outcome.domain);
    if (outcome.explanation.empty()) {
        add(reply, "If it should, whoever runs " + domain + " has to add it to the SPF record.");
        return reply;
    }
    // The text is the domain's, not the receiver's, and has to be marked as such (8.4).
    const std::string& publisher = outcome.explanation_domain;
    add(reply, "The domain " + (publisher.empty() ? domain : name(publisher)) + " explains:");
    add(reply, printable(outcome.explanation, longest_explanation));
    return reply;
}

SmtpReply impossible(const Outcome& outcome, ReplyAction action) {
    SmtpReply reply = begin(action, "24");
    const std::string what =
        "SPF check of " + identity_of(outcome) + " was not possible for " + name(outcome.domain);
    if (!outcome.problem) {
        add(reply, what + '.');
        return reply;
    }
    add(reply, what + ':');
    add(reply, printable(field::problem_text(outcome), longest_explanation) + '.');
    // The sender's side cannot fix an error that is only temporary.
    if (outcome.result == Result::permerror) {
        add(reply, "For the owner of the domain: " + printable(outcome.problem->remedy()) + '.');
    }
    return reply;
}

SmtpReply unwelcome(const Outcome& outcome, ReplyAction action) {
    SmtpReply reply = begin(action, "1");
    add(reply, "SPF check of " + identity_of(outcome) + " for " + name(outcome.domain) + " from " +
                   outcome.ip.to_string() + ": " + std::string(to_string(outcome.result)) +
                   ". This server does not accept that.");
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

SmtpReply smtp_reply(const Outcome& outcome, ReplyAction action) {
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

}  // namespace spf::report
