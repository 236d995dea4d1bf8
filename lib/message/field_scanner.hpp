// Reads the lexical parts of a structured header field (RFC 5322, 3.2) from left to right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/mail_octets.hpp"
#include "spf/message/reading.hpp"

namespace spf::fields {

inline constexpr std::size_t deepest_comment = 50;

// A field has been checked for stray line breaks, so each CR or LF is part of folding.
constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The octets of atext with UTF-8 (RFC 6532, 3.2).
inline constexpr ascii::OctetSet is_atext{
    [](char c) { return !ascii::is_ascii(c) || ascii::is_atext(c); }};
/// The octets of a token, and UTF-8: a token that is a domain name may have U-labels (RFC 8616, 3).
inline constexpr ascii::OctetSet is_name_text{
    [](char c) { return !ascii::is_ascii(c) || ascii::is_token_text(c); }};

/// Returns the place after the comment that begins at `begin`, or npos if the comment is not
/// closed. Calls `too_deep(place)` at each opening parenthesis of a comment that is nested in
/// `deepest_comment` or more others. If `too_deep` returns true, the function ends and returns
/// npos.
template <class TooDeep>
std::size_t comment_end(std::string_view text, std::size_t begin, TooDeep too_deep) {
    std::size_t depth = 0;
    for (std::size_t i = begin; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '(' && ++depth > deepest_comment && too_deep(i))
            break;
        else if (text[i] == ')' && --depth == 0)
            return i + 1;
    }
    return std::string_view::npos;
}
/// Returns the place after the quoted-string that begins at `begin`, or npos if it is not closed.
std::size_t quoted_end(std::string_view text, std::size_t begin) noexcept;
/// Returns the content of a quoted-string: without the quotes, the backslashes of quoted-pairs, and
/// line breaks (RFC 5322, 3.2.4).
std::string unquoted(std::string_view quoted);
std::string lower(std::string_view text);

/// Reads a field. After the first error that is not forgiven, nothing is left to read, so that
/// loops end.
class Scanner {
public:
    /// \param text  must outlive this object
    Scanner(std::string_view text, Reading reading) noexcept
        : text_(text), end_(text.size()), reading_(reading) {}

    /// Checks all octets, as described at parse_received_spf().
    void check_octets();

    [[nodiscard]] std::size_t at() const noexcept { return at_; }
    [[nodiscard]] bool at_end() const noexcept { return at_ >= end_; }
    /// Returns whether the next octet is `c`.
    [[nodiscard]] bool at(char c) const noexcept { return !at_end() && text_[at_] == c; }
    /// Returns whether a word may end here: at white space, a semicolon, a comment or the end.
    [[nodiscard]] bool at_delimiter() const noexcept;
    /// Goes back to a place where the scanner was before, unless there was an error.
    void go_back(std::size_t place) noexcept {
        if (!error_) at_ = place;
    }

    bool take(char c) noexcept;
    template <class Set>
    std::string_view take_all(const Set& set) noexcept {
        const std::size_t begin = at_;
        while (!at_end() && set(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }
    /// Reads a dot-atom-text (RFC 5322, 3.2.3). Stops where an octet is missing or not allowed.
    /// \return the text, or nothing if there is none, or if it would end in a dot
    std::optional<std::string_view> take_dot_atom() noexcept;
    /// Reads a Keyword (RFC 5321, 4.1.2). Returns an empty text if there is none.
    std::string_view take_keyword() noexcept;
    /// Reads digits and returns their number. If the number is too large, returns the largest value
    /// of the type.
    std::optional<std::uint32_t> take_number() noexcept;
    /// Reads white space. Returns whether there was any.
    bool take_space() noexcept { return !take_all(is_space).empty(); }
    /// Reads a comment, and returns the text between the outer parentheses.
    std::optional<std::string_view> take_comment();
    /// Reads white space and comments. Returns whether there were any.
    bool take_cfws();
    /// Reads a quoted-string, and returns it as sent.
    std::optional<std::string_view> take_quoted();
    /// Reads all octets up to the next delimiter, even if they are not a legal value. A
    /// quoted-string among them is read as a whole, without the line breaks in it.
    std::string take_raw();
    /// Skips to the next semicolon outside of comments and quoted-strings.
    void skip_to_semicolon();

    /// Ends the reading with an error.
    void fail(FieldError::Code code, std::size_t offset);
    /// With strict reading, does the same as fail(). With lenient reading, adds a note.
    void forgive(FieldError::Code code, std::size_t offset);

    [[nodiscard]] const std::optional<FieldError>& error() const noexcept { return error_; }
    [[nodiscard]] std::vector<FieldError> notes() && noexcept { return std::move(notes_); }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t end_;  // where there is nothing more to read
    Reading reading_;
    std::optional<FieldError> error_;
    std::vector<FieldError> notes_;
};

}  // namespace spf::fields
