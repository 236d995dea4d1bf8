/// \file spf.hpp  All of spf::spf in one include, and where to begin.
///
/// One sentence: text becomes a `Record` (record/), a `Record` is walked by an `Evaluation`
/// (evaluation/), which asks DNS questions (dns/) and ends in an `Outcome`; everything that people or
/// servers see is a report on that (report/).
///
/// - May this client send for this domain? `check_host(request, resolver)` in
///   evaluation/check_host.hpp.
/// - Behind a relay that one trusts, which client is it? `find_handover()` in
///   message/received.hpp.
/// - Busy domains, again and again: `check_host(request, resolver, policies)` in
///   policy/cache.hpp.
/// - A server with an event loop of its own: `Evaluation`, which does no I/O.
/// - What stands in a record, and what is wrong with it: `parse_record()`.
/// - What to answer the client: report/smtp_reply.hpp; what to write into the message:
///   report/received_spf.hpp, report/authentication_results.hpp.
/// - Where answers come from: `dns::Resolver` (yours), resolver/zone.hpp (memory),
///   resolver/cache.hpp (in front of any); with more libraries, and so not in here:
///   resolver/ldns.hpp (blocking), driver/cares.hpp (asynchronous).
///
/// Nothing here throws because of what a stranger sent, prints, aborts, or keeps global state that an
/// answer hangs on. Section numbers are those of RFC 7208 unless another RFC is named.
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
#include "spf/report/advice.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/command.hpp"
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
