// Names as people type them, made into names as DNS knows them.
#pragma once

#include <string>

namespace spfcheck {

/// A domain name without ASCII spaces around it, and with its U-labels converted to A-labels (IDNA2008
/// with the mappings of UTS 46, RFC 8616): `bücher.example` becomes `xn--bcher-kva.example`. U+3002,
/// U+FF0E and U+FF61, which East Asian keyboards have, separate labels as the dot does (UTS 46, 2.3).
/// Each label is converted by itself, under the rules of STD 3: what it becomes consists of letters,
/// digits and hyphens, so no character can turn into a separator (U+FF20 into "@", U+FF0F into "/").
/// Labels in US-ASCII stay as they are, `_spf` included. So do names that cannot be converted: they
/// are no names that a check looks up.
[[nodiscard]] std::string ascii_domain(const std::string& name);

/// The same for what stands behind the last `@` of a sender address, or for the whole of it where
/// there is none. Angle brackets stay.
[[nodiscard]] std::string ascii_sender(const std::string& sender);

}  // namespace spfcheck
