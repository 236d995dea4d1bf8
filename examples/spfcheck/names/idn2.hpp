// Labels of internationalised domain names (RFC 5890). Only this file's implementation uses
// libidn2.
#pragma once

#include <optional>
#include <string>

namespace spfcheck {

/// Converts a label that is not in US-ASCII to an A-label: `bücher` to `xn--bcher-kva` (IDNA2008
/// with the mappings of UTS 46). Returns nothing if there is none, or if the program was built
/// without libidn2.
[[nodiscard]] std::optional<std::string> a_label(const std::string& label);

}  // namespace spfcheck
