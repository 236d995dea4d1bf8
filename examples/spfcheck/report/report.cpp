#include "report/report.hpp"

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <unistd.h>

#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "dns/lint_questions.hpp"
#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "names/idn.hpp"
#include "options/names.hpp"
#include "options/providers.hpp"
#include "overview/picture.hpp"
#include "providers/catalogue.hpp"
#include "report/contents.hpp"
#include "report/dot.hpp"
#include "report/file.hpp"
#include "report/gather.hpp"
#include "report/html.hpp"
#include "report/sentences.hpp"
#include "report/svg.hpp"

namespace spfcheck {
namespace {

using Says = ReportSentence;

/// An output that was asked for.
struct Output {
    const std::string& path;
    std::string (*text)(const Contents& contents);
};

/// Returns what is wrong with the command line; empty if nothing is.
std::string usage_problem(const std::vector<Output>& outputs) {
    if (outputs.empty()) return isatty(STDOUT_FILENO) != 0 ? say<Says::no_file>() : std::string();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (outputs[i].path == outputs[k].path) return say<Says::same_file>(outputs[i].path);
        }
    }
    return {};
}

std::vector<Output> outputs_of(const ReportOptions& options) {
    std::vector<Output> out;
    for (const Output& each : {Output{options.html, html_of}, Output{options.svg, svg_of},
                               Output{options.dot, dot_of}}) {
        if (!each.path.empty()) out.push_back(each);
    }
    return out;
}

/// What is written: the texts of the outputs in their order, or the page if there is none.
std::vector<std::string> texts_of(const std::vector<Output>& outputs, const Contents& contents) {
    if (outputs.empty()) return {html_of(contents)};
    std::vector<std::string> out;
    for (const Output& each : outputs) out.push_back(each.text(contents));
    return out;
}

/// Writes all outputs. Prints the verdict, and which files were written, unless standard output has
/// one of the outputs itself.
/// \return 0, or the exit status of a failure
int write_all(const std::vector<Output>& outputs, const std::vector<std::string>& texts,
              const std::string& verdict, std::ostream& out, std::ostream& err) {
    const bool is_page = outputs.empty() || std::ranges::any_of(outputs, [](const Output& each) {
                             return each.path == "-";
                         });
    if (!is_page) out << in_charset_of_terminal(verdict) << '\n';
    if (outputs.empty()) out << texts.front();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const std::string& path = outputs[i].path;
        if (path == "-") {
            out << texts[i];
            continue;
        }
        if (const auto failure = replace_file(path, texts[i])) return tell(*failure, err);
        if (!is_page) out << "  " << say<Says::written>(path) << '\n';
    }
    return exit_ok;
}

}  // namespace

void setup(CLI::App& app, ReportOptions& options) {
    app.add_option("DOMAIN", options.domain, "the domain to report on")
        ->required()
        ->transform(like_a_domain())
        ->type_name("");
    const auto file = [&app](const char* name, std::string& path, const char* description) {
        app.add_option(name, path, description)->type_name("FILE")->check([](const std::string& s) {
            return s.empty() ? say<Says::empty_path>() : Spoken();
        });
    };
    file("--html", options.html, "write a page that browsers show, without scripts; -: print it");
    file("--svg", options.svg, "write only the picture of the lookups; -: print it");
    file("--dot", options.dot, "write the tree of includes for Graphviz; -: print it");
    setup_providers(app, options.providers);
    setup_record(app, options.dns);
    setup(app, options.dns);
    app.add_flag(
           "-v,--verbose",
           [&options](std::int64_t count) { options.verbosity = static_cast<int>(count); },
           "report more; -vv: each DNS question and its answer")
        ->group("Output");
    app.footer(R"(Without --html, --svg and --dot, the page is printed, but not at a terminal.
A file that exists is replaced when the new one is complete.

Examples:
  spfcheck report example.com --html report.html
  spfcheck report example.com --svg - | rsvg-convert -f pdf -o lookups.pdf
  spfcheck report toomany.example --dot tree.dot --zone example.zone

Exit status:
  0 no error (maybe warnings and hints), 1 errors, 5 no error, but a name
  that the zone files do not hold was not looked up (no name server asked),
  64 wrong usage, 65 a file cannot be read or written, 69 no name server,
  70 internal error)");
}

int run(const ReportOptions& options, std::ostream& out, std::ostream& err) {
    const std::vector<Output> outputs = outputs_of(options);
    if (std::string problem = usage_problem(outputs); !problem.empty()) {
        return tell_usage(std::move(problem), "report", err);
    }
    OverviewOptions overview;
    overview.domain = ascii_domain(options.domain);
    overview.dns = options.dns.supposing(overview.domain);
    const auto catalogue = Catalogue::load(options.providers);
    if (!catalogue) return tell(catalogue.error(), err);
    const auto logger = make_logger(options.verbosity, err);
    const auto dns = open_dns(overview.dns, logger);
    if (!dns) return tell(dns.error(), err);
    (*dns)->begin_check();
    const TimeLimit limit(overview.dns.deadline());
    spf::analysis::TreeQuestions questions;
    add_lint_questions(questions, overview.domain);
    const Found found = analyse(**dns, questions, [&](spf::dns::Resolver& resolver) {
        const InUtf8 scope;  // as the files are
        return find_out(overview, resolver, *catalogue, limit);
    });
    tell_time(**dns, err);
    if ((*dns)->is_unreachable()) return tell_unreachable(**dns, err);  // and keeps an old report
    std::vector<std::string> texts;
    std::string verdict;
    {
        const InUtf8 scope;
        Contents contents = contents_of(found, *catalogue, overview.dns, **dns);
        contents.language = language_name();
        texts = texts_of(outputs, contents);
        verdict = contents.verdict;
    }
    const int status = write_all(outputs, texts, verdict, out, err);
    return status != exit_ok ? status : exit_status_of(found.picture.lint);
}

}  // namespace spfcheck
