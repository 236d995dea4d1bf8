#include "authorize.hpp"

#include <ostream>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "authorize_output.hpp"
#include "exit_status.hpp"
#include "identity.hpp"
#include "networks.hpp"
#include "spf/report/printable.hpp"
#include "spf/resolver/cache.hpp"

namespace spfcheck {
namespace {

constexpr int exit_missing = 1;

/// What there is to say where the domain itself cannot be evaluated.
int tell_error(const spf::AuthorizeError& error, const AuthorizeOptions& options, const Dns& dns,
               std::ostream& out, std::ostream& err) {
    if (error.code == spf::AuthorizeError::Code::malformed_domain) {
        err << "spfcheck: \"" << spf::printable(options.domain, 100) << "\": " << error.message
            << "\nTry \"spfcheck authorize --help\".\n";
        return exit_usage;
    }
    if (options.output.json) {
        spf::Authorization nothing;
        nothing.domain = options.domain;
        nothing.problem = error.message;
        Json json = to_json(nothing);
        json["advice"] = "add_at_domain";
        write(out, json);
    }
    if (dns.is_unreachable()) return tell_unreachable(dns, err);
    err << "spfcheck: " << spf::printable(error.message) << '\n';
    return exit_missing;
}

}  // namespace

void setup(CLI::App& app, AuthorizeOptions& options) {
    app.add_option("DOMAIN", options.domain, "the domain that the relays shall send for")
        ->required()
        ->type_name("");
    app.add_option(
           "RELAY", options.relays,
           "an address, a network, a host, or the name that a service tells its customers to "
           "include; ip4:, ip6:, a: or include: in front says which")
        ->required()
        ->type_name("");
    app.add_flag("--from-scratch", options.from_scratch,
                 "propose a first record where there is none; it ends in ~all");
    app.add_flag("--by-name", options.by_name,
                 "list hosts as \"a:HOST\", one look-up each, instead of by their addresses");
    app.add_flag("--apply", options.apply,
                 "print the change as a script for nsupdate(1); nothing is sent");
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck authorize example.com 198.51.100.7
  spfcheck authorize example.com _spf.mailer.example --json
  spfcheck authorize norecord.example mx.norecord.example --from-scratch
  spfcheck authorize example.com 198.51.100.0/28 --apply | nsupdate -k KEYFILE

Exit status:
  0 all relays may send already, 1 some may not, or in part, 64 wrong usage,
  65 unreadable zone file, 69 no DNS can be reached, 70 internal error)");
}

int run(const AuthorizeOptions& options, std::ostream& out, std::ostream& err) {
    std::vector<spf::Relay> relays;
    for (const std::string& text : options.relays) {
        auto relay = spf::Relay::parse(ascii_domain(text));
        if (!relay) {
            err << "spfcheck: RELAY \"" << spf::printable(text, 100)
                << "\": " << relay.error().message() << "\nTry \"spfcheck authorize --help\".\n";
            return exit_usage;
        }
        relay->text = text;
        relays.push_back(*std::move(relay));
    }
    const auto logger = make_logger(options.output, err);
    const auto dns = open_dns(options.dns, logger);
    if (!dns) {
        err << "spfcheck: " << dns.error().message << '\n';
        return dns.error().exit_status;
    }
    (*dns)->begin_check();
    spf::AnswerCache cache;
    spf::CachingResolver resolver(**dns, cache);
    const auto found = spf::authorize(
        ascii_domain(options.domain), relays, resolver,
        {.from_scratch = options.from_scratch, .hosts_by_name = options.by_name, .networks = {}});
    if (!found) return tell_error(found.error(), options, **dns, out, err);

    const bool can_apply = options.apply && found->proposal.has_value();
    if (can_apply) {
        print_update(out, *found,
                     *resolver.resolve({found->proposal->name, spf::dns::RecordType::txt}));
    } else if (options.output.json) {
        write(out, to_json(*found));
    } else {
        print(options.apply ? err : out, *found, style_of_output(options.output.colour).width);
    }
    if ((*dns)->is_unreachable()) return tell_unreachable(**dns, err);
    return found->is_whole() ? exit_ok : exit_missing;
}

}  // namespace spfcheck
