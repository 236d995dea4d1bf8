// The parts of a structured header field, made from untrusted text (RFC 5322, 3.2).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "spf/evaluation/outcome.hpp"
#include "spf/report/folding.hpp"

namespace spf::report::field {

inline constexpr std::size_t longest_value = 320;  // octets: a local-part, an at sign and a domain
inline constexpr std::size_t longest_field = 998;  // octets (RFC 5322, 2.1.1)

// Each function appends at most longest_value octets, plus quotes or parentheses.

/// Appends `"..."`, with quoted-pairs where needed.
void append_quoted_string(std::string& out, std::string_view text);
/// Appends the text itself if it is a dot-atom (RFC 5322, 3.2.3), otherwise a quoted-string.
void append_dot_atom_or_quoted(std::string& out, std::string_view text);
/// Appends the text itself if it is a token (RFC 2045, 5.1), otherwise a quoted-string.
void append_token_or_quoted(std::string& out, std::string_view text);
/// Appends `(...)`, with quoted-pairs where needed.
void append_comment(std::string& out, std::string_view text);

/// Puts CRLF before spaces, so that no line is longer than 78 octets if there are enough spaces.
/// The first line keeps the name and what follows it, and no line is blank.
[[nodiscard]] std::string fold(std::string_view field);
/// Whether the field, once it is folded, has at most longest_field octets, line breaks included:
/// its content does not depend on its layout.
[[nodiscard]] bool fits(std::string_view field);
[[nodiscard]] std::string laid_out(std::string field, Folding folding);

/// The problem's sentence with its section; empty if there is no problem.
[[nodiscard]] std::string problem_text(const Outcome& outcome);
/// What decided, as the value of the key `mechanism`: a directive, "default" (RFC 7208, 9.1), or
/// empty.
[[nodiscard]] std::string_view mechanism_of(const Outcome& outcome) noexcept;

}  // namespace spf::report::field
