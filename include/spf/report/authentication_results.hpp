/// \file report/authentication_results.hpp  The Authentication-Results header field (RFC 8601; RFC 7208, 9.2).
#pragma once

#include <string>

#include "spf/evaluation/outcome.hpp"
#include "spf/report/folding.hpp"

namespace spf::report {

/// The whole field, name included, without the line break at its end:
///
///     Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com
///
/// The service identifier is the outcome's receiver. Octets of strangers are tamed and lengths kept
/// as in received_spf(). Thread-safe; never throws but std::bad_alloc.
[[nodiscard]] std::string authentication_results(const Outcome& outcome,
                                                 Folding folding = Folding::folded);

/// The part behind the semicolon alone, such as `spf=pass smtp.mailfrom=example.com`, for a server
/// that puts the results of several methods into one field (RFC 8601 section 2.2, `resinfo`).
///
/// `smtp.mailfrom`, or `smtp.helo` where HELO was checked: as the identity or because the
/// reverse-path was null. The value is a domain, without local-part (RFC 8601 section 2.7.2 asks for
/// that unless the policy looks at local-parts). A `reason` tells the problem, where there is one.
[[nodiscard]] std::string authentication_results_part(const Outcome& outcome);

}  // namespace spf::report
