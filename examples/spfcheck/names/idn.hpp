// Names as people type them, made into names as DNS knows them, and what they type in place of names.
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

/// What a text is that is not the name of a domain, and what to write, such as "it is a mail address;
/// write the domain alone: example.com"; empty where it is none of what people mistake for one.
[[nodiscard]] std::string mistaken_for_domain(const std::string& text);

/// The same, and why it is no domain that SPF could check (RFC 7208, 4.3).
[[nodiscard]] std::string domain_problem(const std::string& text);

/// The same for an address in MAIL FROM, or a domain in its place. What SPF itself has an answer for
/// (none, as for `ann@localhost`) is no problem here.
[[nodiscard]] std::string sender_problem(const std::string& text);

/// The same for a domain or the text of a record.
[[nodiscard]] std::string domain_or_record_problem(const std::string& text);

}  // namespace spfcheck
