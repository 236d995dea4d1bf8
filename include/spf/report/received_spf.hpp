/// \file report/received_spf.hpp  Writes the Received-SPF header field (RFC 7208 section 9.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/report/folding.hpp"

namespace spf::report {

/// Returns the whole header field, including its name, without the line break at its end:
///
///     Received-SPF: pass (mx.example.org: domain of alice@example.com designates
///      192.0.2.10 as permitted sender) client-ip=192.0.2.10;
///      envelope-from="alice@example.com"; helo=mx.example.com; identity=mailfrom;
///      mechanism="ip4:192.0.2.0/28"; receiver=mx.example.org
///
/// Put the field above all other Received-SPF fields of the message and above your own Received
/// field.
///
/// Untrusted text cannot break the syntax of the field. Octets outside printable US-ASCII are
/// written as escapes such as `\x1b`, every value is a dot-atom or a quoted-string of at most 320
/// octets, and parentheses in the comment are escaped. The field has at most 998 octets, including
/// line breaks. If it would be longer, parts are omitted in this order: the comment, `problem`,
/// `mechanism`, `receiver`. Thread-safe. Throws only std::bad_alloc.
///
/// `envelope-from` appears only for the MAIL FROM identity. For a null reverse-path, its value is
/// `""`. `receiver` is the name of the host that checked the message. If it is empty, the field
/// does not name the host.
[[nodiscard]] SPF_EXPORT std::string received_spf(std::string_view receiver, const Outcome& outcome,
                                                  Folding folding = Folding::folded);

/// Returns the fields for both identities of a message, in the order in which to write them above
/// the message. The field for MAIL FROM is the first, because readers such as OpenDMARC use only
/// the first. For a null reverse-path both identities are the HELO name (RFC 7208, 2.4), so there
/// is only one field. Without any outcome there is no field.
[[nodiscard]] SPF_EXPORT std::vector<std::string> received_spf(std::string_view receiver,
                                                               const MailCheck& mail,
                                                               Folding folding = Folding::folded);

}  // namespace spf::report
