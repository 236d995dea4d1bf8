/// \file evaluation/check_host.hpp  The function check_host() of RFC 7208 section 4, as one
/// blocking call.
#pragma once

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/evaluation.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// Checks one identity and returns the outcome. Asks `resolver` one question after the other.
///
/// Limits::deadline applies to the whole check. Every question contains the deadline
/// (dns::Question::deadline), so that a resolver knows how long it may try. An answer that arrives
/// later is discarded, and the check ends: the result is temperror, or fail if the check was only
/// waiting for the explanation of a fail. A resolver that ignores the deadline delays the end,
/// because check_host() waits for its answer. check_host() does not measure time if
/// dns::Resolver::is_immediate() is true.
///
/// Throws only std::bad_alloc and what the resolver throws. Thread-safe if the resolver is.
[[nodiscard]] SPF_EXPORT Outcome check_host(const Request& request, dns::Resolver& resolver,
                                            const Options& options = {});

/// Does the same as the other check_host(), but with an Evaluation that the caller keeps and reuses
/// for the next request. The Evaluation keeps its memory, so that after the first requests no
/// memory is allocated. The returned reference is valid until the next use of `reused`.
SPF_EXPORT const Outcome& check_host(Evaluation& reused, const Request& request,
                                     dns::Resolver& resolver, const Options& options = {});

}  // namespace spf
