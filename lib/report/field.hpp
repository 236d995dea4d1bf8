// Writes the parts of a structured header field from untrusted text (RFC 5322, 3.2).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/mail_octets.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/report/folding.hpp"

namespace spf::report::field {

inline constexpr std::size_t longest_value = ascii::longest_address;  // octets
inline constexpr std::size_t longest_field = 998;                     // octets (RFC 5322, 2.1.1)

// Each of these functions appends at most longest_value octets, plus quotes or parentheses.

/// Appends the text in quotes, `"..."`, with quoted-pairs where needed.
void append_quoted_string(std::string& out, std::string_view text);
/// Appends the text itself if it is a dot-atom (RFC 5322, 3.2.3), otherwise a quoted-string.
void append_dot_atom_or_quoted(std::string& out, std::string_view text);
/// Appends the text itself if it is a token (RFC 2045, 5.1), otherwise a quoted-string.
void append_token_or_quoted(std::string& out, std::string_view text);
/// Appends the text in parentheses, `(...)`, with quoted-pairs where needed.
void append_comment(std::string& out, std::string_view text);

/// Inserts line breaks before spaces, so that no line is longer than 78 octets if the field has
/// enough spaces. The first line contains the name of the field and the text after it up to the
/// next space. No line is blank.
[[nodiscard]] std::string fold(std::string_view field, std::string_view line_break = "\r\n");
/// Returns whether the field has at most longest_field octets if it is folded with CRLF. This limit
/// also applies to fields that are not folded, so the content of a field does not depend on its
/// layout.
[[nodiscard]] bool fits(std::string_view field);
[[nodiscard]] std::string laid_out(std::string field, Folding folding);

/// Returns the message of the outcome's problem, with the section of RFC 7208 that the problem
/// concerns; empty if there is no problem.
[[nodiscard]] std::string problem_text(const Outcome& outcome, const Language& language = {});
/// Returns the directive that decided the result, or "default", as the value of the key `mechanism`
/// (RFC 7208, 9.1). Returns an empty text if neither a directive nor the default decided the
/// result.
[[nodiscard]] std::string_view mechanism_of(const Outcome& outcome) noexcept;

}  // namespace spf::report::field
