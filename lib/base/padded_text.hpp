// A text that is followed by spaces in memory. Code can read eight octets of it at a time, and need
// not test for the end of the text at each octet.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/octets.hpp"

namespace spf {

/// A view of a text, or of a part of a text, that is followed by spaces in memory.
///
/// Only copy() makes a PaddedText from other text, and it writes the spaces itself. All other
/// objects are parts of an existing PaddedText. Therefore a function with a PaddedText parameter
/// can rely on two properties, which a std::string_view does not have:
/// - Eight octets can be read from any index of the text and from its end: word().
/// - There is a space somewhere after the text. If the object is a part of a longer text, the space
///   may be after the longer text. Eight octets can be read from that space, too. Therefore code
///   that reads up to the next space never reads too far, whether it reads one octet at a time or
///   eight.
///
/// If code tests for the end of the text at each octet instead, the benchmark `parse, ten ip4`
/// takes 1.17 times as long, and the benchmark `parse, macros` 1.08 times.
class PaddedText {
public:
    /// The number of spaces after the text.
    static constexpr std::size_t padding = 8;

    /// Makes an empty text, which is also followed by spaces.
    PaddedText() noexcept = default;

    /// Copies a text and writes the spaces after it.
    /// \param room  the memory for the copy; it needs at least `padding` octets more than the text
    [[nodiscard]] static PaddedText copy(std::string_view text, std::span<char> room) noexcept {
        assert(room.size() >= text.size() + padding);
        char* const end = std::copy(text.begin(), text.end(), room.data());
        std::fill_n(end, padding, ' ');
        return {room.data(), end};
    }

    [[nodiscard]] const char* begin() const noexcept { return begin_; }
    [[nodiscard]] const char* end() const noexcept { return end_; }
    [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }
    [[nodiscard]] std::size_t size() const noexcept {
        return static_cast<std::size_t>(end_ - begin_);
    }
    /// Returns the text without its padding.
    operator std::string_view() const noexcept { return {begin_, size()}; }

    /// Returns the first octet. If the text is empty, returns the octet after it.
    [[nodiscard]] char front() const noexcept { return *begin_; }
    /// Returns the octet at an index, which may be at most size().
    [[nodiscard]] char operator[](std::size_t index) const noexcept { return begin_[index]; }
    /// Returns eight octets as a number, beginning at an index (octets::load()). The index must not
    /// be greater than the index of the first space at or after the end of the text.
    [[nodiscard]] std::uint64_t word(std::size_t index = 0) const noexcept {
        return octets::load(begin_ + index);
    }

    /// Returns the part of the text that begins at `place`, which may be the end of the text.
    [[nodiscard]] PaddedText from(const char* place) const noexcept { return {place, end_}; }
    /// Returns the part of the text that ends before `place`.
    [[nodiscard]] PaddedText up_to(const char* place) const noexcept { return {begin_, place}; }
    /// Returns the text without its first `count` octets. `count` may be at most size().
    [[nodiscard]] PaddedText drop(std::size_t count) const noexcept { return from(begin_ + count); }
    /// Returns the first `count` octets of the text. `count` may be at most size().
    [[nodiscard]] PaddedText take(std::size_t count) const noexcept {
        return up_to(begin_ + count);
    }

private:
    PaddedText(const char* begin, const char* end) noexcept : begin_(begin), end_(end) {}

    static constexpr std::string_view nothing = "        ";
    static_assert(nothing.size() == padding);

    const char* begin_ = nothing.data();
    const char* end_ = nothing.data();
};

}  // namespace spf
