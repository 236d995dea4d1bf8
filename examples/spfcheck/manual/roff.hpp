// The language of manual pages, man(7).
#pragma once

#include <string>
#include <string_view>

namespace spfcheck {

/// Returns a text that is printed as it is, with each hyphen as the character that programs
/// understand. A line of it is not taken for a request.
[[nodiscard]] std::string roff_literal(std::string_view text);

/// Returns a sentence of --help: options such as "--json" in bold letters, and words that consist
/// of upper-case letters and occur in `arguments`, separated by spaces, in italics.
[[nodiscard]] std::string roff_sentence(std::string_view text, std::string_view arguments);

/// Returns a line of usage: what is to be typed in bold letters, what it stands for in italics.
[[nodiscard]] std::string roff_usage(std::string_view text);

/// Returns a page with line ends in place of spaces, so that its lines of text have at most 80
/// octets. Requests, and what stands between .EX and .EE, stay as they are.
[[nodiscard]] std::string roff_wrapped(std::string_view page);

}  // namespace spfcheck
