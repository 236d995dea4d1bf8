/// \file report/folding.hpp  How a header field is divided into lines (RFC 5322 sections 2.1.1 and
/// 2.2.3).
#pragma once

#include <cstdint>

namespace spf::report {

/// Whether a header field is divided into lines, and with which line breaks.
enum class Folding : std::uint8_t {
    /// The field has line breaks (CRLF and a space) so that no line exceeds 78 octets. A line is
    /// longer if there is no place where it may be broken.
    folded,
    /// The field is folded in the same way as for `folded`, but each line break is a bare LF and a
    /// space. This is for programs whose lines end in LF: milters, Postfix, and programs that store
    /// messages in files.
    folded_with_lf,
    /// The field has no line breaks. This is for callers that fold header fields themselves.
    unfolded,
};

}  // namespace spf::report
