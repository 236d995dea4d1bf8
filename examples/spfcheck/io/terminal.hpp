// The width of the terminal at standard output, and the characters and colours that it can show.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include "spf/report/text.hpp"

namespace spfcheck {

/// When to use colours.
enum class Colour { automatic, always, never };

/// Returns the style of text for standard output. The width is that of the terminal (COLUMNS, if
/// set), but at most 100 columns, because wider text is tiring to read; it is 80 if there is no
/// terminal. The style has box characters if the locale is UTF-8. For `automatic`, it has colours
/// if standard output is a terminal and NO_COLOR is not set (https://no-color.org).
[[nodiscard]] spf::report::TextStyle style_of_output(Colour colour);

/// Returns how many columns a text in UTF-8 takes.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// Appends spaces to a text until it takes so many columns.
void pad(std::string& text, std::size_t columns);

/// Returns a text with line ends in place of some of its spaces, so that each line has at most
/// `width` columns.
[[nodiscard]] std::string lines(const std::string& text, std::size_t width);

/// Prints a text in lines of at most `width` columns. A longer word is not broken, because a reader
/// may want to copy it.
/// \param indent  the text at the beginning of each line; it is part of the width
void print_wrapped(std::ostream& out, const std::string& text, std::size_t width,
                   std::string_view indent = "");

}  // namespace spfcheck
