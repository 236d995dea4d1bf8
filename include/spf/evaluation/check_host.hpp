/// \file evaluation/check_host.hpp  "May this client send for this domain?", in one blocking call (RFC 7208 section 4).
#pragma once

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/evaluation.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// Evaluates the request, asking `resolver` one question after the other.
///
/// Limits::deadline covers everything: each question carries it (dns::Question::deadline), so that a
/// resolver knows how long to try, and an answer that comes later counts as none. Ends with temperror
/// then, or with the fail as it stands where only its explanation is missing. With a resolver that
/// does not heed the deadline it ends when that resolver comes back, and asks no more.
///
/// Never throws but std::bad_alloc and what the resolver throws. As thread-safe as the resolver.
[[nodiscard]] SPF_EXPORT Outcome check_host(const Request& request, dns::Resolver& resolver,
                                            const Options& options = {});

/// The same with an Evaluation of the caller's that is reset and reused, so that nothing is allocated
/// once it is warm. The reference is valid until the Evaluation's next use.
SPF_EXPORT const Outcome& check_host(Evaluation& reused, const Request& request,
                                     dns::Resolver& resolver, const Options& options = {});

}  // namespace spf
