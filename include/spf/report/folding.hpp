/// \file report/folding.hpp  How a header field is divided into lines (RFC 5322 sections 2.1.1 and
/// 2.2.3).
#pragma once

#include <cstdint>

namespace spf::report {

/// Whether a header field is divided into lines.
enum class Folding : std::uint8_t {
    /// The field has line breaks (CRLF and a space) so that no line exceeds 78 octets. A line is
    /// longer if there is no place where it may be broken.
    folded,
    /// As `folded`, but the line breaks are a bare LF and a space. For programs whose lines end in
    /// LF: milters, Postfix, and programs that store messages in the form of the system.
    folded_with_lf,
    /// The field has no line breaks. For callers that fold header fields themselves.
    unfolded,
};

}  // namespace spf::report
