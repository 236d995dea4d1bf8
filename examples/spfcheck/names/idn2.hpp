// Labels of internationalised domain names (RFC 5890). Only idn2.cpp uses libidn2.
#pragma once

#include <optional>
#include <string>

namespace spfcheck {

/// Converts a label that is not in US-ASCII to an A-label (IDNA2008 with the mappings of UTS 46):
/// `bücher` becomes `xn--bcher-kva`. Returns nothing if the label has no A-label, or if the program
/// was built without libidn2.
[[nodiscard]] std::optional<std::string> a_label(const std::string& label);

}  // namespace spfcheck
