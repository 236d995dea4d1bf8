// Shows advice in the table of a report.

#include <algorithm>
#include <string_view>
#include <vector>

#include "report/table.hpp"
#include "spf/advice/advice.hpp"

namespace spf::advice {
namespace {

std::string_view label_of(Advice::To to) noexcept {
    switch (to) {
        case Advice::To::receiver: return pattern_of(Sentence::label_receiver);
        case Advice::To::owner: return pattern_of(Sentence::label_owner);
        case Advice::To::sender: break;
    }
    return pattern_of(Sentence::label_sender);
}

/// Splits a command line into words. A word with spaces is in single quotes.
std::vector<std::string_view> words_of(std::string_view command) {
    std::vector<std::string_view> out;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= command.size(); ++at) {
        const bool end = at == command.size();
        if (!end && command[at] == '\'') quoted = !quoted;
        if (!end && (quoted || command[at] != ' ')) continue;
        out.push_back(command.substr(begin, at - begin));
        begin = at + 1;
    }
    return out;
}

/// Shows a command in lines of its own below the advice, so that it can be copied. A long command
/// is continued in the next line after a backslash.
void show_command(report::Table& table, std::string_view command) {
    constexpr std::string_view next = " \\";
    const std::size_t width = table.text_width() - next.size();
    const std::vector<std::string_view> words = words_of(command);
    const bool fits = std::all_of(words.begin(), words.end(), [width](std::string_view word) {
        return word.size() + 2 <= width;
    });
    if (command.size() <= table.text_width()) return table.raw("", command);
    if (!fits) return table.row("", command);
    std::string line;
    for (const std::string_view word : words) {
        if (!line.empty() && line.size() + 1 + word.size() > width) {
            table.raw("", line + std::string(next));
            line = "  ";
        } else if (!line.empty()) {
            line += ' ';
        }
        line += word;
    }
    table.raw("", line);
}

}  // namespace

std::string text(std::span<const Advice> advice, const report::TextStyle& style) {
    report::Table table(style.width);
    for (const Advice& each : advice) {
        table.row(style.language(label_of(each.to)), each.text(style.language));
        if (!each.command.empty()) show_command(table, each.command);
    }
    return table.text();
}

}  // namespace spf::advice
