// The code that reads and fills the patterns of all messages for people. A pattern is a text with
// placeholders (base/message.hpp).
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/code_table.hpp"
#include "spf/base/message.hpp"

namespace spf {

/// Reads a pattern from left to right. Calls `on_text` with each text between placeholders. Calls
/// `on_placeholder` with each Placeholder and with its text in the pattern.
template <class OnText, class OnPlaceholder>
constexpr void read_pattern(std::string_view pattern, const OnText& on_text,
                            const OnPlaceholder& on_placeholder) {
    while (!pattern.empty()) {
        const auto found = placeholder_at(pattern);
        if (found) on_placeholder(*found, pattern.substr(0, found->size));
        const std::size_t next =
            found ? found->size : std::min(pattern.find('{', 1), pattern.size());
        if (!found) on_text(pattern.substr(0, next));
        pattern.remove_prefix(next);
    }
}

/// A row of a table of messages: the code of a message, and its pattern in one language. The rows
/// are in the order of the codes (is_in_order_of_codes() in base/code_table.hpp).
template <class Code>
struct Wording {
    Code code;
    std::string_view pattern;
};

/// Returns the message with the code `code` and these arguments. The call does not compile if the
/// pattern in the table needs another number of arguments.
template <const auto& table, auto code, class... Arguments>
[[nodiscard]] Message<decltype(code)> say(Arguments&&... arguments) {
    constexpr std::string_view pattern = row_of(table, code).pattern;
    static_assert(argument_count(pattern) == sizeof...(Arguments),
                  "one argument for each number in the pattern");
    return {code, {Argument(std::forward<Arguments>(arguments))...}};
}

/// Returns the text of a message whose pattern is in a table.
template <class Table, class Code>
[[nodiscard]] std::string rendered(const Table& table, const Message<Code>& message,
                                   const Language& language = {}) {
    return rendered(row_of(table, message.code).pattern, message.arguments, language);
}

/// Appends a pattern to `out`. `{1}`, `{2}` and so on are replaced by the arguments, which are
/// neither changed nor cut. The pattern must not contain other placeholders. This is faster than
/// rendered(), because no argument is copied to a Message.
inline void append_filled(std::string& out, std::string_view pattern,
                          std::initializer_list<std::string_view> arguments) {
    constexpr std::size_t size = 3;  // the size of `{1}`
    for (std::size_t at = pattern.find('{'); at < pattern.size() && pattern.size() - at >= size;
         at = pattern.find('{')) {
        out.append(pattern.substr(0, at));
        const auto index = static_cast<std::size_t>(pattern[at + 1] - '1');
        if (index < arguments.size()) out.append(arguments.begin()[index]);
        pattern.remove_prefix(at + size);
    }
    out.append(pattern);
}

}  // namespace spf
