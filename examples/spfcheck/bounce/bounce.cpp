#include "bounce/bounce.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "bounce/delivery_status.hpp"
#include "bounce/text.hpp"
#include "message/mime.hpp"
#include "message/sentences.hpp"
#include "message/trace_fields.hpp"
#include "names/parts.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

FailedRecipient recipient_of(const StatusOfRecipient& each) {
    FailedRecipient out;
    out.address = each.original.empty() ? each.final_address : each.original;
    if (!equals_ignoring_case(out.address, each.final_address))
        out.final_address = each.final_address;
    out.remote_host = each.remote_mta;
    out.action = each.action;
    const std::string words = each.diagnostic.empty() ? each.status : each.diagnostic;
    out.refusal = read_refusal(words);
    if (out.refusal.status.empty()) out.refusal.status = each.status;
    out.line = spf::printable(words, longest_evidence);
    return out;
}

Report read_bounce(const Mail& mail) {
    Report out;
    for (const MailPart& part : mail.parts) {
        if (part.type.find("delivery-status") == std::string::npos) continue;
        DeliveryStatus status = read_delivery_status(part.text);
        out.reporting_server = status.reporting_mta;
        for (const StatusOfRecipient& each : status.recipients)
            out.recipients.push_back(recipient_of(each));
    }
    return out;
}

MailKind kind_of(const std::vector<FailedRecipient>& recipients) {
    if (recipients.empty()) return MailKind::message;
    MailKind out = MailKind::delivered;
    for (const FailedRecipient& each : recipients) {
        if (each.action == Action::failed) return MailKind::bounce;
        if (each.action == Action::delayed) out = MailKind::delay;
    }
    return out;
}

/// Returns whether a text begins as the header of a mail does.
bool is_mail(std::string_view text) {
    constexpr std::array<std::string_view, 12> known{
        "received",     "return-path", "from",         "to",           "subject",
        "date",         "message-id",  "mime-version", "content-type", "x-failed-recipients",
        "delivered-to", "reply-to"};
    std::size_t end = 0;
    std::vector<std::string_view> lines = lines_of(text.substr(0, std::size_t{64} << 10U));
    std::size_t begin = 0;
    while (begin < lines.size() && trimmed(lines[begin]).empty()) ++begin;
    if (begin < lines.size() && lines[begin].starts_with("From ")) ++begin;
    const std::vector<Field> fields = fields_of(lines, begin, end);
    return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
        return std::any_of(known.begin(), known.end(), [&](std::string_view name) {
            return equals_ignoring_case(field.name, name);
        });
    });
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
    if (!is_mail(text)) {
        Report out;
        const Refusal refusal = read_refusal(text);
        if (!refusal.code && refusal.status.empty()) return out;
        FailedRecipient one;
        one.address = first_address_in(text);
        one.refusal = refusal;
        one.line = spf::printable(trimmed(text), longest_evidence);
        if (refusal.code.value_or(500) < 500) one.action = Action::delayed;
        out.recipients.push_back(std::move(one));
        out.kind = kind_of(out.recipients);
        return out;
    }
    const auto mail = read_mail(text);
    if (!mail) return mail.error();
    Report out = read_bounce(*mail);
    out.kind = kind_of(out.recipients);
    return out;
}

}  // namespace spfcheck
