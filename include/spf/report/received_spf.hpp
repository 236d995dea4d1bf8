/// \file report/received_spf.hpp  The Received-SPF header field (RFC 7208 section 9.1).
#pragma once

#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/report/folding.hpp"

namespace spf::report {

/// The whole header field, including its name, without the line break at its end:
///
///     Received-SPF: pass (mx.example.org: domain of alice@example.com designates
///      192.0.2.10 as permitted sender) client-ip=192.0.2.10;
///      envelope-from="alice@example.com"; helo=mx.example.com; identity=mailfrom;
///      mechanism="ip4:192.0.2.0/28"; receiver=mx.example.org
///
/// Put it above all other Received-SPF fields of the message and above your own Received field.
///
/// Untrusted text cannot break the field: octets outside printable US-ASCII become `\x1b`, every
/// value is a dot-atom or a quoted-string of at most 320 octets, and parentheses in the comment are
/// escaped. The field, line breaks included, has at most 998 octets: if it would be longer, the
/// comment is omitted, then `problem`, `mechanism` and `receiver`. Thread-safe; throws only
/// std::bad_alloc.
///
/// `envelope-from` appears only for the MAIL FROM identity; it is `""` for a null reverse-path.
/// `receiver` is the name of the host that checked; if it is empty, the field does not name it.
[[nodiscard]] SPF_EXPORT std::string received_spf(std::string_view receiver, const Outcome& outcome,
                                                  Folding folding = Folding::folded);

}  // namespace spf::report
