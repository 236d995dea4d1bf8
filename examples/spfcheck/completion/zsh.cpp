#include <ostream>

#include "completion/scripts.hpp"

namespace spfcheck {
namespace {

/// Returns a text within single quotes of the shell, with a backslash before each of `special`.
std::string in_quotes(std::string_view text, std::string_view special) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
            continue;
        }
        if (special.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

/// Returns what proposes a value, as _arguments expects it.
std::string action(std::string_view value) {
    switch (kind_of_value(value)) {
        case ValueKind::choice: {
            std::string out = "(";
            for (const std::string& each : choices_in(value)) {
                out += (out.size() > 1 ? " " : "") + each;
            }
            return out + ')';
        }
        case ValueKind::file: return "_files";
        case ValueKind::service: return "_spfcheck_services";
        case ValueKind::command: return "_spfcheck_commands";
        case ValueKind::anything: break;
    }
    return " ";
}

void write_option(std::ostream& out, const Option& option) {
    const bool prints_only = option.group == "General";
    for (const std::string& name : option.names) {
        out << " \\\n        '"
            << (prints_only      ? "(- *)"
                : option.several ? "*"
                                 : "")
            << name << (option.takes_value() ? "=" : "") << '['
            << in_quotes(in_short(option.description), "[]\\:") << ']';
        if (option.takes_value()) {
            out << ':' << in_quotes(option.value, ":\\") << ':' << action(option.value);
        }
        out << '\'';
    }
}

void write_function(std::ostream& out, const CommandTable& command) {
    out << "_spfcheck_" << command.name << "() {\n    _arguments -s";
    for (const Option& option : command.options) write_option(out, option);
    for (const Argument& argument : command.arguments) {
        out << " \\\n        '" << (argument.several() ? "*" : "") << ':'
            << in_quotes(argument.name, ":\\") << ':';
        // What begins with a hyphen is an option, even if nothing is known about the argument.
        const bool anything = kind_of_value(argument.value) == ValueKind::anything;
        out << (anything ? "_guard \"^-*\" " + argument.name : action(argument.value)) << '\'';
    }
    out << "\n}\n\n";
}

}  // namespace

void write_zsh(std::ostream& out, const CommandTable& program) {
    out << "#compdef spfcheck\n"
           "# Completes command lines of spfcheck in zsh; written by \"spfcheck completion "
           "zsh\".\n\n"
           "_spfcheck_services() {\n    local -a services=(";
    for (const std::string& word : service_words()) out << "\n        '" << word << '\'';
    out << "\n    )\n    _describe -t services service services\n}\n\n"
           "_spfcheck_commands() {\n    local -a commands=(";
    for (const CommandTable& command : program.commands) {
        out << "\n        '" << command.name << ':' << in_quotes(in_short(command.summary), "\\")
            << '\'';
    }
    out << "\n        'help:Prints the help of a command'\n    )\n"
           "    _describe -t commands command commands\n}\n\n";
    for (const CommandTable& command : program.commands) write_function(out, command);
    out << "_spfcheck() {\n"
           "    local curcontext=$curcontext state line\n"
           "    typeset -A opt_args\n"
           "    _arguments -s -C";
    const CommandTable* overview = program.command("overview");
    for (const Option& option : overview->options) write_option(out, option);
    write_option(out, *program.find("--version"));
    out << " \\\n        '1: :->first' '*:: :->rest'\n"
           "    case $state in\n"
           "        first) _spfcheck_commands ;;\n"
           "        rest)\n"
           "            case $words[1] in\n"
           "                help) _arguments '1: :_spfcheck_commands' ;;\n"
           "                *.*) _spfcheck_overview ;;\n"
           "                ";
    for (const CommandTable& command : program.commands) {
        out << (command.name == program.commands.front().name ? "" : "|") << command.name;
    }
    out << ") _spfcheck_$words[1] ;;\n"
           "            esac ;;\n"
           "    esac\n"
           "}\n\n"
           "if [[ $funcstack[1] == _spfcheck ]]; then\n"
           "    _spfcheck \"$@\"\n"
           "else\n"
           "    compdef _spfcheck spfcheck\n"
           "fi\n";
}

}  // namespace spfcheck
