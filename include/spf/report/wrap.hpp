/// \file report/wrap.hpp  Text for a terminal: lines that fit, and a record with its error underlined.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"

namespace spf::report {

/// What to do with a word that is longer than a line.
enum class LongWord : bool { split, keep };

/// The words of `text`, one space between them, in lines of at most `width` columns (one octet is
/// one column). Without words there are no lines. Linear; never throws but std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<std::string> wrapped(std::string_view text, std::size_t width,
                                                          LongWord long_word = LongWord::split);

/// A text in one line, made printable(), and a line below it that underlines octets with `^`.
struct Excerpt {
    std::string text;
    std::string underline;  ///< spaces, then one caret or more
};

/// Underlines `length` octets (at least one) from `offset` on, as in a ParseError; of an octet that is
/// shown as `\x1b`, all four columns. Of a text that is longer than `width` columns (at least 20), only
/// the neighbourhood is shown, with `...` for the rest. Linear in `width`.
[[nodiscard]] SPF_EXPORT Excerpt excerpt(std::string_view text, std::size_t offset,
                                         std::size_t length, std::size_t width);

}  // namespace spf::report
