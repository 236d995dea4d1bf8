// Names as people type them, made into names as DNS knows them.
#pragma once

#include <string>

namespace spfcheck {

/// A domain name with its U-labels converted to A-labels (RFC 8616, RFC 5890): `bücher.example`
/// becomes `xn--bcher-kva.example`. Names in US-ASCII, and names that cannot be converted, stay as
/// they are: what is wrong with those, the check says.
[[nodiscard]] std::string ascii_domain(const std::string& name);

/// The same for what stands behind the last `@` of a sender address, or for the whole of it where
/// there is none. Angle brackets stay.
[[nodiscard]] std::string ascii_sender(const std::string& sender);

}  // namespace spfcheck
