#include "lint/lint.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "dns/lint_questions.hpp"
#include "io/failure.hpp"
#include "io/json.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "io/sentences.hpp"
#include "lint/place.hpp"
#include "lint/report.hpp"
#include "lint/sarif.hpp"
#include "lint/sentences.hpp"
#include "names/idn.hpp"
#include "names/mistakes.hpp"
#include "options/choice.hpp"
#include "options/names.hpp"
#include "spf/base/printable.hpp"
#include "spf/lint/domain.hpp"
#include "spf/lint/lint.hpp"

namespace spfcheck {
namespace {

using Says = LintSentence;

/// Returns a validator for the argument DOMAIN of `spfcheck lint`. It refuses what like_a_domain()
/// refuses, except the text of a record, which is examined as with --record.
CLI::Validator a_domain_or_text() {
    return {[](std::string& text) { return is_record(text) ? "" : like_a_domain()(text); }, ""};
}

/// Returns the text of a record, whose strings are joined without spaces (RFC 7208, 3.3).
std::string joined(const std::vector<std::string>& strings) {
    std::string out;
    for (const std::string& each : strings) out += each;
    return out;
}

LintReport of_text(const std::vector<std::string>& strings) {
    LintReport report;
    report.record = joined(strings);
    report.findings =
        strings.size() == 1 ? spf::lint::lint(strings.front()) : spf::lint::lint(strings);
    return report;
}

LintReport of_domain(const std::string& text, Dns& dns, const DnsOptions& options) {
    const std::string domain = ascii_domain(text);
    spf::analysis::TreeQuestions questions;
    add_lint_questions(questions, domain);
    return analyse(dns, questions, [&domain, &options](spf::dns::Resolver& resolver) {
        LintReport report = report_of(spf::lint::lint_domain(domain, resolver));
        add_next(report, resolver, options);
        return report;
    });
}

/// Prints the reports: as one SARIF log, as one JSON object in a line for each, or as texts with an
/// empty line between them.
void print(std::ostream& out, const std::vector<LintReport>& reports, const ZonePlaces& places,
           const LintOptions& options) {
    if (options.sarif) return write(out, to_sarif(reports, places));
    for (const LintReport& each : reports) {
        if (options.output.json) {
            write(out, to_json(each));
        } else {
            if (&each != &reports.front()) out << '\n';
            out << to_text(each, style_of_output(options.output.colour));
        }
    }
}

/// Returns the name of the zone file, or how many there are.
Spoken files_of(const LintOptions& options) {
    const std::vector<std::string>& zones = options.dns.zones;
    return zones.size() == 1 ? Spoken(spf::printable(zones.front()))
                             : say<Says::files>(zones.size());
}

/// Prints what was found in all records of zone files: for people, how much, and then only the
/// domains about which there is something to say.
void print_zone(std::ostream& out, const std::vector<LintReport>& reports, const ZonePlaces& places,
                const LintOptions& options) {
    if (options.sarif || options.output.json) return print(out, reports, places, options);
    using Severity = spf::lint::Finding::Severity;
    const auto all = [&reports](Severity severity) {
        std::size_t sum = 0;
        for (const LintReport& each : reports) sum += count(each, severity);
        return sum;
    };
    const spf::report::TextStyle style = style_of_output(options.output.colour);
    print_wrapped(out,
                  say<Says::zone>(reports.size(), all(Severity::error), all(Severity::warning),
                                  all(Severity::hint), files_of(options)),
                  style.width);
    for (const LintReport& each : reports) {
        if (!each.findings.empty()) out << '\n' << to_text(each, style);
    }
}

/// Returns the exit status: that of the option --fail-on; without it, errors are worse than what
/// was not looked up.
int exit_status_of(const std::vector<LintReport>& reports, const LintOptions& options) {
    constexpr int exit_found = 1;
    if (!options.fail_on.empty()) {
        using Severity = spf::lint::Finding::Severity;
        const Severity least = options.fail_on == "error" ? Severity::error : Severity::warning;
        const bool fails = std::ranges::any_of(
            reports, [least](const LintReport& each) { return has(each, least); });
        return fails ? exit_found : exit_ok;
    }
    int out = exit_ok;
    for (const LintReport& each : reports) {
        const int status = spfcheck::exit_status_of(each);
        if (status == exit_found || out == exit_ok) out = status;
    }
    return out;
}

/// Examines the domains, or if there are none, all SPF records in the zone files.
/// \param record  if it has strings, they are supposed to be the record of the only domain
int run_with_dns(const LintOptions& options, std::vector<std::string> domains,
                 const std::vector<std::string>& record, std::ostream& out, std::ostream& err) {
    const auto logger = make_logger(options.output.verbosity, err);
    DnsOptions supposed = options.dns;
    if (!record.empty()) {
        supposed.record = joined(record);
        supposed = supposed.supposing(ascii_domain(domains.front()));
    }
    auto zones = load_located_zones(options.dns);
    if (!zones) return tell(zones.error(), err);
    const ZonePlaces places = options.dns.zones.empty()
                                  ? ZonePlaces()
                                  : ZonePlaces(zones->texts, options.dns.zones.front());
    const auto dns = open_dns(supposed, std::move(zones->zone), logger, ForWhom::person);
    if (!dns) return tell(dns.error(), err);
    const bool is_whole_zone = domains.empty();
    if (is_whole_zone) domains = places.domains();
    (*dns)->begin_check();
    std::vector<LintReport> reports;
    for (const std::string& each : domains) {
        if (is_whole_zone) (*dns)->begin_check();  // a zone may have thousands of them
        reports.push_back(of_domain(each, **dns, supposed));
    }
    if (is_whole_zone && domains.empty()) {
        if (options.sarif) print(out, reports, places, options);
        return tell({exit_data, say<Says::zone_without_records>(files_of(options))}, err);
    }
    if (is_whole_zone) {
        print_zone(out, reports, places, options);
    } else {
        print(out, reports, places, options);
    }
    out.flush();  // the verdict comes first
    tell_time(**dns, err);
    if ((*dns)->is_unreachable()) return tell_unreachable(**dns, err);
    return exit_status_of(reports, options);
}

}  // namespace

void setup(CLI::App& app, LintOptions& options) {
    const char* group = "What to examine";
    app.add_option("DOMAIN", options.domains,
                   "the domains whose records are examined, with all that they include; without "
                   "any, all SPF records in the files of --zone")
        ->type_name("")
        ->transform(a_domain_or_text())
        ->group(group);
    app.add_option(
           "--record", options.record,
           "examine this text, without asking DNS; with one DOMAIN: suppose that it has this "
           "record, and ask for all others; if given more than once: the strings of one "
           "record, which receivers join without a space")
        ->type_name("TEXT")
        ->allow_extra_args(false)
        ->group(group);
    app.add_flag("--list-codes", options.list_codes,
                 "list all findings that there are, with severity and section, and exit")
        ->group(group);
    setup(app, options.dns);
    one_of(app.add_option("--fail-on", options.fail_on,
                          "exit with 1 if there is an error, or a warning or an error, otherwise "
                          "with 0, whatever was not looked up")
               ->group("Output"),
           {"error", "warning"});
    app.add_flag("--sarif", options.sarif,
                 "print a SARIF 2.1.0 log, for code scanners; with --zone, it has the lines and "
                 "columns of the files")
        ->group("Output");
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck lint example.com
  spfcheck lint example.com toomany.example --zone example.zone
  spfcheck lint --zone example.zone --sarif --fail-on error
  spfcheck lint --record "v=spf1 ip:192.0.2.1 include:_spf.mailer.example~all"
  spfcheck lint --record "v=spf1 mx ip4:192.0.2.0/28 -all" --json
  spfcheck lint --list-codes

Exit status:
  0 no error (maybe warnings and hints), 1 errors, 5 no error, but a name
  that the zone files do not hold was not looked up (no name server asked),
  64 wrong usage, 65 unreadable zone file or one without SPF records, 69 no
  name server, 70 internal error; --fail-on chooses between 0 and 1)");
}

