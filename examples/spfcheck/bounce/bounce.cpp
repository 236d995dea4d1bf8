#include "bounce/bounce.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "bounce/assemble.hpp"
#include "bounce/delivery_status.hpp"
#include "bounce/html.hpp"
#include "bounce/kind.hpp"
#include "bounce/log_lines.hpp"
#include "bounce/original.hpp"
#include "bounce/prose.hpp"
#include "bounce/server_words.hpp"
#include "bounce/text.hpp"
#include "message/mime.hpp"
#include "message/sentences.hpp"
#include "names/parts.hpp"
#include "refusal/words.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

/// How deep a bounce within a message is looked for, as when it was forwarded.
constexpr int deepest_report = 2;

MailKind kind_of(const std::vector<FailedRecipient>& recipients) {
    if (recipients.empty()) return MailKind::message;
    MailKind out = MailKind::delivered;
    for (const FailedRecipient& each : recipients) {
        if (each.action == Action::failed) return MailKind::bounce;
        if (each.action == Action::delayed) out = MailKind::delay;
    }
    return out;
}

/// What the parts of a mail hold, by what they are for.
struct Contents {
    std::string text{};      ///< for people
    std::string status{};    ///< for programs: all parts, with empty lines between them
    std::string original{};  ///< the message that was sent, or its header
    std::string message{};   ///< a message in the mail, whatever it is
};

Contents contents_of(const Mail& mail) {
    Contents out;
    std::string html;
    for (const MailPart& part : mail.parts) {
        if (part.type.find("delivery-status") != std::string::npos) {
            out.status.append(part.text).append("\n\n");
        } else if (part.type == "message/rfc822" || part.type == "message/global") {
            if (out.message.empty()) out.message = part.text;
            if (out.original.empty()) out.original = part.text;
        } else if (part.type == "text/rfc822-headers" || part.type == "text/rfc822" ||
                   part.type == "text/rfc822-header" || part.type == "message/global-headers" ||
                   part.type == "message/rfc822-headers") {
            if (out.original.empty()) out.original = part.text;
        } else if (part.type == "text/html") {
            html.append(text_of_html(part.text)).append("\n");
        } else if (part.type.starts_with("text/") || part.type.starts_with("message/")) {
            out.text.append(part.text).append("\n");
        }
    }
    if (trimmed(out.text).empty()) out.text = std::move(html);
    return out;
}

/// Returns the addresses in a field, separated by commas.
std::vector<std::string> addresses_in(std::string_view value) {
    std::vector<std::string> out;
    while (!value.empty() && out.size() < most_recipients) {
        const std::size_t comma = value.find(',');
        std::string address = first_address_in(value.substr(0, comma));
        if (!address.empty()) out.push_back(std::move(address));
        value.remove_prefix(comma == npos ? value.size() : comma + 1);
    }
    return out;
}

/// Returns the server that a text names as its author: "This is the mail system at host H."
std::string author_of(std::string_view text) {
    for (const std::string_view mark :
         {"mail system at host ", "qmail-send program at ",
          "generating server: ", "mail server on ", "dragonfly mail agent v"}) {
        const std::size_t at = find_ignoring_case(text, mark);
        if (at == npos) continue;
        std::string_view rest = text.substr(at + mark.size(), 255);
        if (mark.ends_with(" v")) rest.remove_prefix(std::min(rest.size(), rest.find(" at ") + 4));
        const std::size_t end = std::min(rest.find_first_of(" \t\n:,<>()"), rest.size());
        rest = rest.substr(0, end);
        while (rest.ends_with('.')) rest.remove_suffix(1);
        if (!rest.empty()) return spf::printable(rest, 255);
    }
    return {};
}

/// The text of a report, before the original message, and behind where it begins.
struct Text {
    std::vector<std::string_view> lines{};
    std::string rest{};
};

Text before_original(std::string_view text) {
    Text out;
    out.lines = lines_of(text);
    const std::size_t end = beginning_of_original(out.lines);
    for (std::size_t i = end; i < out.lines.size() && out.rest.size() < longest_report; ++i)
        out.rest.append(out.lines[i]).append("\n");
    out.lines.resize(end);
    return out;
}

