// What each room that speaks to people builds its table of sentences on (base/message.hpp).
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

/// `{N}` or `{N:one|many}` at the beginning of a text.
struct Placeholder {
    std::size_t number = 0;  ///< from 1
    std::optional<std::pair<std::string_view, std::string_view>> words{};
    std::size_t size = 0;  ///< octets, braces included
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

/// Calls `on_text` with each text between placeholders and `on_placeholder` with each placeholder,
/// in order.
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

/// As argument_count(), which a public header need not show how to compute.
[[nodiscard]] constexpr std::size_t count_arguments(std::string_view pattern) noexcept {
    std::size_t highest = 0;
    read_pattern(
        pattern, [](std::string_view) {},
        [&highest](const Placeholder& placeholder, std::string_view) {
            highest = std::max(highest, placeholder.number);
        });
    return highest;
}

/// A row of a room's table: a sentence, and its words in one language. The table is an array in the
/// order of the enumeration (is_in_order_of_codes() in base/code_table.hpp).
template <class Code>
struct Wording {
    Code code;
    std::string_view pattern;
};

/// The sentence `code` of a table with its arguments. If their number is not the number that the
/// pattern takes, this does not compile.
template <const auto& table, auto code, class... Arguments>
[[nodiscard]] Message<decltype(code)> say(Arguments&&... arguments) {
    constexpr std::string_view pattern = row_of(table, code).pattern;
    static_assert(count_arguments(pattern) == sizeof...(Arguments),
                  "one argument for each number in the pattern");
    return {code, {Argument(std::forward<Arguments>(arguments))...}};
}

/// The text of a sentence in the words of a table.
template <class Table, class Code>
[[nodiscard]] std::string rendered(const Table& table, const Message<Code>& message) {
    return rendered(row_of(table, message.code).pattern, message.arguments);
}

/// Appends a pattern with texts in the place of `{1}`, `{2}` and so on, each as it is and in full;
/// of other placeholders there must be none. Faster than rendered(), as no argument is copied.
inline void append_filled(std::string& out, std::string_view pattern,
                          std::initializer_list<std::string_view> arguments) {
    constexpr std::size_t size = 3;  // of `{1}`
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