int run(const LintOptions& options, std::ostream& out, std::ostream& err) {
    if (options.list_codes) {
        out << list_of_codes();
        return exit_ok;
    }
    if (options.sarif && options.output.json)
        return tell_usage(say<Says::json_and_sarif>(), "lint", err);
    std::vector<std::string> record = options.record;
    std::vector<std::string> domains = options.domains;
    const auto text = std::ranges::find_if(domains, is_record);
    if (text != domains.end()) {
        if (domains.size() > 1) return tell_usage(say<Says::record_for_domain>(*text), "lint", err);
        tell_note(say<ProgramSentence::word_is_record>(), err);
        record.push_back(std::move(*text));
        domains.clear();
    }
    const bool is_zone = record.empty() && domains.empty() && !options.dns.zones.empty();
    if (record.empty() && domains.empty() && !is_zone)
        return tell_usage(say<Says::nothing_to_examine>(), "lint", err);
    if (!record.empty() && domains.size() > 1)
        return tell_usage(say<Says::record_of_several>(), "lint", err);
    if (is_zone && options.dns.used) return tell_usage(say<Says::evidence_of_zone>(), "lint", err);
    if (is_zone || !domains.empty())
        return run_with_dns(options, std::move(domains), record, out, err);
    const std::vector<LintReport> reports{of_text(record)};
    print(out, reports, {}, options);
    return exit_status_of(reports, options);
}

}  // namespace spfcheck
