/// \file report/authentication_results.hpp  The Authentication-Results header field (RFC 8601; RFC 7208, 9.2).
#pragma once

#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/report/folding.hpp"

namespace spf::report {

/// The whole field, name included, without the line break at its end:
///
///     Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com
///
/// `authserv_id` names the service that checked (RFC 8601 section 2.5), usually the host or the domain of
/// the receiver; readers trust the field by it. Octets of strangers are tamed and lengths kept
/// as in received_spf(). Thread-safe; never throws but std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string authentication_results(std::string_view authserv_id,
                                                            const Outcome& outcome,
                                                            Folding folding = Folding::folded);

/// The same for both identities of a message, that of MAIL FROM first: whoever reads one result of
/// SPF alone should find that one.
///
///     Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=example.com;
///      spf=pass smtp.helo=mail.example.com
///
/// A null reverse-path is the HELO name (RFC 7208, 2.4), so both are one result then. Without any
/// outcome the field says so: `mx.example.org; none` (RFC 8601 section 2.2).
[[nodiscard]] SPF_EXPORT std::string authentication_results(std::string_view authserv_id,
                                                            const MailCheck& mail,
                                                            Folding folding = Folding::folded);

/// The part behind the semicolon alone, such as `spf=pass smtp.mailfrom=example.com`, for a server
/// that puts the results of several methods into one field (RFC 8601 section 2.2, `resinfo`).
///
/// `smtp.mailfrom`, or `smtp.helo` where HELO was checked: as the identity or because the
/// reverse-path was null. The value is a domain, without local-part (RFC 8601 section 2.7.2 asks for
/// that unless the policy looks at local-parts). A `reason` tells the problem, where there is one.
[[nodiscard]] SPF_EXPORT std::string authentication_results_part(const Outcome& outcome);

}  // namespace spf::report
