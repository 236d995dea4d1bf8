#include "overview/overview.hpp"

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
#include "io/log.hpp"
#include "names/idn.hpp"
#include "options/names.hpp"
#include "options/providers.hpp"
#include "overview/next.hpp"
#include "overview/picture.hpp"
#include "overview/print.hpp"
#include "providers/catalogue.hpp"

namespace spfcheck {

void setup(CLI::App& app, OverviewOptions& options) {
    app.add_option("DOMAIN", options.domain, "the domain to show")
        ->required()
        ->transform(like_a_domain())
        ->type_name("");
    app.add_flag("--all", options.all,
                 "show all terms and findings, even if they fill many screens");
    setup_providers(app, options.providers);
    setup_record(app, options.dns);
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(The word "overview" may be left out: a word with a dot is a domain.

Examples:
  spfcheck example.com
  spfcheck overview example.com --json
  spfcheck toomany.example --all --zone example.zone

Exit status:
  0 no error (maybe warnings and hints), 1 errors, 5 no error, but a name
  that the zone files do not hold was not looked up (no name server asked),
  64 wrong usage, 65 unreadable file, 69 no name server, 70 internal error)");
}

int run(const OverviewOptions& given, std::ostream& out, std::ostream& err) {
    const std::string domain = ascii_domain(given.domain);
    OverviewOptions options = given;
    options.dns = given.dns.supposing(domain);
    const auto catalogue = Catalogue::load(options.providers);
    if (!catalogue) return tell(catalogue.error(), err);
    const auto logger = make_logger(options.output.verbosity, err);
    const auto dns = open_dns(options.dns, logger);
    if (!dns) return tell(dns.error(), err);
    (*dns)->begin_check();
    const TimeLimit limit(options.dns.deadline());
    spf::analysis::TreeQuestions questions;
    add_lint_questions(questions, domain);
    const auto [picture, next] = analyse(**dns, questions, [&](spf::dns::Resolver& resolver) {
        Picture found = picture_of(domain, resolver, *catalogue, limit);
        add_next(found.lint, resolver, options.dns);
        std::vector<Next> commands = next_of(found, options);
        return std::pair(std::move(found), std::move(commands));
    });
    if (options.output.json) {
        write(out, to_json(picture, next));
    } else {
        print(out, picture, next, options);
    }
    out.flush();  // the verdict comes first
    tell_time(**dns, err);
    if ((*dns)->is_unreachable()) return tell_unreachable(**dns, err);
    return exit_status_of(picture.lint);
}

}  // namespace spfcheck
