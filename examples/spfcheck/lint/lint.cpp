#include "lint/lint.hpp"

#include <algorithm>
#include <ostream>
#include <string_view>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "io/failure.hpp"
#include "io/json.hpp"
#include "io/log.hpp"
#include "lint/report.hpp"
#include "lint/sentences.hpp"
#include "names/idn.hpp"
#include "options/names.hpp"
#include "spf/lint/domain.hpp"
#include "spf/lint/lint.hpp"
#include "spf/record/parse.hpp"

namespace spfcheck {
namespace {

using Says = LintSentence;

/// Returns a validator for the argument DOMAIN of `spfcheck lint`. It refuses all texts that
/// like_a_domain() refuses. It also refuses the text of a record, because that must be given with
/// --record.
CLI::Validator a_lint_domain() {
    return {[](std::string& text) {
                const bool record = spf::has_version(text);
                return record ? say<Says::record_for_domain>(text) : like_a_domain()(text);
            },
            ""};
}

LintReport of_text(const std::vector<std::string>& strings) {
    LintReport report;
    for (const std::string& each : strings) report.record += each;
    report.findings =
        strings.size() == 1 ? spf::lint::lint(strings.front()) : spf::lint::lint(strings);
    return report;
}

LintReport of_domain(const std::string& text, Dns& dns) {
    const std::string domain = ascii_domain(text);
    spf::analysis::TreeQuestions questions;
    questions.add_domain(domain);
    return report_of(analyse(dns, questions, [&domain](spf::dns::Resolver& resolver) {
        return spf::lint::lint_domain(domain, resolver);
    }));
}

void print(std::ostream& out, const LintReport& report, const LintOptions& options) {
    if (options.sarif) {
        write(out, to_sarif(report));
    } else if (options.output.json) {
        write(out, to_json(report));
    } else {
        out << to_text(report, style_of_output(options.output.colour));
    }
}

}  // namespace

void setup(CLI::App& app, LintOptions& options) {
    const char* group = "What to examine";
    app.add_option("DOMAIN", options.domain,
                   "the domain whose record is examined, with all that it includes")
        ->type_name("")
        ->transform(a_lint_domain())
        ->group(group);
    app.add_option("--record", options.record,
                   "examine this text, without asking DNS; if given more than once: the strings of "
                   "one record, which receivers join without a space")
        ->type_name("TEXT")
        ->allow_extra_args(false)
        ->group(group);
    app.add_flag("--list-codes", options.list_codes,
                 "list all findings that there are, with severity and section, and exit")
        ->group(group);
    setup(app, options.dns);
    app.add_flag("--sarif", options.sarif, "print a SARIF 2.1.0 log, for code scanners")
        ->group("Output");
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck lint example.com
  spfcheck lint toomany.example --zone example.zone
  spfcheck lint --record "v=spf1 ip:192.0.2.1 include:_spf.mailer.example~all"
  spfcheck lint --record "v=spf1 mx ip4:192.0.2.0/28 -all" --json
  spfcheck lint --list-codes

Exit status:
  0 no error (maybe warnings and hints), 1 errors, 5 no error, but a name
  that the zone files do not hold was not looked up (no name server asked),
  64 wrong usage, 65 unreadable zone file, 69 no name server,
  70 internal error)");
}

int run(const LintOptions& options, std::ostream& out, std::ostream& err) {
    if (options.list_codes) {
        out << list_of_codes();
        return exit_ok;
    }
    if (options.sarif && options.output.json)
        return tell_usage(say<Says::json_and_sarif>(), "lint", err);
    if (options.record.empty() && options.domain.empty())
        return tell_usage(say<Says::nothing_to_examine>(), "lint", err);
    if (!options.record.empty() && !options.domain.empty())
        return tell_usage(say<Says::domain_and_record>(), "lint", err);
    if (!options.record.empty()) {
        const LintReport report = of_text(options.record);
        print(out, report, options);
        return exit_status_of(report);
    }

    const auto logger = make_logger(options.output.verbosity, err);
    const auto dns = open_dns(options.dns, logger);
    if (!dns) return tell(dns.error(), err);
    (*dns)->begin_check();
    const LintReport report = of_domain(options.domain, **dns);
    print(out, report, options);
    out.flush();  // the verdict comes first
    tell_time(**dns, err);
    if ((*dns)->is_unreachable()) return tell_unreachable(**dns, err);
    return exit_status_of(report);
}

}  // namespace spfcheck
