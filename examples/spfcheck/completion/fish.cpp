#include <algorithm>
#include <ostream>
#include <set>
#include <utility>

#include "completion/scripts.hpp"

namespace spfcheck {
namespace {

constexpr std::string_view fish_functions = R"(
function __spfcheck_command
    set -l words (commandline -opc)
    set -e words[1]
    set -l is_value no
    for word in $words
        if test $is_value = yes
            set is_value no
            continue
        end
        if contains -- $word $__spfcheck_with_value
            set is_value yes
        else if contains -- $word $__spfcheck_names
            echo $word
            return
        else if string match -q -- '-*' $word
            continue
        else if string match -q -- '*.*' $word
            echo overview
            return
        else
            echo unknown
            return
        end
    end
    echo none
end

function __spfcheck_is
    contains -- (__spfcheck_command) $argv
end

complete -c spfcheck -f
)";

std::string in_quotes(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + '\'';
}

std::string values(std::string_view value) {
    switch (kind_of_value(value)) {
        case ValueKind::choice: {
            std::string words;
            for (const std::string& each : choices_in(value)) {
                words += (words.empty() ? "" : " ") + each;
            }
            return " -x -a " + in_quotes(words);
        }
        case ValueKind::file: return " -r -F";
        case ValueKind::service: return " -x -a '$__spfcheck_services'";
        case ValueKind::command: return " -x -a '$__spfcheck_names'";
        case ValueKind::anything: break;
    }
    return " -x";
}

std::string arguments_of(const Option& option) {
    std::string out;
    for (const std::string& name : option.names) {
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (option.takes_value()) out += values(option.value);
    return out + " -d " + in_quotes(in_short(option.description));
}

/// The arguments of `complete` for each option, with the sub-commands that have this option.
std::vector<std::pair<std::string, std::string>> options_of(const CommandTable& program) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const CommandTable& command : program.commands) {
        // Before a sub-command, the options are those of the overview.
        const std::string names = ' ' + command.name + (command.name == "overview" ? " none" : "");
        for (const Option& option : command.options) {
            const std::string text = arguments_of(option);
            const auto same =
                std::ranges::find(out, text, &std::pair<std::string, std::string>::first);
            if (same != out.end()) {
                same->second += names;
            } else {
                out.emplace_back(text, names);
            }
        }
    }
    return out;
}

}  // namespace

void write_fish(std::ostream& out, const CommandTable& program) {
    out << "# Completes command lines of spfcheck in fish; written by \"spfcheck completion "
           "fish\".\n\n"
           "set -g __spfcheck_names help";
    for (const CommandTable& command : program.commands) out << ' ' << command.name;
    out << "\nset -g __spfcheck_services";
    for (const std::string& word : service_words()) out << ' ' << word;
    out << "\nset -g __spfcheck_with_value";
    std::set<std::string> with_value;
    for (const CommandTable& command : program.commands) {
        for (const Option& option : command.options) {
            if (option.takes_value()) with_value.insert(option.names.begin(), option.names.end());
        }
    }
    for (const std::string& name : with_value) out << ' ' << name;
    out << '\n' << fish_functions;
    for (const CommandTable& command : program.commands) {
        out << "complete -c spfcheck -n '__spfcheck_is none help' -a " << command.name << " -d "
            << in_quotes(in_short(command.summary)) << '\n';
    }
    out << "complete -c spfcheck -n '__spfcheck_is none' -a help -d 'Prints the help of a "
           "command'\n"
           "complete -c spfcheck -n '__spfcheck_is none'"
        << arguments_of(*program.find("--version")) << '\n';
    for (const CommandTable& command : program.commands) {
        for (const Argument& argument : command.arguments) {
            const ValueKind kind = kind_of_value(argument.value);
            if (kind == ValueKind::anything) continue;
            out << "complete -c spfcheck -n '__spfcheck_is " << command.name << '\''
                << (kind == ValueKind::file ? " -F" : values(argument.value).substr(3)) << '\n';
        }
    }
    for (const auto& [text, commands] : options_of(program)) {
        out << "complete -c spfcheck -n '__spfcheck_is" << commands << '\'' << text << '\n';
    }
}

}  // namespace spfcheck
