// Finds the beginning and the end of a term in the text of a record (RFC 7208 section 4.6.1: terms
// are separated by spaces).
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace spf {

/// Returns the part of the text that contains the octets from index `first` to index `last` and
/// extends to the nearest spaces, or to the ends of the text. Both indexes must be at most
/// text.size(), and `first` must be at most `last`.
[[nodiscard]] inline std::string_view term_around(std::string_view text, std::size_t first,
                                                  std::size_t last) noexcept {
    const std::size_t space = first == 0 ? std::string_view::npos : text.rfind(' ', first - 1);
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    return text.substr(begin, std::min(text.find(' ', last), text.size()) - begin);
}

}  // namespace spf
