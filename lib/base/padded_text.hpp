// A text with padding after it, for readers that read whole words or do not test for the end at
// each octet.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/octets.hpp"

namespace spf {

/// A view of a text that is followed by spaces, or of a part of such a text.
///
/// Only copy() makes a padded text, and it writes the spaces itself; all other PaddedTexts are
/// parts of an existing one. So a function that takes a PaddedText may rely on two properties,
/// which a std::string_view does not have:
/// - wherever the text begins, its end included, eight octets can be read: word();
/// - a space follows, at its end or (if it is a part) later, and eight octets can be read from
///   there too. A reader of something that contains no space therefore stops there, by octets or by
///   words.
///
/// If readers compare with the end instead, `parse, ten ip4` takes 1.17 and `parse, macros` 1.08
/// times as long.
class PaddedText {
public:
    /// Number of spaces after the text.
    static constexpr std::size_t padding = 8;

    /// Makes an empty text.
    PaddedText() noexcept = default;

    /// Copies a text and writes the spaces after it.
    /// \param room  memory that the result views; at least `padding` octets more than the text
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
    /// The text without its padding.
    operator std::string_view() const noexcept { return {begin_, size()}; }

    /// The first octet, or, if the text is empty, the octet that follows it.
    [[nodiscard]] char front() const noexcept { return *begin_; }
    /// `index` is at most size().
    [[nodiscard]] char operator[](std::size_t index) const noexcept { return begin_[index]; }
    /// Eight octets from an index on, in the form of octets::load(). The index is at most size(),
    /// or at most that of the first space after it.
    [[nodiscard]] std::uint64_t word(std::size_t index = 0) const noexcept {
        return octets::load(begin_ + index);
    }

    /// The part from a place in the text, or from its end, on.
    [[nodiscard]] PaddedText from(const char* place) const noexcept { return {place, end_}; }
    /// The part up to a place in the text.
    [[nodiscard]] PaddedText up_to(const char* place) const noexcept { return {begin_, place}; }
    /// The part without the first `count` octets, or only those; `count` is at most size().
    [[nodiscard]] PaddedText drop(std::size_t count) const noexcept { return from(begin_ + count); }
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
