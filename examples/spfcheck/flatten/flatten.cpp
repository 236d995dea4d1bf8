#include "flatten/flatten.hpp"

#include <ostream>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "diff/print.hpp"
#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "flatten/print.hpp"
#include "flatten/sentences.hpp"
#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "names/idn.hpp"
#include "networks/missing.hpp"
#include "options/choice.hpp"
#include "options/names.hpp"
#include "spf/analysis/flatten.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

constexpr int exit_not_flattened = 1;

int flatten(const FlattenOptions& options, const std::string& domain, Dns& dns, std::ostream& out,
            std::ostream& err) {
    spf::analysis::FlattenOptions how;
    how.max_length = options.max_length;
    const TimeLimit limit(options.dns.deadline());
    spf::analysis::TreeQuestions questions;
    questions.add_domain(domain);
    auto flat = analyse(dns, questions, [&domain, &how](spf::dns::Resolver& resolver) {
        return spf::analysis::flatten(domain, resolver, how);
    });
    if (flat) {
        if (options.output.json) {
            write(out, to_json(*flat));
        } else {
            print(out, *flat, style_of_output(options.output.colour).width);
        }
        return exit_ok;
    }
    spf::analysis::FlattenError error = flat.error();
    blame_time(error.problem, limit);
    if (options.output.json) write(out, to_json(error));
    const bool is_failure = error.code == spf::analysis::FlattenError::Code::dns_failure;
    tell_time(dns, err);
    if (is_failure && dns.is_unreachable()) return tell_unreachable(dns, err);
    const Spoken message =
        error.problem ? say<FlattenSentence::cannot_because>(domain, message_of(error),
                                                             message_of(*error.problem),
                                                             spf::to_string(error.problem->code))
                      : say<FlattenSentence::cannot>(domain, message_of(error));
    return tell(
        {is_about_policy(error) ? exit_not_flattened : exit_status_of(spf::Result::temperror),
         message},
        err);
}

/// Maps a domain with one of the two functions that do so.
template <class Function>
spf::analysis::NetworkMap map_of(const std::string& domain, Dns& dns, const Function& function) {
    spf::analysis::TreeQuestions questions;
    questions.add_domain(domain);
    return analyse(dns, questions, [&domain, &function](spf::dns::Resolver& resolver) {
        return function(domain, resolver, {});
    });
}

}  // namespace

void setup(CLI::App& app, FlattenOptions& options) {
    app.add_option("DOMAIN", options.domain, "the domain whose record is flattened")
        ->required()
        ->transform(a_domain())
        ->type_name("");
    app.add_option("--check", options.check,
                   "only report whether the record of this name, flattened before, still "
                   "authorises the same networks")
        ->transform(a_domain())
        ->type_name("NAME");
    whole_number(
        app.add_option("--max-length", options.max_length, "the most octets of one record (450)")
            ->type_name("N"),
        64, 65'000);
    setup_record(app, options.dns);
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck flatten example.com
  spfcheck flatten _spf-source.example.com --check example.com
  spfcheck flatten example.com --json

Exit status:
  0 flattened (--check: still the same), 1 cannot be flattened (--check:
  something changed), 5 it cannot be known (DNS failed, or the record is too
  large), 64 wrong usage, 65 unreadable zone file, 69 no name server,
  70 internal error; with --check also 4 and 6, as diff)");
}

int run(const FlattenOptions& options, std::ostream& out, std::ostream& err) {
    const auto logger = make_logger(options.output.verbosity, err);
    const std::string domain = ascii_domain(options.domain);
    const auto dns = open_dns(options.dns.supposing(domain), logger);
    if (!dns) return tell(dns.error(), err);
    (*dns)->begin_check();
    if (options.check.empty()) return flatten(options, domain, **dns, out, err);

    const TimeLimit source_limit(options.dns.deadline());
    Side source{
        spf::printable(domain, 80), map_of(domain, **dns, spf::analysis::map_to_flatten), {}};
    source.missing = missing_from(source.map, source_limit);
    const std::string name = ascii_domain(options.check);
    (*dns)->begin_check();
    const TimeLimit limit(options.dns.deadline());
    Side published{spf::printable(name, 80), map_of(name, **dns, spf::analysis::map_networks), {}};
    published.missing = missing_from(published.map, limit);
    const int status = print_diff(out, published, source, options.output, true);
    out.flush();  // the verdict comes first
    tell_time(**dns, err);
    const bool is_complete = source.missing.is_complete && published.missing.is_complete;
    return !is_complete && (*dns)->is_unreachable() ? tell_unreachable(**dns, err) : status;
}

}  // namespace spfcheck
