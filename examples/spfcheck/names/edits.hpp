// How similar two texts are, to suggest what was meant.
#pragma once

#include <cstddef>
#include <string_view>

namespace spfcheck {

/// Returns the smallest number of letters to change, insert or delete that makes `a` equal to `b`
/// (Levenshtein). The time grows with the product of their lengths, so the texts must be short.
[[nodiscard]] std::size_t edits(std::string_view a, std::string_view b);

}  // namespace spfcheck