/// Returns the groups of fields about recipients in a text, for those who write them there.
DeliveryStatus status_in_text(const std::vector<std::string_view>& lines) {
    const auto begin = std::find_if(lines.begin(), lines.end(), [](std::string_view line) {
        return starts_ignoring_case(trimmed(line), "Final-Recipient:") ||
               starts_ignoring_case(trimmed(line), "Reporting-MTA:");
    });
    if (begin == lines.end()) return {};
    std::string fields;
    for (auto line = begin; line != lines.end(); ++line) fields.append(trimmed(*line)).append("\n");
    return read_delivery_status(fields);
}

std::vector<FailedRecipient> recipients_in(const Contents& contents, const Text& text,
                                           const Mail& mail, std::string& server) {
    std::vector<std::string> strangers = addresses_in(mail.field("To"));
    for (std::string& each : addresses_in(mail.field("From"))) strangers.push_back(std::move(each));
    const std::vector<Said> prose = read_prose(text.lines, strangers);
    const std::vector<Said> transcript = read_transcript(text.lines);
    DeliveryStatus status = read_delivery_status(contents.status);
    if (status.recipients.empty()) status = status_in_text(text.lines);
    server = status.reporting_mta.empty() ? author_of(contents.text) : status.reporting_mta;
    if (!status.recipients.empty()) return recipients_of(status, prose, transcript);
    const std::string& quoted = contents.original.empty() ? text.rest : contents.original;
    return recipients_of(prose, transcript, addresses_in(mail.field("X-Failed-Recipients")),
                         recipients_of_original(quoted), text.lines);
}

Report read_text_report(const Mail& mail, const Contents& contents, int signs) {
    Report out;
    const Text text = before_original(contents.text);
    out.recipients = recipients_in(contents, text, mail, out.reporting_server);
    out.original = read_original(contents.original.empty() ? text.rest : contents.original);
    if (contents.status.empty() && warns_only(mail.field("Subject"), contents.text)) {
        for (FailedRecipient& each : out.recipients) each.action = Action::delayed;
    }
    out.kind = kind_of(out.recipients);
    if (out.recipients.empty() && signs >= 3) out.kind = MailKind::bounce;
    return out;
}

/// Returns a mail that proves that one recipient got the message.
Report read_proof(MailKind kind, std::string address) {
    Report out;
    out.kind = kind;
    if (!address.empty()) {
        out.recipients.emplace_back();
        out.recipients.back().address = std::move(address);
        out.recipients.back().action = Action::delivered;
    }
    return out;
}

/// Returns who complains: Original-Rcpt-To of the report (RFC 5965, 3.2), if it is not left out.
std::string complaining(const Mail& mail) {
    for (const MailPart& part : mail.parts) {
        if (part.type != "message/feedback-report") continue;
        std::size_t end = 0;
        for (const Field& field : fields_of(lines_of(part.text), 0, end)) {
            if (equals_ignoring_case(field.name, "Original-Rcpt-To"))
                return first_address_in(field.value);
        }
    }
    return {};
}

Report read_mail_report(const Mail& mail, int depth) {
    Report out;
    const Contents contents = contents_of(mail);
    if (is_complaint(mail)) {
        out = read_proof(MailKind::complaint, complaining(mail));
        out.original = read_original(contents.original);
        return out;
    }
    const bool program = !trimmed(contents.status).empty();
    // A bounce that somebody forwards, with words of his own in front of it.
    if (!program && depth < deepest_report && !contents.message.empty()) {
        const auto inner = read_mail(contents.message);
        const bool is_bounce = inner && signs_of_bounce(*inner, contents_of(*inner).text) >= 2;
        if (is_bounce) out = read_mail_report(*inner, depth + 1);
        if (out.kind == MailKind::bounce || out.kind == MailKind::delay) return out;
        out = {};
    }
    const int signs = signs_of_bounce(mail, contents.text);
    if (program || signs >= 2) {
        out = read_text_report(mail, contents, signs);
        if (out.kind != MailKind::message) return out;
    }
    if (is_auto_reply(mail))
        return read_proof(MailKind::auto_reply, first_address_in(mail.field("From")));
    if (depth < deepest_report && !contents.message.empty()) {
        const auto inner = read_mail(contents.message);
        if (inner) out = read_mail_report(*inner, depth + 1);
        const bool report = out.kind == MailKind::bounce || out.kind == MailKind::delay;
        if (report) return out;
    }
    out = {};
    return out;
}

