#include <map>
#include <ostream>
#include <set>

#include "completion/scripts.hpp"

namespace spfcheck {
namespace {

constexpr std::string_view functions =
    R"(# Completes command lines of spfcheck in bash; written by "spfcheck completion bash".

_spfcheck_words() {
    COMPREPLY=($(compgen -W "$1" -- "$current"))
}

_spfcheck_files() {
    local file
    while IFS= read -r file; do
        COMPREPLY+=("$file")
    done < <(compgen -f -- "$current")
    compopt -o filenames 2>/dev/null  # only works while completing
}

)";

constexpr std::string_view beginning = R"(_spfcheck() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    local command= position=0 i=1 word
    COMPREPLY=()
    # Bash splits "--option=value" into three words.
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    while ((i < COMP_CWORD)); do
        word=${COMP_WORDS[i]}
        ((i += 1))
        case $word in
)";

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : std::string(separator)) + word;
    return out;
}

std::vector<std::string> names_of(const std::vector<CommandTable>& commands) {
    std::vector<std::string> out;
    for (const CommandTable& each : commands) out.push_back(each.name);
    out.emplace_back("help");
    return out;
}

/// The options that have a value, each once, in the order of their names.
std::set<std::string> options_with(const CommandTable& program, ValueKind kind) {
    std::set<std::string> out;
    for (const CommandTable& command : program.commands) {
        for (const Option& option : command.options) {
            if (option.takes_value() && kind_of_value(option.value) == kind) {
                out.insert(option.names.begin(), option.names.end());
            }
        }
    }
    return out;
}

std::string pattern(const std::set<std::string>& options) {
    return joined({options.begin(), options.end()}, "|");
}

/// Writes what proposes values of the option before the cursor.
void write_values(std::ostream& out, const CommandTable& program) {
    // The patterns "COMMAND:OPTION" for each set of values. Before a sub-command, the options are
    // those of the overview.
    std::map<std::string, std::vector<std::string>> patterns;
    for (const CommandTable& command : program.commands) {
        for (const Option& option : command.options) {
            const std::string values = joined(option.choices(), " ");
            if (values.empty()) continue;
            patterns[values].push_back(command.name + ':' + option.name());
            if (command.name == "overview") patterns[values].push_back(':' + option.name());
        }
    }
    out << "    case $command:$previous in\n";
    for (const auto& [values, places] : patterns) {
        out << "        " << joined(places, "|") << ") _spfcheck_words \"" << values
            << "\"; return ;;\n";
    }
    out << "    esac\n    case $previous in\n";
    const auto write = [&out](const std::set<std::string>& options, std::string_view action) {
        if (!options.empty()) out << "        " << pattern(options) << ") " << action << " ;;\n";
    };
    write(options_with(program, ValueKind::file), "_spfcheck_files; return");
    write(options_with(program, ValueKind::service),
          "_spfcheck_words \"$(_spfcheck_services)\"; return");
    write(options_with(program, ValueKind::anything), "return");
    out << "    esac\n";
}

void write_options(std::ostream& out, const CommandTable& program) {
    const auto write = [&out](std::string_view pattern_of_command, const CommandTable& command,
                              std::string_view more) {
        std::vector<std::string> names;
        for (const Option& option : command.options) names.push_back(option.name());
        out << "            " << pattern_of_command << ") _spfcheck_words \"" << joined(names, " ")
            << more << "\" ;;\n";
    };
    out << "    if [[ $current == -* ]]; then\n        case $command in\n";
    write("''", *program.command("overview"), " --version");
    for (const CommandTable& command : program.commands) write(command.name, command, "");
    out << "        esac\n        return\n    fi\n";
}

void write_arguments(std::ostream& out, const CommandTable& program) {
    out << "    case $command:$position in\n        :*|help:0) _spfcheck_words \""
        << joined(names_of(program.commands), " ") << "\" ;;\n";
    for (const CommandTable& command : program.commands) {
        for (std::size_t i = 0; i < command.arguments.size(); ++i) {
            const Argument& argument = command.arguments[i];
            const std::string at = argument.several() ? "*" : std::to_string(i);
            out << "        " << command.name << ':' << at << ") ";
            switch (kind_of_value(argument.value)) {
                case ValueKind::choice:
                    out << "_spfcheck_words \"" << joined(choices_in(argument.value), " ") << "\" ";
                    break;
                case ValueKind::file: out << "_spfcheck_files "; break;
                case ValueKind::service: out << "_spfcheck_words \"$(_spfcheck_services)\" "; break;
                case ValueKind::command:
                case ValueKind::anything: break;
            }
            out << ";;\n";
        }
    }
    out << "    esac\n";
}

}  // namespace

void write_bash(std::ostream& out, const CommandTable& program) {
    std::set<std::string> with_value;
    for (const ValueKind kind : {ValueKind::anything, ValueKind::choice, ValueKind::file,
                                 ValueKind::service, ValueKind::command}) {
        with_value.merge(options_with(program, kind));
    }
    out << functions << "_spfcheck_services() {\n    echo \"" << joined(service_words(), "\n")
        << "\"\n}\n\n"
        << beginning << "            " << pattern(with_value) << R"()
                [[ ${COMP_WORDS[i]} == = ]] && ((i += 1))
                ((i += 1)) ;;
            -*) ;;
            *)
                if [[ -n $command ]]; then
                    ((position += 1))
                    continue
                fi
                case $word in
                    )"
        << joined(names_of(program.commands), "|") << R"() command=$word ;;
                    *.*) command=overview; position=1 ;;
                    *) return ;;
                esac ;;
        esac
    done
)";
    write_values(out, program);
    write_options(out, program);
    write_arguments(out, program);
    out << "}\ncomplete -F _spfcheck spfcheck\n";
}

}  // namespace spfcheck
