// Messages for people as data (spf/base/message.hpp). Each folder with messages has an enumeration
// of them and one table of their patterns in English. A translation would be a second table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

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

/// Returns the text of a message with its arguments inserted. A call does not compile if it has
/// more or fewer arguments than the pattern of the message needs.
template <auto code, class... Arguments>
[[nodiscard]] std::string say(Arguments&&... arguments) {
    constexpr std::string_view pattern =
        Sentences<decltype(code)>::table[static_cast<std::size_t>(code)].pattern;
    static_assert(spf::argument_count(pattern) == sizeof...(Arguments),
                  "one argument for each number in the pattern");
    const spf::Message<decltype(code)> message{
        code, {spf::Argument(std::forward<Arguments>(arguments))...}};
    return spf::rendered(pattern, message.arguments);
}

}  // namespace spfcheck
