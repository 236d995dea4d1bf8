/// \file base/message.hpp  A message for people as data: which message it is, and the values in it.
///
/// Each folder of the library that has messages for people has an enumeration of its messages, and
/// one table with the pattern of each message. A pattern is a whole sentence with placeholders, and
/// no other code of the folder holds text. To translate the messages, it is therefore enough to
/// translate the patterns (base/language.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/base/language.hpp"

namespace spf {

/// A value in a message: a text, a number, or a text of a message. Owns its text. A text may hold
/// any octets, and is made safe when it is rendered.
class Argument {
public:
    // The constructors are implicit, so that a caller can pass a list of texts and numbers.
    // NOLINTBEGIN(google-explicit-constructor)
    /// Holds a text.
    Argument(std::string text) : text_(std::move(text)) {}
    /// Holds a copy of a text.
    Argument(std::string_view text) : text_(text) {}
    /// Holds a copy of a text.
    Argument(const char* text) : text_(text) {}
    /// Holds a number.
    Argument(std::uint64_t number) : number_(number) {}
    /// Holds a number.
    Argument(unsigned number) : number_(number) {}
    // NOLINTEND(google-explicit-constructor)

    /// Returns an argument that is a pattern without placeholders, such as the name of a kind of
    /// address. It is translated when the message is.
    [[nodiscard]] static Argument phrase(std::string_view english) {
        Argument out(english);
        out.kind_ = Kind::phrase;
        return out;
    }
    /// Returns an argument that is the text of another message, made by rendered() in the language
    /// of this message. It is inserted as it is, neither escaped nor translated, but cut to
    /// `longest_argument` octets.
    [[nodiscard]] static Argument sentence(std::string text) {
        Argument out(std::move(text));
        out.kind_ = Kind::sentence;
        return out;
    }

    /// Returns whether the argument was made by phrase().
    [[nodiscard]] bool is_phrase() const noexcept { return kind_ == Kind::phrase; }
    /// Returns whether the argument was made by sentence().
    [[nodiscard]] bool is_sentence() const noexcept { return kind_ == Kind::sentence; }

    /// Returns the text; for a number, its decimal digits.
    [[nodiscard]] SPF_EXPORT std::string text() const;
    /// Returns the number; for a text, its size in octets.
    [[nodiscard]] SPF_EXPORT std::uint64_t number() const noexcept;

    /// Returns whether both are equal texts or equal numbers.
    friend bool operator==(const Argument&, const Argument&) = default;

private:
    enum class Kind : std::uint8_t { value, phrase, sentence };

    // Not a std::variant: that of GCC 12 has undefined behaviour if memory runs out while it copies
    // a text.
    std::string text_;
    std::optional<std::uint64_t> number_;  // absent if the argument is a text
    Kind kind_ = Kind::value;
};

/// A message as data: a code that identifies the pattern, and the values for its placeholders.
/// rendered() makes the text from the pattern and the values.
template <class Code>
struct Message {
    Code code{};                        ///< which message it is
    std::vector<Argument> arguments{};  ///< the values of the placeholders {1}, {2} and so on

    /// Compares all members.
    friend bool operator==(const Message&, const Message&) = default;
};

/// Returns the text of a message: the pattern with its placeholders replaced.
///
/// | placeholder | replaced with |
/// | --- | --- |
/// | `{1}` | the first argument, made safe by printable(), cut to `longest_argument` octets |
/// | `{1:term\|terms}` | `term` if the first argument is the number 1, otherwise `terms` |
///
/// The two texts of `{1:term\|terms}` are part of the pattern, and translated with it: a language
/// with two forms needs no more. An argument that is a phrase() or a sentence() is part of the
/// message, and need not be made safe.
///
/// A placeholder without an argument, or with a number other than 1 to 9, is left in the text.
/// Patterns must not have other braces. The time is linear in the size of the result. Thread-safe.
/// Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string rendered(std::string_view pattern,
                                              std::span<const Argument> arguments);
/// Returns the text of a message in a language: rendered() of the translation of the pattern.
/// Phrases among the arguments are translated, too.
[[nodiscard]] SPF_EXPORT std::string rendered(std::string_view pattern,
                                              std::span<const Argument> arguments,
                                              const Language& language);

/// The maximum length of an argument in a rendered message, in octets. A longer argument is cut,
/// but never within an escape such as `\x1b`.
inline constexpr std::size_t longest_argument = 512;

/// A placeholder in a pattern: `{N}` is replaced by argument N. `{N:one|many}` is replaced by one
/// of two texts: the first if argument N is 1, otherwise the second.
struct Placeholder {
    std::size_t number = 0;  ///< the number N of the argument, beginning with 1
    /// The two texts of `{N:one|many}`; nothing for `{N}`.
    std::optional<std::pair<std::string_view, std::string_view>> words{};
    std::size_t size = 0;  ///< the size of the placeholder in octets, including the braces
};

/// Returns the placeholder at the beginning of a text, if there is one.
[[nodiscard]] constexpr std::optional<Placeholder> placeholder_at(std::string_view text) noexcept {
    if (text.size() < 3 || text[0] != '{' || text[1] < '1' || text[1] > '9') return std::nullopt;
    const std::size_t end = text.find('}');
    if (end == std::string_view::npos) return std::nullopt;
    Placeholder found{static_cast<std::size_t>(text[1] - '0'), std::nullopt, end + 1};
    if (end == 2) return found;
    const std::string_view words = text.substr(3, end - 3);
    const std::size_t bar = words.find('|');
    if (text[2] != ':' || bar == std::string_view::npos) return std::nullopt;
    found.words.emplace(words.substr(0, bar), words.substr(bar + 1));
    return found;
}

/// Returns the number of arguments that a pattern needs: the highest number in its placeholders, or
/// 0 if it has none.
[[nodiscard]] constexpr std::size_t argument_count(std::string_view pattern) noexcept {
    std::size_t highest = 0;
    for (std::size_t at = pattern.find('{'); at < pattern.size(); at = pattern.find('{', at + 1)) {
        if (const auto found = placeholder_at(pattern.substr(at)))
            highest = found->number > highest ? found->number : highest;
    }
    return highest;
}

}  // namespace spf
