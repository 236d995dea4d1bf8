// Records where the strings of a TXT record are in a master file.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "resolver/zone_words.hpp"
#include "spf/resolver/zone_text.hpp"

namespace spf::zone_text {

/// Converts offsets in a text to lines and columns. The offsets must not decrease, so that a whole
/// file takes linear time.
class Cursor {
public:
    explicit Cursor(std::string_view text) noexcept : text_(text) {}
    /// Moves to an offset, which must not be less than in the previous call.
    void move_to(std::size_t offset) noexcept;
    [[nodiscard]] std::size_t line() const noexcept { return line_; }
    [[nodiscard]] std::size_t column() const noexcept { return column_; }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t column_ = 1;
};

/// Returns the record whose data are `words` of the current entry of `entries`, which keeps
/// offsets; the escapes in the words must be valid.
[[nodiscard]] ZoneText located(std::string owner, std::span<const Word> words,
                               const Entries& entries, Cursor& cursor);

}  // namespace spf::zone_text
