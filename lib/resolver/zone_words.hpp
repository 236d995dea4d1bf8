// What a master file is made of before it means anything: entries, words, escapes, numbers (RFC 1035, 5.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/resolver/zone_file.hpp"

namespace spf::zone_text {

/// A word of an entry, escapes and all. A view.
struct Word {
    std::string_view text;  ///< without the quotation marks around it
    bool is_quoted = false;
};
using Words = std::vector<Word>;

/// The first escape in a word that is none, or nothing. \DDD has three digits, up to 255; the X of \X is
/// no digit.
[[nodiscard]] std::optional<std::string_view> bad_escape(std::string_view word) noexcept;

/// What a word without bad escapes stands for.
[[nodiscard]] std::string unescaped(std::string_view word);

/// A decimal number from 0 to `most`, which is below 2^59.
[[nodiscard]] std::optional<std::uint64_t> number(std::string_view word,
                                                  std::uint64_t most) noexcept;

/// The largest TTL (RFC 2181, 8), in seconds.
inline constexpr std::uint64_t max_ttl = 0x7fff'ffff;

/// Seconds, or numbers with units, as in 1h30m; 0 to max_ttl.
[[nodiscard]] std::optional<std::uint64_t> time(std::string_view word) noexcept;

/// The entries of a text, one after the other, each in one line: what separates its words, comments,
/// parentheses and the ends of lines between them, has become spaces. The first octet still tells whether
/// it has an owner.
class Entries {
public:
    /// \param text  outlives this
    explicit Entries(std::string_view text) noexcept : text_(text) {}

    [[nodiscard]] bool at_end() const noexcept { return text_.empty(); }
    /// Goes on to the next entry. \return what is wrong with it, or nothing.
    std::optional<ZoneFileError::Code> next();

    /// The current entry; may be blank. A view, until next().
    [[nodiscard]] std::string_view entry() const noexcept { return entry_; }
    /// Its words.
    [[nodiscard]] Words words() const;
    /// Whether it begins with an owner, or with $.
    [[nodiscard]] bool has_owner() const noexcept;
    /// The line in which it begins, from 1.
    [[nodiscard]] std::size_t line() const noexcept { return line_; }

private:
    std::string_view text_;      ///< what has not been read yet
    std::string entry_;          ///< the current one
    std::size_t line_ = 0;       ///< where it begins
    std::size_t next_line_ = 1;  ///< where text_ begins
};

}  // namespace spf::zone_text
