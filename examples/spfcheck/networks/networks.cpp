#include "networks/networks.hpp"

#include <ostream>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "io/failure.hpp"
#include "io/log.hpp"
#include "names/idn.hpp"
#include "networks/missing.hpp"
#include "networks/print.hpp"
#include "options/names.hpp"
#include "spf/analysis/networks.hpp"

namespace spfcheck {

void setup(CLI::App& app, NetworksOptions& options) {
    app.add_option("DOMAIN", options.domain, "the domain whose record is mapped")
        ->required()
        ->transform(a_domain())
        ->type_name("");
    setup_record(app, options.dns);
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck networks example.com
  spfcheck networks example.com --json
  spfcheck networks example.com --zone example.zone

Exit status:
  0 the networks were found, 4 some addresses get permerror, 5 DNS failed for
  some, or the record is too large, 6 there is no record, 64 wrong usage,
  65 unreadable zone file, 69 no name server, 70 internal error)");
}

int run(const NetworksOptions& options, std::ostream& out, std::ostream& err) {
    const auto logger = make_logger(options.output.verbosity, err);
    const std::string domain = ascii_domain(options.domain);
    const auto dns = open_dns(options.dns.supposing(domain), logger);
    if (!dns) return tell(dns.error(), err);
    (*dns)->begin_check();
    const TimeLimit limit(options.dns.deadline());
    spf::analysis::TreeQuestions questions;
    questions.add_domain(domain);
    const spf::analysis::NetworkMap map =
        analyse(**dns, questions, [&domain](spf::dns::Resolver& resolver) {
            return spf::analysis::map_networks(domain, resolver);
        });
    const Missing missing = missing_from(map, limit);
    if (options.output.json) {
        write(out, to_json(map, missing));
    } else {
        print(out, map, missing, style_of_output(options.output.colour).width);
    }
    out.flush();  // the verdict comes first
    tell_time(**dns, err);
    if (map.failure() != nullptr && (*dns)->is_unreachable()) return tell_unreachable(**dns, err);
    return missing.exit_status;
}

}  // namespace spfcheck
