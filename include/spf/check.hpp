/// \file check.hpp  What a mail server needs for each message, in one include.
///
/// A server makes one resolver, one Checker and one ReceiverPolicy when it starts, and keeps them.
/// For each message it gets a decision, and either refuses the message or writes header fields:
///
///     spf::LdnsResolver dns;                     // resolver/ldns.hpp; or a resolver of your own
///     spf::Checker checker{dns};
///     const spf::receiver::ReceiverPolicy policy;
///     ...
///     const auto decision = spf::receiver::receive(
///         {.client = {.ip = ip, .helo = helo}, .reverse_path = reverse_path}, policy, checker);
///     if (const auto reply = spf::report::smtp_reply(decision)) return send(reply->to_string());
///     for (const std::string& field : spf::report::fields("mx.example.org", decision))
///         write(field);
///
/// For its log, spf::report::log_line() describes the decision in one line.
///
/// A server that decides by itself calls spf::Checker::check_mail(), which returns the outcomes for
/// HELO and MAIL FROM.
///
/// A server with an event loop of its own uses one of these classes instead: MailEvaluation, which
/// does no I/O, or CaresDriver (driver/cares.hpp), which does its I/O on the server's loop.
#pragma once

#include "spf/mail/checker.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/mail/mail_evaluation.hpp"
#include "spf/net/ip.hpp"
#include "spf/receiver/receiver_policy.hpp"
#include "spf/receiver/reception.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/fields.hpp"
#include "spf/report/log_line.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/report/smtp_reply.hpp"
