// Which sub-command, what exit status, and what may go wrong on the way. Everything else stands in
// the file of its sub-command: options, setup(), run(options, out, err) -> exit status.

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstring>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "check.hpp"
#include "exit_status.hpp"
#include "help.hpp"

namespace spfcheck {
namespace {

/// The command line in the reverse order that CLI11 takes. `--sender=` is the empty value, not the
/// argument that follows.
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

/// What is wrong with the command line, in one line, and where to read more.
int wrong_usage(const CLI::App& app, const CLI::ParseError& error, std::ostream& err) {
    std::string message = error.what();
    std::replace(message.begin(), message.end(), '\n', ' ');
    std::string command = app.get_name();
    for (const CLI::App* chosen : app.get_subcommands()) command += ' ' + chosen->get_name();
    err << app.get_name() << ": " << message << "\nTry \"" << command << " --help\".\n";
    return exit_usage;
}

int dispatch(std::vector<std::string> command_line, std::ostream& out, std::ostream& err) {
    CLI::App app{
        "Tells whether a server may send mail for a domain, and why: the Sender Policy\n"
        "Framework, SPF (RFC 7208).",
        "spfcheck"};
    app.formatter(std::make_shared<HelpFormatter>());
    app.set_version_flag("--version", "spfcheck " SPF_VERSION, "print the version and exit");
    app.require_subcommand(1);
    app.footer("\"spfcheck check --help\" tells more, and so does spfcheck(1).");

    CheckOptions check;
    CLI::App* check_app =
        app.add_subcommand("check", "may this address send mail for that domain?");
    setup(*check_app, check);

    try {
        app.parse(std::move(command_line));
    } catch (const CLI::Success& request) {  // --help, --version
        return app.exit(request, out, err);
    } catch (const CLI::ParseError& error) {
        return wrong_usage(app, error, err);
    }
    return run(check, out, err);
}

/// Nobody reading any more (`| head -1`) is no error; a full disk is.
int with_output_written(int status) {
    errno = 0;
    std::cout.flush();
    if (std::cout.good() || errno == EPIPE) return status;
    std::cerr << "spfcheck: cannot write the output: " << std::strerror(errno) << '\n';
    return exit_internal;
}

}  // namespace
}  // namespace spfcheck

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    std::setlocale(LC_CTYPE, "");
    std::ios::sync_with_stdio(false);
    try {
        const int status =
            spfcheck::dispatch(spfcheck::arguments(argc, argv), std::cout, std::cerr);
        return spfcheck::with_output_written(status);
    } catch (const std::exception& error) {
        std::cerr << "spfcheck: internal error: " << error.what() << '\n';
        return spfcheck::exit_internal;
    }
}
