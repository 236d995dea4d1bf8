// Names as people type them, converted to names in DNS.
#pragma once

#include <string>

namespace spfcheck {

/// Returns a domain name without surrounding ASCII spaces, and with its U-labels converted to
/// A-labels (IDNA2008 with the mappings of UTS 46, RFC 8616): `bücher.example` becomes
/// `xn--bcher-kva.example`. U+3002, U+FF0E and U+FF61, which East Asian keyboards produce, separate
/// labels as the dot does (UTS 46, 2.3). Each label is converted separately, under the rules of STD
/// 3: the result consists of letters, digits and hyphens, so no character can turn into a separator
/// (U+FF20 into "@", U+FF0F into "/"). Labels in US-ASCII, such as `_spf`, are not changed. If a
/// label cannot be converted, no label is converted; a check does not look up such a name.
[[nodiscard]] std::string ascii_domain(const std::string& name);

/// Converts the domain in the address of a sender as ascii_domain() does. The domain follows the
/// last `@`; a text without `@` is a domain. Angle brackets are kept.
[[nodiscard]] std::string ascii_sender(const std::string& sender);

}  // namespace spfcheck
