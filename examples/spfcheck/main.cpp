// Selects the sub-command, sets the exit status, and handles errors.

#include <cerrno>
#include <clocale>
#include <csignal>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <unistd.h>

#include "commands.hpp"
#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/output_buffer.hpp"
#include "io/sentences.hpp"
#include "spf/base/printable.hpp"
#include "table/table.hpp"
#include "usage/arranged.hpp"
#include "usage/problem.hpp"
#include "usage/sentences.hpp"

namespace spfcheck {
namespace {

/// Returns the words of the command line. After an option without a value, such as `--sender=`, an
/// empty word is inserted as its value, because CLI11 would use the next word instead.
std::vector<std::string> words_of(int argc, char** argv) {
    std::vector<std::string> out;
    for (int i = 1; i < argc; ++i) {
        std::string word = argv[i];
        const bool empty_value =
            word.starts_with("--") && word.size() > 3 && word.find('=') == word.size() - 1;
        if (empty_value) word.pop_back();
        out.push_back(std::move(word));
        if (empty_value) out.emplace_back();
    }
    return out;
}

/// Prints what is wrong with the command line in one line, and in a second line which command
/// prints help. Returns the exit status.
int wrong_usage(const std::vector<std::string>& words, const CommandTable& program, Refusal refusal,
                const std::string& said, std::ostream& err) {
    const bool has_command = !words.empty() && program.command(words.front()) != nullptr;
    // The message is safe, but in English it has never been longer than this.
    std::string problem = problem_of(words, program, refusal, said);
    if (language().is_english()) problem = spf::printable(problem, 1000);
    return tell_usage(std::move(problem), has_command ? words.front() : "", err);
}

int dispatch(std::vector<std::string> words, std::ostream& out, std::ostream& err) {
    CLI::App app;
    const SubCommands sub_commands(app);
    const CommandTable program = table_of(app);
    const std::optional<std::string> wanted = take_language(words, program);
    if (!choose_language(wanted.value_or("")) || (wanted && wanted->empty())) {
        static_cast<void>(choose_language(""));
        return tell_usage(say<UsageSentence::no_language>(*wanted, languages()), "", err);
    }
    words = arranged(std::move(words), program, err);
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // the order of CLI11
    } catch (const CLI::Success& request) {                                 // --help, --version
        return app.exit(request, out, err);
    } catch (const CLI::ValidationError& error) {
        return wrong_usage(words, program, Refusal::value, error.what(), err);
    } catch (const CLI::ParseError& error) {
        return wrong_usage(words, program, Refusal::other, error.what(), err);
    }
    return sub_commands.chosen().second({words}, out, err);
}

/// Writes the output that is still in the buffer. Returns `status`, or the status of an error if
/// the output cannot be written. A closed pipe (`| head -1`) is not an error, but a full disk is.
int with_output_written(int status, std::ostream& out, const OutputBuffer& buffer) {
    out.flush();
    if (buffer.error() == 0 || buffer.error() == EPIPE) return status;
    return tell({exit_internal, say<ProgramSentence::cannot_write>(system_message(buffer.error()))},
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
        const int status = spfcheck::dispatch(spfcheck::words_of(argc, argv), out, std::cerr);
        return spfcheck::with_output_written(status, out, buffer);
    } catch (const std::exception& error) {
        using spfcheck::ProgramSentence;
        return spfcheck::tell(
            {spfcheck::exit_internal, spfcheck::say<ProgramSentence::internal_error>(error.what())},
            std::cerr);
    }
}
