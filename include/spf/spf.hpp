/// \file spf.hpp  All of spf::spf in one include, and where to begin.

/// \mainpage A tour of the SPF library
///
/// The data flows one way. The text of a record becomes an spf::Record. An spf::Evaluation goes
/// through the record, asks DNS questions, and ends with an spf::Outcome. Everything that people or
/// servers see is a report on the outcome (namespace spf::report).
///
/// **A mail server** needs check.hpp, and little else.
///
/// \copydetails check.hpp
///
/// - To check HELO and MAIL FROM in one blocking call, use spf::Checker::check_mail(), or
///   spf::check_mail(), which has no caches.
/// - To check both on an event loop of your own, use spf::MailEvaluation, which does no I/O, or
///   spf::CaresDriver (driver/cares.hpp), which does its I/O on that loop.
/// - To reply to the client, use report/smtp_reply.hpp. To write the result into the message, use
///   report/received_spf.hpp and report/authentication_results.hpp.
/// - To find the client that handed the message to a relay that you trust, use spf::find_handover()
///   in message/received.hpp.
///
/// **One identity at a time:**
///
/// - To check whether a client may send for a domain, use spf::check_host() in
///   evaluation/check_host.hpp.
/// - To check the same domains again and again, use spf::check_host() with an
///   spf::PolicyCache, in policy/cache.hpp.
/// - To ask the DNS yourself, use spf::Evaluation in evaluation/evaluation.hpp: it tells you each
///   question and you give it the answer.
/// - To read a record and check its syntax, use spf::parse_record() in record/parse.hpp.
///
/// **Resolvers** answer the DNS questions:
///
/// - Derive your own from spf::dns::Resolver (dns/resolver.hpp).
/// - resolver/zone.hpp answers from memory.
/// - resolver/cache.hpp keeps the answers of another resolver.
/// - resolver/ldns.hpp (blocking) asks name servers. It needs another library, so spf.hpp does not
///   include it. The same is true of driver/cares.hpp (asynchronous), which is not a resolver, but
///   asks name servers itself.
///
/// **To find what is wrong with a record, and which networks may send,** use analysis.hpp and link
/// the target spf::analysis.
///
/// Nothing here throws because of what an untrusted sender wrote. Nothing prints or aborts, and no
/// result depends on global state. Section numbers are those of RFC 7208 unless another RFC is
/// named.

/// \namespace spf  SPF records, checks, IP addresses and DNS resolvers.

/// \namespace spf::dns  Questions, answers, and the interface to DNS.

/// \namespace spf::report  Describes an outcome in header fields, SMTP replies, and texts for
/// people.
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
#include "spf/receiver/action.hpp"
#include "spf/receiver/by_domain.hpp"
#include "spf/receiver/receiver_policy.hpp"
#include "spf/receiver/reception.hpp"
#include "spf/receiver/session.hpp"
#include "spf/receiver/verdict.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/macro.hpp"
#include "spf/record/parse.hpp"
#include "spf/record/record.hpp"
#include "spf/record/select.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/fields.hpp"
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
