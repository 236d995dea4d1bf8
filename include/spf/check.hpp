/// \file check.hpp  "May this client send for this domain?", in one blocking call (RFC 7208 section 4).
#pragma once

#include "spf/dns.hpp"
#include "spf/evaluation.hpp"
#include "spf/outcome.hpp"
#include "spf/request.hpp"

namespace spf {

/// Evaluates the request, asking `resolver` one question after the other.
///
/// Ends with temperror when Limits::deadline is over; the clock is read between questions, so a
/// resolver should limit each of them. Never throws but std::bad_alloc and what the resolver throws.
/// As thread-safe as the resolver.
[[nodiscard]] Outcome check_host(const Request& request, dns::Resolver& resolver,
                                 const Options& options = {});

/// The same with an Evaluation of the caller's that is reset and reused, so that nothing is allocated
/// once it is warm. The reference is valid until the Evaluation's next use.
const Outcome& check_host(Evaluation& reused, const Request& request, dns::Resolver& resolver,
                          const Options& options = {});

}  // namespace spf
