// What people type in place of names, and what they should write.
#pragma once

#include <string>

namespace spfcheck {

/// What a text is that is not the name of a domain, and what to write, such as "it is a mail address;
/// write the domain alone: example.com"; empty where it is none of what people mistake for one.
[[nodiscard]] std::string mistaken_for_domain(const std::string& given);

/// The same, and why it is no domain that SPF could check (RFC 7208, 4.3).
[[nodiscard]] std::string domain_problem(const std::string& text);

/// The same for an address in MAIL FROM, or a domain in its place. What SPF itself has an answer for
/// (none, as for `ann@localhost`) is no problem here.
[[nodiscard]] std::string sender_problem(const std::string& given);

/// The same for a domain or the text of a record.
[[nodiscard]] std::string domain_or_record_problem(const std::string& text);

}  // namespace spfcheck
