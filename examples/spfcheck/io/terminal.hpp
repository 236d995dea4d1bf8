// What the terminal at standard output can show.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include "spf/report/text.hpp"

namespace spfcheck {

/// When to use colours.
enum class Colour { automatic, always, never };

/// Returns the style for standard output: as wide as the terminal (80 columns if there is none, at
/// most 100, because wider text is tiring to read), box characters if the locale is UTF-8, and
/// colours if requested or, if `automatic`, on a terminal unless NO_COLOR is set
/// (https://no-color.org).
[[nodiscard]] spf::report::TextStyle style_of_output(Colour colour);

/// Breaks a sentence into lines of at most `width` columns for `--help`.
[[nodiscard]] std::string lines(const std::string& text, std::size_t width);

/// Prints a text in lines of at most `width` columns. Longer words are not broken, because they may
/// be copied.
/// \param indent  the beginning of each line, which counts for the width
void print_wrapped(std::ostream& out, const std::string& text, std::size_t width,
                   std::string_view indent = "");

}  // namespace spfcheck
