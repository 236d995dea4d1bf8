/// \file report/folding.hpp  How a header field is laid out (RFC 5322 sections 2.1.1 and 2.2.3).
#pragma once

#include <cstdint>

namespace spf::report {

/// Whether a header field is broken into lines.
enum class Folding : std::uint8_t {
    folded,  ///< CRLF and a space wherever a line would grow beyond 78 octets, if there is a place
    unfolded,  ///< one line, for whoever folds himself (a milter's library does)
};

}  // namespace spf::report
