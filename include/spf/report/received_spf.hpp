/// \file report/received_spf.hpp  The Received-SPF header field (RFC 7208 section 9.1).
#pragma once

#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/report/folding.hpp"

namespace spf::report {

/// The whole field, name included, without the line break at its end:
///
///     Received-SPF: pass (mx.example.org: domain of alice@example.com designates
///      192.0.2.10 as permitted sender) client-ip=192.0.2.10;
///      envelope-from="alice@example.com"; helo=mx.example.com; identity=mailfrom;
///      mechanism="ip4:192.0.2.0/28"; receiver=mx.example.org
///
/// To be put above all other Received-SPF fields of the message and above its own Received field.
///
/// What strangers sent cannot harm: octets outside printable US-ASCII become `\x1b`, every value is a
/// dot-atom or a quoted-string of at most 320 octets, parentheses in the comment are escaped. The
/// field, line breaks included, has at most 998 octets: where it would have more, the comment, then
/// `problem`, `mechanism` and `receiver` are left out. Thread-safe; never throws but std::bad_alloc.
///
/// `envelope-from` is there for the MAIL FROM identity alone, and is `""` for a null reverse-path.
/// `receiver` is the name of the host that checked; empty: not told.
[[nodiscard]] SPF_EXPORT std::string received_spf(std::string_view receiver, const Outcome& outcome,
                                                  Folding folding = Folding::folded);

}  // namespace spf::report
