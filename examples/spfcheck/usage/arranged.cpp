#include "usage/arranged.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

#include "io/failure.hpp"
#include "io/sentences.hpp"
#include "names/first_word.hpp"

namespace spfcheck {
namespace {

using Words = std::vector<std::string>;

/// Returns the option that a word before the sub-command is; null if no sub-command has it.
const Option* option_of_any(std::string_view name, const CommandTable& program) {
    if (const Option* const option = program.find(name)) return option;
    for (const CommandTable& command : program.commands) {
        if (const Option* const option = command.find(name)) return option;
    }
    return nullptr;
}

/// Returns the index of the first word that is neither an option nor the value of one.
std::size_t first_word(const Words& words, const CommandTable& program) {
    std::size_t i = 0;
    while (i < words.size() && words[i].size() > 1 && words[i].starts_with('-')) {
        const bool has_value = words[i].find('=') != std::string::npos;
        const Option* const option = option_of_any(words[i], program);
        i += option != nullptr && option->takes_value() && !has_value ? 2U : 1U;
    }
    return std::min(i, words.size());
}

/// Joins the words of a record that was pasted without quotes, up to the first option such as
/// `--json`. A term such as `-all` is not an option, because it has one hyphen.
void join_record(Words& words, std::size_t at) {
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = std::find_if(std::next(begin), words.end(),
                                  [](const std::string& word) { return word.starts_with("--"); });
    for (auto word = std::next(begin); word != end; ++word) *begin += ' ' + *word;
    words.erase(std::next(begin), end);
}

/// Returns `help [COMMAND]` as options of the sub-command.
Words help_of_command(const Words& words, std::size_t at, const CommandTable& program) {
    if (at + 1 == words.size()) return {"--help"};
    // What is not a sub-command is reported as an unknown one, not as a request for help.
    if (program.command(words[at + 1]) == nullptr) return {words[at + 1]};
    return {words[at + 1], "--help"};
}

}  // namespace

std::vector<std::string> arranged(std::vector<std::string> words, const CommandTable& program,
                                  std::ostream& err) {
    const std::size_t at = first_word(words, program);
    if (at == words.size()) return words;
    if (words[at] == "help") return help_of_command(words, at, program);
    if (program.command(words[at]) != nullptr) {
        const auto begin = words.begin();
        std::rotate(begin, begin + static_cast<std::ptrdiff_t>(at),
                    begin + static_cast<std::ptrdiff_t>(at) + 1);
        return words;
    }
    const WordKind kind = kind_of(words[at]);
    if (kind == WordKind::name) words.insert(words.begin(), "overview");
    if (kind == WordKind::record) {
        tell_note(say<ProgramSentence::word_is_record>(), err);
        join_record(words, at);
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), "--record");
        words.insert(words.begin(), "lint");
    }
    return words;
}

std::optional<std::string> take_language(std::vector<std::string>& words,
                                         const CommandTable& program) {
    constexpr std::string_view option = "--lang";
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        const auto at = words.begin() + static_cast<std::ptrdiff_t>(i);
        if (words[i].starts_with(option) && words[i].substr(option.size()).starts_with('=')) {
            std::string value = words[i].substr(option.size() + 1);
            words.erase(at);
            return value;
        }
        if (words[i] == option) {
            const bool has_value = i + 1 < words.size();
            std::string value = has_value ? words[i + 1] : std::string();
            words.erase(at, std::next(at, has_value ? 2 : 1));
            return value;
        }
        // The value of another option may be anything, even "--lang".
        const bool is_option = words[i].size() > 1 && words[i].starts_with('-');
        const Option* const other = is_option ? option_of_any(words[i], program) : nullptr;
        if (other != nullptr && other->takes_value()) ++i;
    }
    return std::nullopt;
}

}  // namespace spfcheck
