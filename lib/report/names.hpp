// How reports name what a check was about.
#pragma once

#include <string>
#include <string_view>

#include "spf/evaluation/outcome.hpp"

namespace spf::report {

/// Returns a name or a term, printable and cut to fit into a sentence.
[[nodiscard]] std::string short_name(std::string_view text);
/// Returns short_name() within double quotes.
[[nodiscard]] std::string in_quotes(std::string_view text);
/// Returns a domain's record as a view into the trace; empty if the trace has none.
[[nodiscard]] std::string_view record_of(const Outcome& outcome, std::string_view domain) noexcept;
/// The term for this address alone, such as `ip4:192.0.2.1`.
[[nodiscard]] std::string address_term(const IpAddress& ip);
/// What the address may or may not do: "send mail for example.com", "use the HELO name ...".
[[nodiscard]] std::string deed(const Outcome& outcome);
/// Whether the check ended at a directive (rather than at the default result or at a problem).
[[nodiscard]] bool decided_by_directive(const Outcome& outcome) noexcept;
/// Whether that directive is an `all` (RFC 7208, 5.1).
[[nodiscard]] bool decided_by_all(const Outcome& outcome) noexcept;

}  // namespace spf::report
