// Where a term of a record's text begins and ends (RFC 7208, 4.6.1: terms are separated by spaces).
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace spf {

/// Returns the octets from `first` to `last`, widened to the spaces around them, or to the ends of
/// the text. Both are at most text.size(), and `first` is at most `last`.
[[nodiscard]] inline std::string_view term_around(std::string_view text, std::size_t first,
                                                  std::size_t last) noexcept {
    const std::size_t space = first == 0 ? std::string_view::npos : text.rfind(' ', first - 1);
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    return text.substr(begin, std::min(text.find(' ', last), text.size()) - begin);
}

}  // namespace spf
