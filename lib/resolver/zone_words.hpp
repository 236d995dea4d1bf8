// The syntax of a master file (RFC 1035, 5.1): its entries, the words of an entry, escapes and
// numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/resolver/zone_file.hpp"

namespace spf::zone_text {

/// A word of an entry, with its escapes.
struct Word {
    std::string_view text;  ///< without the quotation marks around it
    bool is_quoted = false;
};
using Words = std::vector<Word>;

/// Returns the first invalid escape in a word, or nothing if all are valid. A valid escape is \DDD,
/// where DDD is a number of three digits up to 255, or \X, where X is not a digit.
[[nodiscard]] std::optional<std::string_view> bad_escape(std::string_view word) noexcept;

/// Returns the text that a word represents, in which each escape is replaced by its octet. The word
/// must not contain invalid escapes.
[[nodiscard]] std::string unescaped(std::string_view word);

/// Reads a decimal number from 0 to `most`. `most` must be below 2^59.
[[nodiscard]] std::optional<std::uint64_t> number(std::string_view word,
                                                  std::uint64_t most) noexcept;

/// The maximum TTL (RFC 2181, 8), in seconds.
inline constexpr std::uint64_t max_ttl = 0x7fff'ffff;

/// Reads a time: a number of seconds, or numbers with units, such as 1h30m. Returns the time in
/// seconds, from 0 to `max_ttl`.
[[nodiscard]] std::optional<std::uint64_t> time(std::string_view word) noexcept;

/// Splits a text into its entries. Each entry becomes a single line, in which comments, parentheses
/// and line ends are replaced by spaces. If the entry begins with a blank, so does that line,
/// because such an entry has no owner.
class Entries {
public:
    /// \param text  must outlive this object
    explicit Entries(std::string_view text) noexcept : text_(text) {}

    [[nodiscard]] bool at_end() const noexcept { return text_.empty(); }
    /// Reads the next entry.
    /// \return the error in the entry, or nothing
    std::optional<ZoneFileError::Code> next();

    /// Returns the current entry, which may be blank. It is valid until next() is called.
    [[nodiscard]] std::string_view entry() const noexcept { return entry_; }
    /// Returns the words of the current entry.
    [[nodiscard]] Words words() const;
    /// Returns whether the current entry begins with an owner or with $.
    [[nodiscard]] bool has_owner() const noexcept;
    /// Returns the number of the line in which the current entry begins, counted from 1.
    [[nodiscard]] std::size_t line() const noexcept { return line_; }

private:
    std::string_view text_;      ///< the part that has not been read yet
    std::string entry_;          ///< the current entry
    std::size_t line_ = 0;       ///< the number of the line in which the current entry begins
    std::size_t next_line_ = 1;  ///< the number of the line in which `text_` begins
};

}  // namespace spf::zone_text
