#include "usage/problem.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "io/language.hpp"
#include "names/first_word.hpp"
#include "usage/sentences.hpp"

namespace spfcheck {
namespace {

using Says = UsageSentence;
using Words = std::vector<std::string>;

/// What the words after a sub-command are.
struct Reading {
    std::map<const Option*, int> options;  ///< how often each option is given
    Words arguments;
};

bool is_option(std::string_view word) { return word.size() > 1 && word.starts_with('-'); }

Spoken not_a_command(const std::string& word, const CommandTable& program) {
    if (kind_of(word) == WordKind::address) return say<Says::word_is_address>(word);
    std::vector<std::string_view> names{"help"};
    for (const CommandTable& each : program.commands) names.emplace_back(each.name);
    const std::string_view near = nearest(word, names);
    return near.empty() ? say<Says::no_sub_command>(word)
                        : say<Says::no_sub_command_near>(word, near);
}

/// Returns the option of a table whose name is like `name`; empty if there is none.
std::string near_option(std::string_view name, const CommandTable& table) {
    std::vector<std::string_view> names;
    for (const Option& option : table.options) {
        // Without hyphens: the two at the beginning would make short names similar.
        names.push_back(std::string_view(option.name()).substr(2));
    }
    name.remove_prefix(std::min(name.find_first_not_of('-'), name.size()));
    const std::string_view near = nearest(name, names);
    return near.empty() ? std::string() : "--" + std::string(near);
}

Spoken not_an_option(const std::string& name, const CommandTable& command,
                     const CommandTable& program) {
    for (const CommandTable& each : program.commands) {
        if (each.find(name) != nullptr) {
            return say<Says::option_of_another>(command.name, name, each.name);
        }
    }
    if (const std::string near = near_option(name, command); !near.empty()) {
        return say<Says::no_option_near>(command.name, name, near);
    }
    return say<Says::no_option>(command.name, name);
}

/// Returns the option that a word such as "--zone", "--zone=FILE" or "-vv" is; null if a letter or
/// the name is not one of the table.
const Option* option_in(std::string_view word, const CommandTable& command) {
    if (word.starts_with("--")) return command.find(word.substr(0, word.find('=')));
    const Option* found = nullptr;
    for (const char letter : word.substr(1)) {
        found = command.find(std::string{'-', letter});
        if (found == nullptr || found->takes_value()) break;
    }
    return found;
}

/// Returns whether a word is the text of a record, or its beginning.
bool has_record(const Words& words) {
    return std::ranges::any_of(
        words, [](const std::string& word) { return kind_of(word) == WordKind::record; });
}

/// Reads the words after the sub-command. Returns the first mistake in them, or empty.
Spoken read(const Words& words, const CommandTable& command, const CommandTable& program,
            Reading& out) {
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--") {
            out.arguments.insert(out.arguments.end(),
                                 words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
            break;
        }
        if (!is_option(word)) {
            out.arguments.push_back(word);
            continue;
        }
        const Option* const option = option_in(word, command);
        const std::size_t equals = word.find('=');
        if (option == nullptr && !word.starts_with("--") && has_record(words)) {
            return say<Says::record_without_quotes>(word);
        }
        if (option == nullptr) return not_an_option(word.substr(0, equals), command, program);
        ++out.options[option];
        if (!option->takes_value()) {
            if (equals == std::string::npos) continue;
            return say<Says::value_of_flag>(option->name(), word.substr(equals + 1));
        }
        if (equals != std::string::npos) continue;
        if (i + 1 == words.size()) return say<Says::value_missing>(option->name(), option->value);
        const std::string& value = words[++i];
        if (is_option(value) && option_in(value, command) != nullptr) {
            return say<Says::value_is_option>(option->name(), option->value, value);
        }
        while (option->several && option->value.ends_with("...") && i + 1 < words.size() &&
               !is_option(words[i + 1])) {
            ++i;
        }
    }
    return {};
}

Spoken wrong_options(const Reading& reading, const CommandTable& command) {
    for (const auto& [option, times] : reading.options) {
        if (times > 1 && option->takes_value() && !option->several) {
            return say<Says::only_once>(option->name());
        }
        const auto is_given = [&reading](const std::string& name) {
            return std::ranges::any_of(
                reading.options, [&name](const auto& each) { return each.first->name() == name; });
        };
        for (const std::string& other : option->needs) {
            if (!is_given(other)) return say<Says::needs_option>(option->name(), other);
        }
        for (const std::string& other : option->excludes) {
            if (is_given(other)) return say<Says::excludes_option>(option->name(), other);
        }
    }
    for (const Option& option : command.options) {
        if (option.required && !reading.options.contains(&option)) {
            return say<Says::option_missing>(option.name(), option.value,
                                             Spoken(translated(option.description)));
        }
    }
    return {};
}

/// Returns what a sub-command takes besides options, as in "DOMAIN RELAY...".
std::string arguments_of(const CommandTable& command) {
    const std::string& usage = command.usage.front();
    return usage.substr(0, usage.find(" [OPTION"));
}

Spoken wrong_arguments(const Words& given, const CommandTable& command) {
    const std::vector<Argument>& wanted = command.arguments;
    for (std::size_t i = given.size(); i < wanted.size(); ++i) {
        if (wanted[i].required) {
            return say<Says::argument_missing>(wanted[i].name,
                                               Spoken(translated(wanted[i].description)));
        }
    }
    std::size_t most = 0;
    for (const Argument& each : wanted) most += static_cast<std::size_t>(each.most);
    if (given.size() <= most) return {};
    return wanted.empty()
               ? say<Says::too_many_words_none>(given[most], command.name)
               : say<Says::too_many_words>(given[most], command.name, arguments_of(command));
}

/// Returns a message about an option whose name the parser mentions, which is about its value.
Spoken wrong_value(const Reading& reading, const std::string& said) {
    for (const auto& [option, times] : reading.options) {
        if (option->takes_value() && said.find(option->name()) != std::string::npos) {
            return say<Says::unreadable_value>(option->name(), option->value);
        }
    }
    return {};
}

}  // namespace

std::string problem_of(const std::vector<std::string>& words, const CommandTable& program,
                       Refusal refusal, const std::string& said) {
    if (words.empty()) return say<Says::sub_command_missing>();
    const CommandTable* const command = program.command(words.front());
    if (command == nullptr) {
        const auto word = std::ranges::find_if_not(words, is_option);
        const auto strange = std::ranges::find_if(words, [&program](const std::string& each) {
            return is_option(each) && std::ranges::none_of(program.commands, [&each](auto& table) {
                       return option_in(each, table) != nullptr;
                   });
        });
        if (strange != words.end()) return say<Says::no_option_before>(*strange);
        return word == words.end() ? say<Says::sub_command_missing>()
                                   : not_a_command(*word, program);
    }
    Reading reading;
    std::string problem = read(words, *command, program, reading);
    if (problem.empty() && refusal == Refusal::value) return said;
    if (problem.empty()) problem = wrong_options(reading, *command);
    if (problem.empty()) problem = wrong_arguments(reading.arguments, *command);
    if (problem.empty()) problem = wrong_value(reading, said);
    return problem.empty() ? say<Says::not_understood>(command->name) : problem;
}

}  // namespace spfcheck
