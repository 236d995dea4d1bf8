// What people type instead of names, and what they should write.
#pragma once

#include <string>

namespace spfcheck {

/// Returns what a text is if it is not the name of a domain, and what to write, such as "it is a
/// mail address; write the domain alone: example.com"; empty if the text is not one of the usual
/// mistakes.
[[nodiscard]] std::string mistaken_for_domain(const std::string& given);

/// Returns mistaken_for_domain(), or why SPF could not check the domain (RFC 7208, 4.3).
[[nodiscard]] std::string domain_problem(const std::string& text);

/// Returns the problem with an address in MAIL FROM, or with a domain in its place. A sender for
/// which SPF itself has a result (none, as for `ann@localhost`) is not a problem here.
[[nodiscard]] std::string sender_problem(const std::string& given);

/// Returns the problem with a domain or with the text of a record.
[[nodiscard]] std::string domain_or_record_problem(const std::string& text);

}  // namespace spfcheck
