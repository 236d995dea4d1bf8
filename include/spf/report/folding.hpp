/// \file report/folding.hpp  How a header field is laid out (RFC 5322 sections 2.1.1 and 2.2.3).
#pragma once

#include <cstdint>

namespace spf::report {

/// Whether a header field is divided into lines.
enum class Folding : std::uint8_t {
    /// Insert CRLF and a space so that no line exceeds 78 octets, as far as there are places for
    /// it.
    folded,
    unfolded,  ///< one line, for callers that fold header fields themselves, as libmilter does
};

}  // namespace spf::report
