// Messages for people as data (spf/base/message.hpp). Each folder with messages has an enumeration
// of them and one table of their patterns in English. say() translates them (io/language.hpp); the
// list of all patterns for translators is made from the tables (texts.cpp).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "io/language.hpp"
#include "spf/base/message.hpp"

namespace spfcheck {

/// A row in a folder's table of messages. The rows have the order of the enumeration.
template <class Code>
struct Wording {
    Code code;
    std::string_view pattern;
};

/// Returns whether the code in each row is equal to the index of the row. If the table also has as
/// many rows as there are codes, no code is missing.
template <class Table>
constexpr bool is_in_order(const Table& table) noexcept {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].code) != i) return false;
    }
    return true;
}

/// The table of a folder's messages. Each folder with messages specialises this template with a
/// member `table`, an array of Wording<Code>.
template <class Code>
struct Sentences;

/// Returns a value as an argument of a message. A text of ours is inserted as it is.
template <class Value>
[[nodiscard]] spf::Argument argument_of(Value&& value) {
    if constexpr (std::is_same_v<std::remove_cvref_t<Value>, Spoken>) {
        return spf::Argument::sentence(std::forward<Value>(value));
    } else {
        return spf::Argument(std::forward<Value>(value));
    }
}

/// Returns the text of a message with its arguments inserted, in the language of this thread. A
/// call does not compile if it has more or fewer arguments than the pattern of the message needs.
template <auto code, class... Arguments>
[[nodiscard]] Spoken say(Arguments&&... arguments) {
    constexpr std::string_view pattern =
        Sentences<decltype(code)>::table[static_cast<std::size_t>(code)].pattern;
    static_assert(spf::argument_count(pattern) == sizeof...(Arguments),
                  "one argument for each number in the pattern");
    const spf::Message<decltype(code)> message{
        code, {argument_of(std::forward<Arguments>(arguments))...}};
    return Spoken(spf::rendered(pattern, message.arguments, language()));
}

}  // namespace spfcheck
