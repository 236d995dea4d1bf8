#include "io/command_lines.hpp"

#include "spf/advice/command.hpp"

namespace spfcheck {

std::vector<std::string> command_lines(const std::vector<std::string>& words, std::size_t width) {
    std::vector<std::string> out;
    if (spf::advice::command_line(words).empty()) return out;
    std::string line = "spfcheck";
    for (const std::string& each : words) {
        std::string word = spf::advice::shell_word(each);
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

}  // namespace spfcheck
