/// \file report/authentication_results.hpp  The Authentication-Results header field (RFC 8601; RFC
/// 7208, 9.2).
#pragma once

#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/report/folding.hpp"

namespace spf::report {

/// The whole header field, including its name, without the line break at its end:
///
///     Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com
///
/// `authserv_id` names the service that checked (RFC 8601 section 2.5), usually the host or the
/// domain of the receiver; readers use it to decide whether they trust the field. Untrusted text is
/// escaped and limited in length as in received_spf(). Thread-safe; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string authentication_results(std::string_view authserv_id,
                                                            const Outcome& outcome,
                                                            Folding folding = Folding::folded);

/// The field for both identities of a message. The result for MAIL FROM comes first, for readers
/// that use only one result of SPF.
///
///     Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=example.com;
///      spf=pass smtp.helo=mail.example.com
///
/// For a null reverse-path both identities are the HELO name (RFC 7208, 2.4), so the field has one
/// result. Without any outcome the field is `mx.example.org; none` (RFC 8601 section 2.2).
[[nodiscard]] SPF_EXPORT std::string authentication_results(std::string_view authserv_id,
                                                            const MailCheck& mail,
                                                            Folding folding = Folding::folded);

/// The part after the semicolon, such as `spf=pass smtp.mailfrom=example.com`, for a server that
/// puts the results of several methods into one field (RFC 8601 section 2.2, `resinfo`).
///
/// The property is `smtp.mailfrom`, or `smtp.helo` if HELO was checked, as the identity or because
/// the reverse-path was null. The value is a domain without local-part, as RFC 8601 section 2.7.2
/// demands unless the policy depends on local-parts. A `reason` names the problem, if there is one.
[[nodiscard]] SPF_EXPORT std::string authentication_results_part(const Outcome& outcome);

}  // namespace spf::report
