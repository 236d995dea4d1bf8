/// \file base/message.hpp  A sentence for people as data: which one it is, and what it names.
///
/// Each room that speaks to people has an enumeration of its sentences and a table of their patterns; a
/// translation is a second table. Nothing else in the room holds text, and no sentence is put together
/// from pieces.
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

/// What a sentence names: a text or a number. Owns its text, which may hold any octets.
class Argument {
public:
    // NOLINTBEGIN(google-explicit-constructor): a list of arguments is read more easily without names
    Argument(std::string text) : value_(std::move(text)) {}
    Argument(std::string_view text) : value_(std::string(text)) {}
    Argument(const char* text) : value_(std::string(text)) {}
    Argument(std::uint64_t number) : value_(number) {}
    Argument(unsigned number) : value_(std::uint64_t{number}) {}
    // NOLINTEND(google-explicit-constructor)

    /// The text, or the number in decimal.
    [[nodiscard]] SPF_EXPORT std::string text() const;
    /// The number; of a text, its size.
    [[nodiscard]] SPF_EXPORT std::uint64_t number() const noexcept;

    friend bool operator==(const Argument&, const Argument&) = default;

private:
    std::variant<std::string, std::uint64_t> value_;
};

/// A sentence: which one, and what it names, in the order of the placeholders in its pattern.
template <class Code>
struct Message {
    Code code{};
    std::vector<Argument> arguments{};

    friend bool operator==(const Message&, const Message&) = default;
};

/// Replaces the placeholders of a pattern:
///
/// | placeholder | stands for |
/// | --- | --- |
/// | `{1}` | the first argument, printable(), at most `longest_argument` octets of it |
/// | `{1:term\|terms}` | the first word if the number is 1, else the second |
///
/// A placeholder without argument, or with another number than 1 to 9, is kept as it is. A pattern
/// has no other braces. Linear in the result. Thread-safe; never throws but std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string rendered(std::string_view pattern,
                                              std::span<const Argument> arguments);

/// The octets that one argument takes at most in a sentence, escapes not split.
inline constexpr std::size_t longest_argument = 512;

/// The highest number among the placeholders of a pattern: how many arguments it takes. 0: none.
[[nodiscard]] SPF_EXPORT std::size_t argument_count(std::string_view pattern) noexcept;

}  // namespace spf
