// What the other end of standard output can show.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include "spf/report/text.hpp"

namespace spfcheck {

/// When to use colours.
enum class Colour { automatic, always, never };

/// The style for standard output: as wide as the terminal (80 columns where there is none, never
/// more than 100, which is tiring to read), box characters where the locale is UTF-8, colours
/// where asked for or, if `automatic`, on a terminal unless NO_COLOR is set (https://no-color.org).
[[nodiscard]] spf::report::TextStyle style_of_output(Colour colour);

/// A text that breaks a sentence into lines for `--help`, of at most `width` columns.
[[nodiscard]] std::string lines(const std::string& text, std::size_t width);

/// Prints a text in lines of at most `width` columns, but for words that are longer: they may be copied.
/// \param indent  what each line begins with; part of the width
void print_wrapped(std::ostream& out, const std::string& text, std::size_t width,
                   std::string_view indent = "");

}  // namespace spfcheck
