// Makes a command line. Its words are quoted where needed, so that the shell does not interpret
// names from remote parties (POSIX, Shell Command Language, 2.2.2).

#include "spf/advice/command.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace spf::advice {
namespace {

constexpr ascii::OctetSet is_plain{
    [](char c) { return ascii::is_alnum(c) || ascii::contains("@%+=:,./_-", c); }};

}  // namespace

std::string shell_word(std::string_view word) {
    if (!word.empty() && is_plain.has_all(word)) return std::string(word);
    std::string out = "'";
    for (const char c : word) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out += c;
        }
    }
    return out + '\'';
}

std::string command_line(std::span<const std::string> words) {
    std::string out = "spfcheck";
    for (const std::string& word : words) {
        if (!std::all_of(word.begin(), word.end(), ascii::is_printable)) return {};
        out += ' ' + shell_word(word);
    }
    return out;
}

std::vector<std::string> command_lines(std::span<const std::string> words, std::size_t width) {
    std::vector<std::string> out;
    if (command_line(words).empty()) return out;
    std::string line = "spfcheck";
    for (const std::string& each : words) {
        std::string word = shell_word(each);
        if (line.size() + 1 + word.size() + 2 > width) {  // 2: " \" if another word follows
            out.push_back(line + " \\");
            line = "   ";
        }
        line += ' ';
        // Within a word, a backslash at the end of a line joins it to the next line, which must
        // then begin with the rest of the word (POSIX, Shell Command Language, 2.2.1).
        const bool is_quoted = word.starts_with('\'');
        while (!is_quoted && line.size() + word.size() + 2 > width) {
            const std::size_t fits = width - 1 - line.size();
            out.push_back(line + word.substr(0, fits) + '\\');
            word.erase(0, fits);
            line.clear();
        }
        line += word;
    }
    out.push_back(std::move(line));
    return out;
}

std::vector<std::string> indented_command_lines(std::span<const std::string> words,
                                                std::size_t width) {
    constexpr std::string_view indent = "  ";
    std::vector<std::string> out = command_lines(words, width - indent.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i == 0 || out[i].starts_with(' ')) out[i].insert(0, indent);
    }
    return out;
}

}  // namespace spf::advice
