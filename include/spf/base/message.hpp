/// \file base/message.hpp  A sentence for people as data: its code, and the values in it.
///
/// Each room with messages has an enumeration of its sentences and one table of their patterns. A
/// translation is a second table. No other code of the room holds text, and no sentence is put
/// together from pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "spf/base/export.hpp"

namespace spf {

/// A value in a sentence: a text or a number. Owns its text, which may hold any octets.
class Argument {
public:
    // Implicit, so that a list of arguments is easy to read.
    // NOLINTBEGIN(google-explicit-constructor)
    /// Holds a text.
    Argument(std::string text) : value_(std::move(text)) {}
    /// Holds a copy of a text.
    Argument(std::string_view text) : value_(std::string(text)) {}
    /// Holds a copy of a text.
    Argument(const char* text) : value_(std::string(text)) {}
    /// Holds a number.
    Argument(std::uint64_t number) : value_(number) {}
    /// Holds a number.
    Argument(unsigned number) : value_(std::uint64_t{number}) {}
    // NOLINTEND(google-explicit-constructor)

    /// The text, or the number in decimal.
    [[nodiscard]] SPF_EXPORT std::string text() const;
    /// The number, or the size of the text.
    [[nodiscard]] SPF_EXPORT std::uint64_t number() const noexcept;

    /// Whether both are equal texts or equal numbers.
    friend bool operator==(const Argument&, const Argument&) = default;

private:
    std::variant<std::string, std::uint64_t> value_;
};

/// A sentence as data.
template <class Code>
struct Message {
    Code code{};                        ///< which sentence it is
    std::vector<Argument> arguments{};  ///< the values of the placeholders {1}, {2} and so on

    /// Compares all members.
    friend bool operator==(const Message&, const Message&) = default;
};

/// The pattern with its placeholders replaced:
///
/// | placeholder | replaced with |
/// | --- | --- |
/// | `{1}` | the first argument, made printable(), cut to `longest_argument` octets |
/// | `{1:term\|terms}` | the first word if the number is 1, otherwise the second |
///
/// A placeholder without an argument, or with a number other than 1 to 9, stays as it is. Patterns
/// have no other braces. Linear in the result. Thread-safe; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string rendered(std::string_view pattern,
                                              std::span<const Argument> arguments);

/// Maximum length of an argument in a sentence, in octets; escapes are not split.
inline constexpr std::size_t longest_argument = 512;

/// The number of arguments that a pattern needs: the highest number in its placeholders, or 0.
[[nodiscard]] SPF_EXPORT std::size_t argument_count(std::string_view pattern) noexcept;

}  // namespace spf
