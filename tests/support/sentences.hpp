// Checks the properties that every message for people must have, whatever its arguments are.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/message.hpp"
#include "spf/base/printable.hpp"
#include "support/catch.hpp"

namespace spf::test {

/// Returns arguments that untrusted senders may have chosen, and the smallest and largest numbers.
inline std::vector<Argument> extreme_arguments() {
    return {"",
            std::string(10'000, 'x'),
            std::string(10'000, '\x9f'),
            std::string_view("\0\x01\r\n\x1b[2J\x7f", 9),
            "\xe2\x80\xae\xc3\xa9\xf0\x9f\x93\xa7",
            "{2}{1:a|b}{9}{",
            std::uint64_t{0},
            std::uint64_t{1},
            std::numeric_limits<std::uint64_t>::max()};
}

/// Returns whether a placeholder such as `{1}` or `{2:one|many}` is left in a text.
inline bool has_placeholder(std::string_view text) {
    for (std::size_t at = 0; (at = text.find('{', at)) != std::string_view::npos; ++at) {
        if (at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '9') return true;
    }
    return false;
}

/// Checks a message text in which every placeholder was replaced by `argument`. The text must be
/// printable, not too long, and without placeholders.
inline void check_rendered(std::string_view text, std::string_view pattern,
                           const Argument& argument) {
    CAPTURE(pattern, text);
    CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }));
    const auto places = static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '{'));
    CHECK(text.size() <= pattern.size() + places * longest_argument);
    const bool braces = argument.text().find('{') != std::string::npos;
    CHECK((braces || !has_placeholder(text)));
}

/// Checks the messages that result from a pattern when one of the extreme arguments replaces every
/// placeholder.
inline void check_pattern(std::string_view pattern) {
    CAPTURE(pattern);
    for (const Argument& each : extreme_arguments()) {
        const std::vector<Argument> arguments(argument_count(pattern), each);
        check_rendered(rendered(pattern, arguments), pattern, each);
    }
}

/// Checks all patterns in the table of a folder of lib/. Each pattern must be printable, differ
/// from all others, and use each of its arguments. It must also pass check_pattern().
template <class Table>
void check_sentences(const Table& table) {
    std::set<std::string_view> patterns;
    for (const auto& each : table) {
        const std::string_view pattern = each.pattern;
        CAPTURE(pattern);
        CHECK_FALSE(pattern.empty());
        CHECK(patterns.insert(pattern).second);
        CHECK(printable(pattern) == pattern);
        CHECK(pattern.find("  ") == std::string_view::npos);
        const std::vector<Argument> usual(argument_count(pattern), "x");
        for (std::size_t i = 0; i < usual.size(); ++i) {
            std::vector<Argument> arguments = usual;
            arguments[i] = "other";
            CHECK(rendered(pattern, arguments) != rendered(pattern, usual));
        }
        check_pattern(pattern);
    }
}

}  // namespace spf::test
