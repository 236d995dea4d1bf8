// Labels of internationalised domain names (RFC 5890). libidn2 stays behind this door.
#pragma once

#include <optional>
#include <string>

namespace spfcheck {

/// A label that is not in US-ASCII, as an A-label: `bücher` as `xn--bcher-kva` (IDNA2008 with the mappings of
/// UTS 46). Nothing where there is none, or where the program was built without libidn2.
[[nodiscard]] std::optional<std::string> a_label(const std::string& label);

}  // namespace spfcheck
