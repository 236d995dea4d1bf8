// Tests reports: mails, pasted refusals and lines of logs. What is read is bounded and printable,
// it does not depend on the line ends, and the kind follows from what became of the recipients.

#include "bounce/bounce.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "require.hpp"

namespace {

using spfcheck::Action;
using spfcheck::FailedRecipient;
using spfcheck::MailKind;
using spfcheck::Report;

bool has_controls(const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void check(const FailedRecipient& each) {
    for (const std::string* text :
         {&each.address, &each.final_address, &each.remote_host, &each.line, &each.refusal.text}) {
        REQUIRE_THAT(!has_controls(*text) && text->size() <= 1000);
    }
    REQUIRE_THAT(is_ascii(each.line) && is_ascii(each.remote_host));
    REQUIRE_THAT(each.final_address.empty() || !each.address.empty());
}

void check(const Report& report) {
    REQUIRE_THAT(report.recipients.size() <= spfcheck::most_recipients);
    const auto any = [&](Action action) {
        return std::any_of(report.recipients.begin(), report.recipients.end(),
                           [&](const FailedRecipient& each) { return each.action == action; });
    };
    if (report.kind == MailKind::delay) REQUIRE_THAT(any(Action::delayed) && !any(Action::failed));
    if (report.kind == MailKind::delivered) {
        REQUIRE_THAT(!report.recipients.empty() && !any(Action::failed) && !any(Action::delayed));
    }
    if (report.kind == MailKind::message) REQUIRE_THAT(report.recipients.empty());
    for (const FailedRecipient& each : report.recipients) check(each);
    REQUIRE_THAT(!has_controls(report.reporting_server));
    if (report.original) REQUIRE_THAT(!has_controls(report.original->author));
}

/// Returns a text with CR LF in place of LF.
std::string with_returns(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto report = spfcheck::read_report(text);
    if (!report) {
        REQUIRE_THAT(!report.error().message.empty());
        return 0;
    }
    check(*report);
    if (text.find('\r') == std::string::npos) {
        const auto same = spfcheck::read_report(with_returns(text));
        REQUIRE_THAT(same && same->recipients == report->recipients && same->kind == report->kind);
    }
    return 0;
}
