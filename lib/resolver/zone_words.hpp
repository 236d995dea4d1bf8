// The syntax of a master file: entries, words, escapes, numbers (RFC 1035, 5.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/resolver/zone_file.hpp"

namespace spf::zone_text {

/// A view of a word of an entry, with its escapes.
struct Word {
    std::string_view text;  ///< without the quotation marks around it
    bool is_quoted = false;
};
using Words = std::vector<Word>;

/// Returns the first invalid escape in a word, or nothing. In \DDD there are three digits, at most
/// 255; in \X the X is not a digit.
[[nodiscard]] std::optional<std::string_view> bad_escape(std::string_view word) noexcept;

/// Returns the text that a word without bad escapes represents.
[[nodiscard]] std::string unescaped(std::string_view word);

/// Reads a decimal number from 0 to `most`, which is below 2^59.
[[nodiscard]] std::optional<std::uint64_t> number(std::string_view word,
                                                  std::uint64_t most) noexcept;

/// The largest TTL (RFC 2181, 8), in seconds.
inline constexpr std::uint64_t max_ttl = 0x7fff'ffff;

/// Reads seconds, or numbers with units, as in 1h30m; 0 to max_ttl.
[[nodiscard]] std::optional<std::uint64_t> time(std::string_view word) noexcept;

/// The entries of a text, one after the other, each joined into one line: separators of words,
/// comments, parentheses and line ends within the entry become spaces. The first octet still shows
/// whether the entry has an owner.
class Entries {
public:
    /// \param text  must outlive this object
    explicit Entries(std::string_view text) noexcept : text_(text) {}

    [[nodiscard]] bool at_end() const noexcept { return text_.empty(); }
    /// Goes on to the next entry.
    /// \return what is wrong with the entry, or nothing
    std::optional<ZoneFileError::Code> next();

    /// The current entry, which may be blank; valid until next().
    [[nodiscard]] std::string_view entry() const noexcept { return entry_; }
    /// The words of the current entry.
    [[nodiscard]] Words words() const;
    /// Whether the current entry begins with an owner or with $.
    [[nodiscard]] bool has_owner() const noexcept;
    /// The line in which the current entry begins, from 1.
    [[nodiscard]] std::size_t line() const noexcept { return line_; }

private:
    std::string_view text_;      ///< the part that has not been read yet
    std::string entry_;          ///< the current entry
    std::size_t line_ = 0;       ///< the line in which the entry begins
    std::size_t next_line_ = 1;  ///< the line in which text_ begins
};

}  // namespace spf::zone_text
