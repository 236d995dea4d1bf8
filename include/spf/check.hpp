/// \file check.hpp  What a mail server needs for each message, in one include.
///
/// A server makes one resolver and one Checker when it starts, and keeps both. For each message it
/// calls Checker::check_mail(), writes two header fields, and may send a reply:
///
///     spf::LdnsResolver dns;                     // resolver/ldns.hpp; or a resolver of your own
///     spf::Checker checker{dns};
///     ...
///     const spf::MailCheck mail = checker.check_mail({.ip = ip, .helo = helo}, reverse_path);
///     write(spf::report::authentication_results("mx.example.org", mail));
///     if (mail.mail_from) write(spf::report::received_spf("mx.example.org", *mail.mail_from));
///     if (mail.mail_from && mail.mail_from->result == spf::Result::fail)
///         send(spf::report::smtp_reply(*mail.mail_from,
///                                      spf::report::ReplyAction::reject).to_string());
///
/// A server with an event loop of its own uses one of these classes instead: MailEvaluation, which
/// does no I/O, or CaresDriver (driver/cares.hpp), which does its I/O on the server's loop.
#pragma once

#include "spf/mail/checker.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/mail/mail_evaluation.hpp"
#include "spf/net/ip.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/report/smtp_reply.hpp"