/// Returns whether a text begins as the header of a mail does.
bool is_mail(std::string_view text) {
    constexpr std::array<std::string_view, 14> known{
        "received",     "return-path", "from",         "to",           "subject",
        "date",         "message-id",  "mime-version", "content-type", "x-failed-recipients",
        "delivered-to", "reply-to",    "sender",       "x-original-to"};
    const std::vector<std::string_view> lines = lines_of(text.substr(0, std::size_t{64} << 10U));
    std::size_t begin = 0;
    while (begin < lines.size() && trimmed(lines[begin]).empty()) ++begin;
    if (begin < lines.size() && lines[begin].starts_with("From ")) ++begin;
    std::size_t end = 0;
    const std::vector<Field> fields = fields_of(lines, begin, end);
    return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
        return std::any_of(known.begin(), known.end(), [&](std::string_view name) {
            return equals_ignoring_case(field.name, name);
        });
    });
}

bool is_authentication(Cause cause) noexcept {
    return cause == Cause::spf || cause == Cause::dmarc || cause == Cause::dkim;
}

/// Reads what a person pasted: the text of a bounce, or the words of a server alone.
Report read_pasted(std::string_view pasted) {
    Report out;
    const Text text = before_original(pasted);
    const Mail nobody;
    Contents contents;
    contents.text = pasted;
    out.recipients = recipients_in(contents, text, nobody, out.reporting_server);
    const Refusal whole = read_refusal(pasted);
    const bool refuses =
        whole.code.value_or(0) >= 400 || !whole.status.empty() || whole.cause != Cause::other;
    const bool single = out.recipients.size() <= 1 && (whole.code || !whole.status.empty());
    if (single) {
        // The whole is one reply, which may name a recipient.
        FailedRecipient known = out.recipients.empty() ? FailedRecipient{} : out.recipients.front();
        FailedRecipient one = recipient_who(std::move(known.address), pasted);
        one.final_address = std::move(known.final_address);
        // An address in the domain whose record failed is the sender's.
        const bool is_sender = is_authentication(one.refusal.cause) &&
                               domain_of_address(one.address) == one.refusal.claimed_domain;
        if (is_sender) one.address.clear();
        out.recipients.assign(1, std::move(one));
    } else if (!refuses && std::none_of(out.recipients.begin(), out.recipients.end(),
                                        [](const FailedRecipient& each) {
                                            return each.refusal.cause != Cause::other;
                                        })) {
        out.recipients.clear();
    } else if (out.recipients.empty()) {
        out.recipients.push_back(recipient_who({}, pasted));
    }
    for (FailedRecipient& each : out.recipients) {
        const char first = each.refusal.status.empty() ? '5' : each.refusal.status.front();
        const unsigned code = each.refusal.code.value_or(first == '4' ? 400 : 500);
        if (code < 500 || warns_only({}, pasted)) each.action = Action::delayed;
    }
    out.original = read_original(text.rest);
    out.kind = kind_of(out.recipients);
    return out;
}

}  // namespace

std::string_view to_string(Action action) noexcept {
    switch (action) {
        case Action::failed: return "failed";
        case Action::delayed: return "delayed";
        case Action::delivered: return "delivered";
        case Action::relayed: return "relayed";
        case Action::expanded: break;
    }
    return "expanded";
}

std::string_view to_string(MailKind kind) noexcept {
    switch (kind) {
        case MailKind::bounce: return "bounce";
        case MailKind::delay: return "delay";
        case MailKind::delivered: return "delivered";
        case MailKind::complaint: return "complaint";
        case MailKind::auto_reply: return "auto_reply";
        case MailKind::message: break;
    }
    return "message";
}

spf::Expected<Report, Failure> read_report(std::string_view input) {
    const std::string text = with_line_feeds(input.substr(0, longest_report));
    if (trimmed(text).empty()) return Failure{exit_data, say<MessageSentence::is_empty>()};
    if (is_mail(text)) {
        const auto mail = read_mail(text);
        if (!mail) return mail.error();
        return read_mail_report(*mail, 0);
    }
    Report out;
    out.recipients = read_log_lines(text);
    out.kind = kind_of(out.recipients);
    if (!out.recipients.empty()) return out;
    return read_pasted(text);
}

}  // namespace spfcheck
