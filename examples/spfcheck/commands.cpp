// Each sub-command has a folder. In it, the header with the name of the sub-command declares a
// struct of options and two functions: setup(app, options) adds the options to the parser, and
// run(options, out, err) runs the sub-command and returns the exit status.

#include "commands.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "authorize/authorize.hpp"
#include "batch/batch.hpp"
#include "check/check.hpp"
#include "completion/completion.hpp"
#include "diagnose/diagnose.hpp"
#include "diff/diff.hpp"
#include "fix/fix.hpp"
#include "flatten/flatten.hpp"
#include "io/language.hpp"
#include "lint/lint.hpp"
#include "networks/networks.hpp"
#include "overview/overview.hpp"
#include "providers/providers.hpp"
#include "report/report.hpp"
#include "spf/version.hpp"
#include "survey/survey.hpp"
#include "table/help.hpp"
#include "verify/verify.hpp"
#include "whose/whose.hpp"

namespace spfcheck {
namespace {

template <class Options>
Run with(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    setup(app, *options);
    // Each line of a batch or a survey has a result of its own, which one file cannot keep.
    // A report has its DNS data on the page.
    constexpr bool has_no_evidence = std::is_same_v<Options, BatchOptions> ||
                                     std::is_same_v<Options, SurveyOptions> ||
                                     std::is_same_v<Options, ReportOptions>;
    if constexpr (requires { options->dns.evidence; } && !has_no_evidence) {
        setup_evidence(app, options->dns);
        return [options](const Invocation& invocation, std::ostream& out, std::ostream& err) {
            return run_recorded(*options, invocation, out, err);
        };
    }
    return [options](const Invocation&, std::ostream& out, std::ostream& err) {
        // The threads that write the lines of a batch or a survey know only English.
        if constexpr (has_no_evidence)
            return run(*options, out, err);
        else
            return run_for_reader(*options, out, err);
    };
}

/// Runs the command line of an evidence file, whose sub-command is one of the others.
int run_again(const std::vector<std::string>& arguments,
              const std::shared_ptr<UsedAnswers>& answers, std::ostream& out, std::ostream& err) {
    CLI::App app{"", "spfcheck"};
    const SubCommands sub_commands(app);
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::Error&) {
        return exit_data;
    }
    const auto& [parser, run_command] = sub_commands.chosen();
    if (parser->get_name() == "verify") return exit_data;
    return run_command({arguments, answers}, out, err);
}

Run verifying(CLI::App& app) {
    const auto options = std::make_shared<VerifyOptions>();
    setup(app, *options);
    return [options](const Invocation&, std::ostream& out, std::ostream& err) {
        const InEnglish is_for_programs(options->output.json);
        return run(*options, run_again, out, err);
    };
}

Run completing(CLI::App& app) {
    const auto options = std::make_shared<CompletionOptions>();
    setup(app, *options);
    return [options](const Invocation&, std::ostream& out, std::ostream&) {
        return run(*options, table_of_program(), out);
    };
}

constexpr std::array table{
    Command{"overview", "Shows a domain on one screen: its record, who may send, findings.",
            with<OverviewOptions>},
    Command{"check", "Reports whether an address may send mail for a domain, and why.",
            with<CheckOptions>},
    Command{"diagnose", "Tells why a mail did not arrive: your side, theirs, or a relay between.",
            with<DiagnoseOptions>},
    Command{"batch", "Checks many: reads one check per line (JSON, words or CSV), writes JSON.",
            with<BatchOptions>},
    Command{"survey", "Examines many domains: reads one per line, writes one line for each.",
            with<SurveyOptions>},
    Command{"networks", "Lists which networks may send mail for a domain.", with<NetworksOptions>},
    Command{"diff", "Lists what changes if one record replaces another.", with<DiffOptions>},
    Command{"lint", "Reports what is wrong with a record, and what would be right.",
            with<LintOptions>},
    Command{"report", "Writes a page for browsers: the verdict, a picture, findings, networks.",
            with<ReportOptions>},
    Command{"flatten", "Writes a record without includes that means the same.",
            with<FlattenOptions>},
    Command{"fix", "Proposes, and proves, the cheapest record of a domain that works.",
            with<FixOptions>},
    Command{"authorize", "Proposes, and proves, the record that lets a relay send mail.",
            with<AuthorizeOptions>},
    Command{"providers", "Shows what sending services ask their customers to publish.",
            with<ProvidersOptions>},
    Command{"whose", "Says to which sending service an address belongs.", with<WhoseOptions>},
    Command{"verify", "Evaluates evidence again, and tells whether the same comes out.", verifying},
    Command{"completion", "Prints the script with which a shell completes command lines.",
            completing},
};

/// Adds the option that main() has read already, for --help, the manual and completion.
void add_language(CLI::App& app) {
    app.add_option_function<std::string>(
           "--lang", [](const std::string&) {}, "the language of messages for people")
        ->type_name(languages())
        ->group("General");
}

}  // namespace

std::span<const Command> commands() { return table; }

CommandTable table_of_program() {
    CLI::App app;
    const SubCommands commands(app);
    return table_of(app);
}

SubCommands::SubCommands(CLI::App& app) {
    app.name("spfcheck");
    app.description(
        "Reports whether a server may send mail for a domain, and why (SPF, RFC 7208).");
    app.formatter(std::make_shared<HelpFormatter>());
    app.set_help_flag("-h,--help", "print this help and exit");
    app.set_version_flag("--version", "spfcheck " SPF_VERSION_STRING, "print the version and exit");
    app.footer(R"(Usage:
  spfcheck DOMAIN [OPTION...]
  spfcheck COMMAND [ARGUMENT...] [OPTION...]

Examples:
  spfcheck example.com
  spfcheck check 192.0.2.10 alice@example.com)");
    app.require_subcommand(1);
    for (const Command& command : commands()) {
        CLI::App* const parser = app.add_subcommand(command.name, command.summary);
        runs_.emplace_back(parser, command.setup(*parser));
        add_language(*parser);
    }
    add_language(app);
}

const std::pair<const CLI::App*, Run>& SubCommands::chosen() const {
    // Exactly one sub-command was parsed, because one is required.
    return *std::find_if(runs_.begin(), runs_.end(),
                         [](const auto& each) { return each.first->parsed(); });
}

}  // namespace spfcheck
