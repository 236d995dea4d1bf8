// Selects the sub-command, sets the exit status, and handles errors.

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <unistd.h>

#include "commands.hpp"
#include "io/failure.hpp"
#include "io/output_buffer.hpp"
#include "io/sentences.hpp"
#include "names/first_word.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

/// Returns the arguments in reverse order, as CLI11 expects them. After an option without a value,
/// such as `--sender=`, an empty argument is inserted as its value, because CLI11 would use the
/// next argument instead.
std::vector<std::string> arguments(int argc, char** argv) {
    std::vector<std::string> out;
    for (int i = 1; i < argc; ++i) {
        std::string argument = argv[i];
        const bool empty_value = argument.starts_with("--") && argument.size() > 3 &&
                                 argument.find('=') == argument.size() - 1;
        if (empty_value) argument.pop_back();
        out.push_back(std::move(argument));
        if (empty_value) out.emplace_back();
    }
    std::reverse(out.begin(), out.end());
    return out;
}

std::vector<std::string_view> command_names() {
    std::vector<std::string_view> out;
    for (const Command& each : commands()) out.emplace_back(each.name);
    return out;
}

bool is_command(std::string_view word) {
    return std::ranges::any_of(commands(),
                               [word](const Command& each) { return each.name == word; });
}

/// Joins the words of a record that was pasted without quotes, up to the first option such as
/// `--json`. A term such as `-all` is not an option, because it has one hyphen.
void join_record(std::vector<std::string>& reversed) {
    std::string record = std::move(reversed.back());
    reversed.pop_back();
    while (!reversed.empty() && !reversed.back().starts_with("--")) {
        record += ' ' + reversed.back();
        reversed.pop_back();
    }
    reversed.push_back(std::move(record));
}

/// Changes a command line whose first word is not a sub-command into the one that is meant: a name
/// gets the sub-command `overview`, a record `lint --record`, and `help` becomes `--help`.
void complete(std::vector<std::string>& reversed, std::ostream& err) {
    if (reversed.empty() || is_command(reversed.back())) return;
    const std::string first = reversed.back();
    if (first == "help") {
        reversed.pop_back();
        if (reversed.empty()) reversed.emplace_back("--help");
        // What is not a sub-command is reported as an unknown one, not as a request for help.
        if (is_command(reversed.back())) reversed.insert(reversed.end() - 1, "--help");
        return;
    }
    switch (kind_of(first)) {
        case WordKind::name: reversed.emplace_back("overview"); return;
        case WordKind::record:
            tell_note(say<ProgramSentence::word_is_record>(), err);
            join_record(reversed);
            reversed.insert(reversed.end(), {"--record", "lint"});
            return;
        case WordKind::address:
        case WordKind::option:
        case WordKind::other: return;
    }
}

/// Returns what is wrong with a word in place of a sub-command.
std::string not_a_command(const std::string& word) {
    const WordKind kind = kind_of(word);
    if (kind == WordKind::option) return say<ProgramSentence::no_option>(word);
    if (kind == WordKind::address) return say<ProgramSentence::word_is_address>(word);
    const std::string_view near = nearest(word, command_names());
    return near.empty() ? say<ProgramSentence::no_sub_command>(word)
                        : say<ProgramSentence::no_sub_command_near>(word, near);
}

/// Prints what is wrong with the command line in one line, and in a second line which command
/// prints help. Returns the exit status.
int wrong_usage(const CLI::App& app, const CLI::ParseError& error, std::ostream& err) {
    std::string command;
    for (const CLI::App* chosen : app.get_subcommands()) command = chosen->get_name();
    std::string message = error.what();
    const std::vector<std::string> unknown = app.remaining();
    const bool no_command = app.get_subcommands().empty();
    if (no_command && !unknown.empty()) {
        message = not_a_command(unknown.front());
    } else if (no_command) {
        message = say<ProgramSentence::sub_command_missing>();
    }
    return tell_usage(spf::printable(message, 1000), command, err);
}

int dispatch(std::vector<std::string> command_line, std::ostream& out, std::ostream& err) {
    CLI::App app;
    const SubCommands sub_commands(app);
    complete(command_line, err);
    const Invocation invocation{{command_line.rbegin(), command_line.rend()}};
    try {
        app.parse(std::move(command_line));
    } catch (const CLI::Success& request) {  // --help, --version
        return app.exit(request, out, err);
    } catch (const CLI::ParseError& error) {
        return wrong_usage(app, error, err);
    }
    return sub_commands.chosen().second(invocation, out, err);
}

/// Writes the output that is still in the buffer. Returns `status`, or the status of an error if
/// the output cannot be written. A closed pipe (`| head -1`) is not an error, but a full disk is.
int with_output_written(int status, std::ostream& out, const OutputBuffer& buffer) {
    out.flush();
    if (buffer.error() == 0 || buffer.error() == EPIPE) return status;
    return tell({exit_internal, say<ProgramSentence::cannot_write>(
                                    std::generic_category().message(buffer.error()))},
                std::cerr);
}

}  // namespace
}  // namespace spfcheck

int main(int argc, char** argv) {
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    // There is no other thread yet. NOLINTNEXTLINE(concurrency-mt-unsafe)
    static_cast<void>(std::setlocale(LC_CTYPE, ""));
    try {
        spfcheck::OutputBuffer buffer(STDOUT_FILENO);
        std::ostream out(&buffer);
        const int status = spfcheck::dispatch(spfcheck::arguments(argc, argv), out, std::cerr);
        return spfcheck::with_output_written(status, out, buffer);
    } catch (const std::exception& error) {
        using spfcheck::ProgramSentence;
        return spfcheck::tell(
            {spfcheck::exit_internal, spfcheck::say<ProgramSentence::internal_error>(error.what())},
            std::cerr);
    }
}
