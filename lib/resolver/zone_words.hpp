// Reads the syntax of a master file (RFC 1035, 5.1): the entries, the words of an entry, the
// escapes in a word, and numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/resolver/zone_file.hpp"

namespace spf::zone_text {

/// A word of an entry, in which escapes have not been replaced.
struct Word {
    std::string_view text;  ///< the word without the quotation marks around it
    bool is_quoted = false;
};
using Words = std::vector<Word>;

/// Returns the first invalid escape in a word; nothing if all are valid. A valid escape is either
/// \DDD, where DDD are three digits of a number up to 255, or \X, where X is any character except a
/// digit.
[[nodiscard]] std::optional<std::string_view> bad_escape(std::string_view word) noexcept;

/// Returns the text that a word represents: each escape is replaced by the octet that it
/// represents. All escapes in the word must be valid.
[[nodiscard]] std::string unescaped(std::string_view word);

/// Returns how many octets of a word represent its first octet: 2 or 4 if it begins with an escape,
/// otherwise 1. The word must not be empty, and its escapes must be valid.
[[nodiscard]] std::size_t written_size(std::string_view word) noexcept;

/// Reads a decimal number from 0 to `most`; returns nothing if the word is anything else. `most`
/// must be below 2^59.
[[nodiscard]] std::optional<std::uint64_t> number(std::string_view word,
                                                  std::uint64_t most) noexcept;

/// The maximum value of a TTL in seconds (RFC 2181, 8).
inline constexpr std::uint64_t max_ttl = 0x7fff'ffff;

/// Reads a time, which is a number of seconds or consists of numbers with units, such as 1h30m.
/// Returns the time in seconds, from 0 to `max_ttl`; nothing if the word is anything else.
[[nodiscard]] std::optional<std::uint64_t> time(std::string_view word) noexcept;

/// Splits a text into entries. Each entry is converted to one line: comments, parentheses and line
/// ends in it are replaced by spaces. If an entry begins with a blank, the line also begins with
/// one, because this means that the entry has no owner.
class Entries {
public:
    /// \param text           the text of the file; it must outlive this object
    /// \param keeps_offsets  whether offset_of() is needed
    explicit Entries(std::string_view text, bool keeps_offsets = false) noexcept
        : text_(text), size_(text.size()), keeps_offsets_(keeps_offsets) {}

    [[nodiscard]] bool at_end() const noexcept { return text_.empty(); }
    /// Reads the next entry, which becomes the current entry.
    /// \return the error in the entry; nothing if there is no error
    std::optional<ZoneFileError::Code> next();

    /// Returns the current entry as one line. It may have no words. It is valid until the next call
    /// of next().
    [[nodiscard]] std::string_view entry() const noexcept { return entry_; }
    /// Returns the words in the current entry.
    [[nodiscard]] Words words() const;
    /// Returns the offset in the text at which a part of the current entry, such as a word, begins.
    /// The part must not be empty.
    [[nodiscard]] std::size_t offset_of(std::string_view part) const noexcept {
        return offsets_[static_cast<std::size_t>(part.data() - entry_.data())];
    }
    /// Returns whether the current entry begins with an owner or with the name of a control entry,
    /// such as $TTL.
    [[nodiscard]] bool has_owner() const noexcept;
    /// Returns the number of the line of the file in which the current entry begins. The first line
    /// has the number 1.
    [[nodiscard]] std::size_t line() const noexcept { return line_; }

private:
    /// Appends an octet to the current entry. It is at `at` in `text_`.
    void append(char c, std::size_t at) {
        entry_ += c;
        if (keeps_offsets_) offsets_.push_back(size_ - text_.size() + at);
    }

    std::string_view text_;  ///< the part of the text that has not been read yet
    std::size_t size_ = 0;   ///< the size of the whole text
    bool keeps_offsets_ = false;
    std::string entry_;                 ///< the current entry as one line
    std::vector<std::size_t> offsets_;  ///< the offset of each octet of `entry_` in the text
    std::size_t line_ = 0;       ///< the number of the line in which the current entry begins
    std::size_t next_line_ = 1;  ///< the number of the line in which `text_` begins
};

}  // namespace spf::zone_text
