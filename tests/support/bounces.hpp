// What a report says, as one line that tests compare.
#pragma once

#include <string>
#include <string_view>

#include "bounce/bounce.hpp"

namespace spf::test {

/// Returns what a report says: its kind, and of each recipient the address, the reply code, the
/// status and the cause, "bounce: u@example.net 550 5.1.1 mailbox_unknown". What is unknown is "-".
/// An action that is not that of the kind follows in brackets.
inline std::string told(std::string_view text) {
    const auto report = spfcheck::read_report(text);
    if (!report) return "failure: " + report.error().message;
    std::string out(to_string(report->kind));
    for (const spfcheck::FailedRecipient& each : report->recipients) {
        out += &each == &report->recipients.front() ? ": " : "; ";
        out += each.address.empty() ? "-" : each.address;
        out += each.refusal.code ? ' ' + std::to_string(*each.refusal.code) : " -";
        out += ' ' + (each.refusal.status.empty() ? "-" : each.refusal.status);
        out.append(" ").append(to_string(each.refusal.cause));
        const bool usual = report->kind == spfcheck::MailKind::bounce
                               ? each.action == spfcheck::Action::failed
                               : report->kind == spfcheck::MailKind::delay &&
                                     each.action == spfcheck::Action::delayed;
        if (!usual) out.append(" [").append(to_string(each.action)).append("]");
    }
    return out;
}

/// Returns a mail of text from a mail server, with the original message behind it.
inline std::string text_bounce(std::string_view text,
                               std::string_view subject = "Undelivered mail") {
    std::string out = "Return-Path: <>\nFrom: MAILER-DAEMON@mail.example.org\nTo: a@example.org\n";
    out.append("Subject: ").append(subject).append("\n\n").append(text);
    return out;
}

/// What a server adds behind its own words.
inline constexpr std::string_view quoted =
    "\n------ This is a copy of the message, including all the headers. ------\n\n"
    "Return-Path: <a@example.org>\n"
    "Received: from app.example.org (app.example.org [192.0.2.7])\n"
    "\tby mail.example.org (Postfix) with ESMTP id 1\n"
    "X-Spam-Status: No, score=1 tests=SPF_FAIL\n"
    "Authentication-Results: mx.example.org; spf=fail dkim=fail dmarc=fail\n"
    "From: Anna <a@example.org>\nTo: someone@elsewhere.example\nSubject: SPF check failed\n\n"
    "spf fail\n";

/// Returns a mail with a part for programs that has one recipient.
inline std::string status_bounce(std::string_view fields, std::string_view text = "See below.",
                                 std::string_view type =
                                     "multipart/report; "
                                     "report-type=delivery-status") {
    std::string out = "From: MAILER-DAEMON@mail.example.org\nTo: a@example.org\n";
    out.append("Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n");
    out.append("Content-Type: ").append(type).append("; boundary=\"B\"\n\n");
    out.append("--B\nContent-Type: text/plain\n\n").append(text);
    out.append("\n--B\nContent-Type: message/delivery-status\n\n").append(fields);
    out.append("\n--B\nContent-Type: text/rfc822-headers\n\n");
    out.append("Return-Path: <a@example.org>\nReceived: from app.example.org ([192.0.2.7])\n");
    out.append(
        "\tby mail.example.org\nFrom: a@example.org\nX-Filter: spf=fail dkim=pass\n\n--B--\n");
    return out;
}

}  // namespace spf::test
