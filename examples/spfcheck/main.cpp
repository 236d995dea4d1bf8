// Which sub-command, what exit status, and what may go wrong on the way. Everything else stands in
// the file of its sub-command: options, setup(), run(options, out, err) -> exit status.

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <unistd.h>

#include "authorize/authorize.hpp"
#include "batch/batch.hpp"
#include "check/check.hpp"
#include "diff/diff.hpp"
#include "flatten/flatten.hpp"
#include "io/failure.hpp"
#include "io/help.hpp"
#include "io/output_buffer.hpp"
#include "lint/lint.hpp"
#include "networks/networks.hpp"
#include "providers/providers.hpp"
#include "spf/base/printable.hpp"

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
    std::string command;
    for (const CLI::App* chosen : app.get_subcommands()) command = chosen->get_name();
    std::string message = error.what();
    const std::vector<std::string> strangers = app.remaining();
    const bool no_command = app.get_subcommands().empty();
    if (no_command && !strangers.empty()) {
        const bool option = strangers.front().starts_with('-');
        message = std::string("there is no ") + (option ? "option" : "sub-command") + " \"" +
                  strangers.front() + '"';
    } else if (no_command) {
        message = "a sub-command is missing, such as \"check\"";
    }
    return tell_usage(spf::printable(message, 1000), command, err);
}

int dispatch(std::vector<std::string> command_line, std::ostream& out, std::ostream& err) {
    CLI::App app{
        "Tells whether a server may send mail for a domain, and why: the Sender Policy\n"
        "Framework, SPF (RFC 7208).",
        "spfcheck"};
    app.formatter(std::make_shared<HelpFormatter>());
    app.set_help_flag("-h,--help", "print this help and exit");
    app.set_version_flag("--version", "spfcheck " SPF_VERSION, "print the version and exit");
    app.require_subcommand(1);
    app.footer("\"spfcheck SUBCOMMAND --help\" tells more, and so does spfcheck(1).");

    CheckOptions check;
    CLI::App* check_app = app.add_subcommand(
        "check", "Tells whether an address may send mail for a domain, and why.");
    setup(*check_app, check);
    BatchOptions batch;
    CLI::App* batch_app =
        app.add_subcommand("batch", "Checks many: one JSON object a line in, one a line out.");
    setup(*batch_app, batch);
    NetworksOptions networks;
    CLI::App* networks_app =
        app.add_subcommand("networks", "Lists which networks may send mail for a domain.");
    setup(*networks_app, networks);
    DiffOptions diff;
    CLI::App* diff_app =
        app.add_subcommand("diff", "Lists what changes when one record replaces another.");
    setup(*diff_app, diff);
    LintOptions lint;
    CLI::App* lint_app =
        app.add_subcommand("lint", "Tells what is wrong with a record, and what would be right.");
    setup(*lint_app, lint);
    FlattenOptions flatten;
    CLI::App* flatten_app =
        app.add_subcommand("flatten", "Writes a record without includes that means the same.");
    setup(*flatten_app, flatten);
    AuthorizeOptions authorize;
    CLI::App* authorize_app = app.add_subcommand(
        "authorize", "Proposes, and proves, the record that lets a relay send for a domain.");
    setup(*authorize_app, authorize);
    ProvidersOptions providers;
    CLI::App* providers_app = app.add_subcommand(
        "providers", "Tells what sending services ask their customers to publish.");
    setup(*providers_app, providers);

    try {
        app.parse(std::move(command_line));
    } catch (const CLI::Success& request) {  // --help, --version
        return app.exit(request, out, err);
    } catch (const CLI::ParseError& error) {
        return wrong_usage(app, error, err);
    }
    if (batch_app->parsed()) return run(batch, err);
    if (networks_app->parsed()) return run(networks, out, err);
    if (diff_app->parsed()) return run(diff, out, err);
    if (lint_app->parsed()) return run(lint, out, err);
    if (flatten_app->parsed()) return run(flatten, out, err);
    if (authorize_app->parsed()) return run(authorize, out, err);
    if (providers_app->parsed()) return run(providers, out, err);
    return run(check, out, err);
}

/// Nobody reading any more (`| head -1`) is no error; a full disk is.
int with_output_written(int status, std::ostream& out, const OutputBuffer& buffer) {
    out.flush();
    if (buffer.error() == 0 || buffer.error() == EPIPE) return status;
    return tell({exit_internal,
                 "cannot write the output: " + std::generic_category().message(buffer.error())},
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
        return spfcheck::tell(
            {spfcheck::exit_internal, "internal error: " + spf::printable(error.what())},
            std::cerr);
    }
}
