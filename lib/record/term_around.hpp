// Finds a whole term in the text of a record, from the place of some of its octets. Terms are
// separated by spaces (RFC 7208 section 4.6.1).
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace spf {

/// Returns the term that contains the octets from index `first` up to, but not including, index
/// `last`. The term begins after the last space before `first`, or at the start of the text. It
/// ends at the first space from `last` on, or at the end of the text. Both indexes must be at most
/// text.size(), and `first` must be at most `last`.
[[nodiscard]] inline std::string_view term_around(std::string_view text, std::size_t first,
                                                  std::size_t last) noexcept {
    const std::size_t space = first == 0 ? std::string_view::npos : text.rfind(' ', first - 1);
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    return text.substr(begin, std::min(text.find(' ', last), text.size()) - begin);
}

}  // namespace spf
