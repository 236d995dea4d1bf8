/// \file evaluation/check_host.hpp  "May this client send for this domain?" in one blocking call
/// (RFC 7208 section 4).
#pragma once

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/evaluation.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// Evaluates the request and asks `resolver` one question after the other.
///
/// Limits::deadline applies to the whole check. Each question carries it (dns::Question::deadline),
/// so that a resolver knows how long it may try, and answers that arrive later are discarded. After
/// the deadline the result is temperror, or still fail if only its explanation is missing. If the
/// resolver ignores the deadline, check_host() returns as soon as the resolver does, and asks
/// nothing more.
///
/// Throws only std::bad_alloc and what the resolver throws. As thread-safe as the resolver.
[[nodiscard]] SPF_EXPORT Outcome check_host(const Request& request, dns::Resolver& resolver,
                                            const Options& options = {});

/// check_host() with an Evaluation that the caller keeps: it is reset for each request, so that
/// nothing is allocated once it is warm. The reference is valid until the next use of the
/// Evaluation.
SPF_EXPORT const Outcome& check_host(Evaluation& reused, const Request& request,
                                     dns::Resolver& resolver, const Options& options = {});

}  // namespace spf
