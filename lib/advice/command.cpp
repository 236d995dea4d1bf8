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

}  // namespace spf::advice
