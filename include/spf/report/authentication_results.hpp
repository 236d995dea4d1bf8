/// \file report/authentication_results.hpp  Writes the Authentication-Results header field (RFC
/// 8601; RFC 7208, 9.2).
#pragma once

#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/report/folding.hpp"

namespace spf::report {

/// Returns the whole header field, including its name, without the line break at its end:
///
///     Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com
///
/// `authserv_id` names the service that checked the message (RFC 8601 section 2.5), usually the
/// host or the domain of the receiver. Programs that read the field use this name to decide whether
/// they trust the field. Untrusted text is escaped and limited in length as in received_spf().
/// Thread-safe. Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string authentication_results(std::string_view authserv_id,
                                                            const Outcome& outcome,
                                                            Folding folding = Folding::folded);

/// Returns the field for both identities of a message. The result for MAIL FROM comes first,
/// because some programs use only one SPF result:
///
///     Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=example.com;
///      spf=pass smtp.helo=mail.example.com
///
/// For a null reverse-path, both identities are the HELO name (RFC 7208, 2.4), so the field has
/// only one result. If there is no outcome at all, the field is `mx.example.org; none` (RFC 8601
/// section 2.2).
///
/// The field has at most 998 octets, including line breaks. If it would be longer, which needs
/// names beyond the limits of DNS, the reasons are omitted, and then the result for HELO.
[[nodiscard]] SPF_EXPORT std::string authentication_results(std::string_view authserv_id,
                                                            const MailCheck& mail,
                                                            Folding folding = Folding::folded);

/// Returns the part after the semicolon, such as `spf=pass smtp.mailfrom=example.com`. A server can
/// use it to put the results of several methods, such as SPF and DKIM, into one field (RFC 8601
/// section 2.2, `resinfo`).
///
/// The property is `smtp.helo` if the HELO name was checked, either as the identity or because the
/// reverse-path was null. Otherwise it is `smtp.mailfrom`. The value is a domain without
/// local-part, as RFC 8601 section 2.7.2 demands unless the policy depends on local-parts. If there
/// is a problem, `reason` describes it.
[[nodiscard]] SPF_EXPORT std::string authentication_results_part(const Outcome& outcome);

}  // namespace spf::report
