/// \file report/wrap.hpp  Lays out text for a terminal: wraps lines, and underlines the error in a
/// record.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"

namespace spf::report {

/// What wrapped() does with a word that is longer than a line. With `split`, it divides the word.
/// With `keep`, the word becomes a line that is too long.
enum class LongWord : bool { split, keep };

/// Returns how many columns of a terminal a text in UTF-8 takes: one for each character, two for
/// those that East Asian writing makes wide, and none for a combining mark. An octet that is not
/// part of UTF-8 counts as a character. Takes linear time.
[[nodiscard]] SPF_EXPORT std::size_t columns_of(std::string_view text) noexcept;

/// Returns the words of `text` in lines of at most `width` columns, separated by single spaces.
/// Columns are those of columns_of(). If there are no words, there are no lines. Takes linear time.
/// Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<std::string> wrapped(std::string_view text, std::size_t width,
                                                          LongWord long_word = LongWord::split);

/// A text in one line, made printable(), and a second line that underlines a part of it with `^`.
struct Excerpt {
    std::string text{};       ///< the text, or a part of it with `...` at its ends
    std::string underline{};  ///< the second line: spaces, then one or more carets
};

/// Returns `text` with octets underlined: `length` octets (at least one), beginning at `offset`. To
/// show a ParseError, pass its offset and length. If an octet is shown as an escape such as `\x1b`,
/// all four columns are underlined. If the text is longer than `width` columns (at least 20), only
/// the part around the underlined octets is shown, and `...` replaces what is omitted. Takes time
/// linear in `width`.
[[nodiscard]] SPF_EXPORT Excerpt excerpt(std::string_view text, std::size_t offset,
                                         std::size_t length, std::size_t width);

}  // namespace spf::report
