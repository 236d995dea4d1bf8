/// \file spf.hpp  All of spf::spf in one include, and where to begin.

/// \mainpage A tour of the SPF library
///
/// The data flows one way: text becomes an spf::Record, an spf::Evaluation walks the record, asks
/// DNS questions and ends in an spf::Outcome; everything that people or servers see is a report on
/// the outcome (namespace spf::report).
///
/// **A mail server** needs check.hpp for each message, and little else.
///
/// \copydetails check.hpp
///
/// - HELO and MAIL FROM in one blocking call: spf::Checker::check_mail(), or spf::check_mail()
///   without caches.
/// - The same on an event loop of its own: spf::MailEvaluation, which does no I/O, or
///   spf::CaresDriver (driver/cares.hpp), which does.
/// - What to reply to the client: report/smtp_reply.hpp. What to write into the message:
///   report/received_spf.hpp, report/authentication_results.hpp.
/// - Which client handed the message to a relay that you trust? spf::find_handover() in
///   message/received.hpp.
///
/// **One identity at a time:**
///
/// - May this client send for this domain? spf::check_host() in
///   evaluation/check_host.hpp.
/// - The same domains are checked again and again: spf::check_host() with an
///   spf::PolicyCache, in policy/cache.hpp.
/// - Questions out, answers in: spf::Evaluation in evaluation/evaluation.hpp, which does no I/O.
/// - What does a record say, and is its syntax right? spf::parse_record() in record/parse.hpp.
///
/// **Where answers come from:** spf::dns::Resolver (yours), resolver/zone.hpp (memory),
/// resolver/cache.hpp (before any other). These need more libraries, and spf.hpp does not include
/// them: resolver/ldns.hpp (blocking), driver/cares.hpp (asynchronous).
///
/// **What is wrong with a record, and which networks may send?** analysis.hpp, with the target
/// spf::analysis.
///
/// Nothing here throws because of what an untrusted sender wrote, prints, aborts, or keeps global
/// state that an answer depends on. Section numbers are those of RFC 7208 unless another RFC is
/// named.

/// \namespace spf  Records, checks, addresses, resolvers.

/// \namespace spf::dns  Questions, answers, and the interface to DNS.

/// \namespace spf::report  What servers and people are shown of an outcome.
#pragma once

#include "spf/base/error.hpp"
#include "spf/base/error_shape.hpp"
#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"
#include "spf/base/message.hpp"
#include "spf/base/printable.hpp"
#include "spf/check.hpp"
#include "spf/dns/name.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/evaluation/enumerable.hpp"
#include "spf/evaluation/evaluation.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/problem.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/evaluation/result.hpp"
#include "spf/evaluation/trace.hpp"
#include "spf/evaluation/work.hpp"
#include "spf/mail/checker.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/mail/mail_evaluation.hpp"
#include "spf/message/received.hpp"
#include "spf/net/ip.hpp"
#include "spf/net/network_set.hpp"
#include "spf/net/special_address.hpp"
#include "spf/policy/cache.hpp"
#include "spf/policy/policy.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/macro.hpp"
#include "spf/record/parse.hpp"
#include "spf/record/record.hpp"
#include "spf/record/select.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/folding.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/report/smtp_reply.hpp"
#include "spf/report/text.hpp"
#include "spf/report/tree.hpp"
#include "spf/report/wrap.hpp"
#include "spf/resolver/cache.hpp"
#include "spf/resolver/overlay.hpp"
#include "spf/resolver/zone.hpp"
#include "spf/version.hpp"
