/// \file spf.hpp  Includes all headers of the library spf::spf. The main page describes where to
/// begin.

/// \mainpage The SPF library
///
/// The library finds out whether an SMTP client may send mail for a domain, as the Sender Policy
/// Framework (SPF, RFC 7208) describes, and writes header fields and SMTP replies about the result.
/// Section numbers are those of RFC 7208 unless another RFC is named.
///
/// ## A mail server
///
/// A server makes a resolver, an spf::Checker and an spf::receiver::ReceiverPolicy when it starts.
/// For each message, it calls spf::receiver::receive(). The header check.hpp has all that this
/// example needs except the resolver:
///
/// \include main.cpp
///
/// With CMake:
///
///     find_package(spf REQUIRED COMPONENTS ldns)
///     target_link_libraries(your_server PRIVATE spf::ldns)
///
/// With other build systems: `pkg-config --cflags --libs spf-ldns`. The targets are:
///
/// | target | pkg-config | purpose | needs |
/// | --- | --- | --- | --- |
/// | `spf::spf` | `spf` | checks, reports, caches, answers from memory | nothing else |
/// | `spf::ldns` | `spf-ldns` | asks name servers and waits; reads zone files | ldns |
/// | `spf::cares` | `spf-cares` | runs many checks at once on one thread | `spf::ldns` |
/// | `spf::spdlog` | `spf-spdlog` | logs answers and outcomes | spdlog |
/// | `spf::analysis` | `spf-analysis` | finds mistakes in records, proposes records | `spf::spf` |
/// | `spf::c` | `spf-c` | the C API: checks, decisions, reports for C programs | `spf::spf` |
///
/// **Which class or function:**
///
/// - If a thread may wait for DNS, use spf::receiver::receive(), which decides about the message.
///   If the server decides by itself, use spf::Checker::check_mail(), which returns the results.
/// - If the server has an event loop, but no DNS client, use spf::CaresDriver, which does its I/O
///   on that loop.
/// - If the server has an event loop and an asynchronous DNS client, use spf::MailEvaluation, which
///   does no I/O.
/// - To decide about a message on an event loop, use spf::receiver::Reception, which does no I/O
///   either.
/// - If the server has a DNS client that waits, derive a resolver from spf::dns::Resolver.
/// - To reply to the client, use spf::report::smtp_reply(). To write the results into the message,
///   use spf::report::fields(). To log the decision in one line, use spf::report::log_line().
/// - If the message came through a relay that you trust, spf::find_handover() finds the client that
///   handed it to the relay.
/// - To read results that other servers wrote into a message, use spf::parse_received_spf() and
///   spf::parse_authentication_results(). To find forged results, use spf::should_remove().
///
/// **Errors.** If DNS fails or a record is wrong, the result of the check is temperror or
/// permerror, and spf::Outcome::problem describes why. Functions that can fail for other reasons
/// return an spf::Expected. No input from an untrusted sender or a name server makes the library
/// throw. The only exceptions are std::bad_alloc and those of a resolver of your own. The library
/// never prints anything and never aborts the program.
///
/// **Threads.** Any number of threads may share an spf::Checker, an spf::LdnsResolver and the
/// caches. An spf::Evaluation, an spf::MailEvaluation and an spf::CaresDriver may each be used by
/// one thread at a time. The library starts no threads, and no result depends on global state.
///
/// **Time.** spf::Limits::deadline is the maximum time for one identity, 20 s by default. A message
/// has two identities, HELO and MAIL FROM, so spf::Checker::check_mail() takes at most 40 s. The
/// function spf::receiver::receive() also takes at most 40 s, unless the policy names domains or
/// hosts of relays, or HELO names that are not checked. Each of these may need a check of its own.
///
/// **Caches.** An spf::Checker keeps DNS answers (spf::CacheOptions) and compiled policies
/// (spf::PolicyCacheOptions). With an spf::CaresDriver, an spf::PolicyCache in
/// spf::CaresOptions::policies does the same. The name servers in `/etc/resolv.conf` are read only
/// once, when a resolver or driver is made: see spf::LdnsResolver.
///
/// **Examples.** Each is a whole program:
///
/// - \ref main.cpp checks a message and waits for DNS.
/// - \ref epoll.cpp runs many checks at once on an `epoll` loop, with caches.
/// - \ref event_loop.cpp runs the checks of several sessions on a server's event loop, with the
///   server's DNS client.
/// - \ref own_resolver.cpp derives a resolver.
/// - \ref logging.cpp logs answers and outcomes.
/// - \ref system_dns.c asks DNS in a C program; c.h has a whole C program.
///
/// ## How the data flows
///
/// The data flows one way. The text of a record becomes an spf::Record. An spf::Evaluation goes
/// through the record, asks DNS questions, and ends with an spf::Outcome. Everything that people or
/// servers see is a report on the outcome (namespace spf::report).
///
/// ## Other programs
///
/// - To check whether a client may send for one domain, use spf::check_host() in
///   evaluation/check_host.hpp.
/// - To check the same domains again and again, use spf::check_host() with an
///   spf::PolicyCache, in policy/cache.hpp.
/// - To ask the DNS yourself, use spf::Evaluation in evaluation/evaluation.hpp: it tells you each
///   question and you give it the answer.
/// - To read a record and check its syntax, use spf::parse_record() in record/parse.hpp.
/// - To answer the questions from memory, use resolver/zone.hpp. To keep the answers of another
///   resolver, use resolver/cache.hpp.
/// - To use the library in a C program, or in a C++ program of a standard before C++20, include c.h
///   and link the target `spf::c`.
/// - To find what is wrong with a record, and which networks may send, use analysis.hpp and link
///   the target `spf::analysis`.
///
/// The headers resolver/ldns.hpp, resolver/zone_file.hpp, driver/cares.hpp and log/spdlog.hpp need
/// other libraries, so spf.hpp does not include them. It does not include c.h either.

/// \example main.cpp
/// Checks a message and waits for DNS.

/// \example epoll.cpp
/// Runs many checks at once on the server's own epoll loop.

/// \example event_loop.cpp
/// Runs the checks of several sessions on a server's event loop, with the server's DNS client.

/// \example own_resolver.cpp
/// Answers the questions of a check with a resolver of your own.

/// \example logging.cpp
/// Logs answers and outcomes with spdlog.

/// \example system_dns.c
/// Asks DNS with the resolver of the C library, for a program that uses the C API.

/// \namespace spf  SPF records, checks, IP addresses and DNS resolvers.

/// \namespace spf::dns  DNS questions, DNS answers, and the interface to DNS.

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
#include "spf/message/authentication_results.hpp"
#include "spf/message/reading.hpp"
#include "spf/message/received.hpp"
#include "spf/message/received_spf.hpp"
#include "spf/net/ip.hpp"
#include "spf/net/network_set.hpp"
#include "spf/net/special_address.hpp"
#include "spf/policy/cache.hpp"
#include "spf/policy/policy.hpp"
#include "spf/receiver/action.hpp"
#include "spf/receiver/by_domain.hpp"
#include "spf/receiver/reason_text.hpp"
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
#include "spf/report/log_line.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/report/smtp_reply.hpp"
#include "spf/report/text.hpp"
#include "spf/report/tree.hpp"
#include "spf/report/wrap.hpp"
#include "spf/resolver/cache.hpp"
#include "spf/resolver/overlay.hpp"
#include "spf/resolver/zone.hpp"
#include "spf/version.hpp"
