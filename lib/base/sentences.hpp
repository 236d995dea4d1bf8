// The code that all tables of messages for people are built on (base/message.hpp).
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/code_table.hpp"
#include "spf/base/message.hpp"

namespace spf {

/// A placeholder at the beginning of a text: `{N}` for argument N, or `{N:one|many}` for one of two
/// texts. The first text is for an argument that is 1, the second for all others.
struct Placeholder {
    std::size_t number = 0;  ///< the number of the argument, from 1
    /// The two texts of `{N:one|many}`; nothing for `{N}`.
    std::optional<std::pair<std::string_view, std::string_view>> words{};
    std::size_t size = 0;  ///< the size in octets, including the braces
};

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

/// Calls `on_text` with each text between placeholders, and `on_placeholder` with each placeholder
/// and its text, in order.
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

/// Returns the same as argument_count(), and can be used at compile time. The public header of
/// argument_count() need not contain this code.
[[nodiscard]] constexpr std::size_t count_arguments(std::string_view pattern) noexcept {
    std::size_t highest = 0;
    read_pattern(
        pattern, [](std::string_view) {},
        [&highest](const Placeholder& placeholder, std::string_view) {
            highest = std::max(highest, placeholder.number);
        });
    return highest;
}

/// A row of a table of messages: the code of a message, and its pattern in one language. The table
/// is an array in the order of the enumeration (is_in_order_of_codes() in base/code_table.hpp).
template <class Code>
struct Wording {
    Code code;
    std::string_view pattern;
};

/// Returns the message `code` of a table with its arguments. If the pattern has another number of
/// arguments, the call does not compile.
template <const auto& table, auto code, class... Arguments>
[[nodiscard]] Message<decltype(code)> say(Arguments&&... arguments) {
    constexpr std::string_view pattern = row_of(table, code).pattern;
    static_assert(count_arguments(pattern) == sizeof...(Arguments),
                  "one argument for each number in the pattern");
    return {code, {Argument(std::forward<Arguments>(arguments))...}};
}

/// Returns the text of a message, made with the patterns of a table.
template <class Table, class Code>
[[nodiscard]] std::string rendered(const Table& table, const Message<Code>& message) {
    return rendered(row_of(table, message.code).pattern, message.arguments);
}

/// Appends a pattern in which `{1}`, `{2}` and so on are replaced by the arguments, unchanged and
/// in full. The pattern must not contain other placeholders. This is faster than rendered(),
/// because no argument is copied.
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
