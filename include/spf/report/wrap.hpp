/// \file report/wrap.hpp  Text for a terminal: lines that fit, and a record with its error
/// underlined.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"

namespace spf::report {

/// What wrapped() does with a word that is longer than a line.
enum class LongWord : bool { split, keep };

/// The words of `text`, separated by single spaces, in lines of at most `width` columns (one octet
/// is one column). No words result in no lines. Linear; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<std::string> wrapped(std::string_view text, std::size_t width,
                                                          LongWord long_word = LongWord::split);

/// A text in one line, made printable(), and a line below it that underlines octets with `^`.
struct Excerpt {
    std::string text;       ///< the text, or a part of it
    std::string underline;  ///< spaces, then one or more carets
};

/// Underlines `length` octets (at least one) from `offset` on, as in a ParseError. If an octet is
/// shown as `\x1b`, all four columns are underlined. If the text is longer than `width` columns (at
/// least 20), only the part around the octets is shown, with `...` for the rest. Linear in `width`.
[[nodiscard]] SPF_EXPORT Excerpt excerpt(std::string_view text, std::size_t offset,
                                         std::size_t length, std::size_t width);

}  // namespace spf::report
