#include "authorize/authorize.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "authorize/print.hpp"
#include "authorize/sentences.hpp"
#include "authorize/update.hpp"
#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "io/next.hpp"
#include "names/idn.hpp"
#include "options/names.hpp"
#include "options/providers.hpp"
#include "providers/catalogue.hpp"
#include "providers/print.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"
#include "spf/resolver/cache.hpp"

namespace spfcheck {
namespace {

using Says = AuthorizeSentence;

constexpr int exit_missing = 1;

/// What the user wants: the relays in `relays` shall be allowed to send for `domain`. If the user
/// named a service, `provider` is that service, and `relays` includes its relays.
struct Plan {
    std::string domain;
    bool from_scratch = false;
    std::vector<spf::analysis::Relay> relays;
    const Provider* provider = nullptr;  ///< the service to authorise; null if the user named none
    bool is_sub_domain = false;          ///< the user named the sub-domain in `domain`
    bool is_only_advice = false;         ///< the service needs no term in an SPF record
};

/// Returns the service with this name or alias; null if there is none. A text that is also a valid
/// relay (`is_relay`), such as a host name, is taken as the name of a service only if the text has
/// a capital letter, because names of services have one.
const Provider* service_named(const std::string& text, bool is_relay, const Catalogue& catalogue) {
    const bool has_capital =
        std::any_of(text.begin(), text.end(), [](char each) { return each >= 'A' && each <= 'Z'; });
    return is_relay && !has_capital ? nullptr : catalogue.find(text);
}

/// Adds the mechanisms of a service to the plan as relays. Returns a failure if they cannot be
/// added; otherwise nothing.
std::optional<Failure> add_service(Plan& plan, const Provider& provider, const std::string& text,
                                   bool is_alone) {
    if (!is_alone && provider.advice != "add_at_domain") {
        return Failure{exit_usage, say<Says::name_service_alone>(text)};
    }
    plan.provider = &provider;
    plan.is_only_advice = !provider.advice.starts_with("add_");
    if (provider.advice == "add_at_subdomain" && !plan.is_sub_domain) {
        plan.domain = provider.sub_domain + '.' + plan.domain;
        plan.from_scratch = true;
    }
    if (plan.is_only_advice) return std::nullopt;
    for (const std::string& mechanism : provider.mechanisms) {
        auto relay = spf::analysis::Relay::parse(mechanism);
        if (!relay) {
            return Failure{exit_data, say<Says::wrong_mechanism>(provider.name, mechanism,
                                                                 message_of(relay.error()))};
        }
        relay->text = text;
        if (provider.mechanisms.size() > 1) relay->text.append(" ").append(mechanism);
        plan.relays.push_back(*std::move(relay));
    }
    return std::nullopt;
}

/// Returns whether a relay is a network, or has a name that a host or an include can have: letters,
/// digits, '-', '_' and '.' (RFC 1123, 2.1). Any other name was typed by mistake and must not be
/// looked up in DNS.
bool is_plain(const spf::analysis::Relay& relay) {
    return relay.kind == spf::analysis::Relay::Kind::network ||
           std::all_of(relay.name.begin(), relay.name.end(), [](char each) {
               return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-' ||
                      each == '_' || each == '.';
           });
}

/// Returns a text for the end of an error message: no service has the name `text`. If there are
/// services with similar names, which the user may have meant, the text lists them.
Spoken services_like(const std::string& text, const Catalogue& catalogue) {
    const std::vector<std::string> near = catalogue.near(text);
    switch (near.size()) {
        case 0: return say<Says::no_service>();
        case 1: return say<Says::no_service_like_1>(near[0]);
        case 2: return say<Says::no_service_like_2>(near[0], near[1]);
        default: return say<Says::no_service_like_3>(near[0], near[1], near[2]);
    }
}

/// Returns a failure. Its message explains why an argument is not a relay, and lists the services
/// that the user may have meant.
Failure no_relay(const std::string& text, const spf::Expected<spf::analysis::Relay>& relay,
                 const Catalogue& catalogue) {
    const Spoken why = text.find(' ') != std::string::npos ? say<Says::has_space>(text)
                       : relay                             ? say<Says::has_other_character>(text)
                               : say<Says::not_readable>(text, message_of(relay.error()));
    return {exit_usage, why + "; " + services_like(text, catalogue)};
}

/// Returns the failure for a network with host bits, such as 192.0.2.1/24. The user may have meant
/// the network 192.0.2.0/24 or only the address 192.0.2.1.
Failure ambiguous(const spf::analysis::Relay& relay) {
    using spf::analysis::RelayProblem;
    const RelayProblem problem{RelayProblem::Code::host_bits, relay.text, relay.address,
                               relay.network};
    return {exit_usage, message_of(problem)};
}

/// Returns the name of a sub-domain that was given in full, or as the labels before the domain;
/// nothing if it is no such name.
std::optional<std::string> name_below(const std::string& domain, std::string given) {
    const auto is_label = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    };
    if (auto name = spf::dns::canonical_name(given)) given = *std::move(name);
    if (given.empty() || !std::all_of(given.begin(), given.end(), is_label)) return std::nullopt;
    const std::string end = '.' + domain;
    if (given == domain || given == end) return std::nullopt;
    if (!given.ends_with(end)) given += end;
    if (spf::dns::check_host_domain_problem(given)) return std::nullopt;
    return given;
}

spf::Expected<Plan, Failure> plan_of(const AuthorizeOptions& options, const Catalogue& catalogue) {
    Plan plan;
    plan.domain = ascii_domain(options.domain);
    if (auto name = spf::dns::canonical_name(plan.domain)) plan.domain = *std::move(name);
    plan.from_scratch = options.from_scratch;
    if (!options.sub_domain.empty()) {
        const auto name = name_below(plan.domain, ascii_domain(options.sub_domain));
        if (!name) {
            return Failure{exit_usage, say<Says::no_sub_domain>(options.sub_domain, plan.domain)};
        }
        plan.domain = *name;
        plan.from_scratch = plan.is_sub_domain = true;
    }
    for (const std::string& text : options.relays) {
        auto relay = spf::analysis::Relay::parse(ascii_domain(text));
        const Provider* provider = service_named(text, relay.has_value(), catalogue);
        if (provider != nullptr) {
            const bool is_alone = options.relays.size() == 1;
            if (auto refusal = add_service(plan, *provider, text, is_alone)) {
                return *std::move(refusal);
            }
        } else if (!relay || !is_plain(*relay)) {
            return no_relay(text, relay, catalogue);
        } else if (relay->has_host_bits()) {
            return ambiguous(*relay);
        } else {
            relay->text = text;
            plan.relays.push_back(*std::move(relay));
        }
    }
    return plan;
}

/// Adds the questions for the record of the domain, and for the addresses or records of the relays.
void add_questions(const Plan& plan, spf::analysis::TreeQuestions& questions) {
    using Kind = spf::analysis::Relay::Kind;
    questions.add_domain(plan.domain);
    for (const spf::analysis::Relay& each : plan.relays) {
        if (each.kind == Kind::host || each.kind == Kind::name) questions.add_host(each.name);
        if (each.kind == Kind::include || each.kind == Kind::name) questions.add_domain(each.name);
    }
}

/// Reports why the domain cannot be evaluated, and returns the exit status.
int tell_error(const spf::analysis::AuthorizeError& error, const Plan& plan,
               const AuthorizeOptions& options, const Dns& dns, std::ostream& out,
               std::ostream& err) {
    if (error.code == spf::analysis::AuthorizeError::Code::malformed_domain) {
        return tell_usage(message_of(error), "authorize", err);
    }
    if (options.output.json) {
        spf::analysis::Authorization nothing;
        nothing.domain = plan.domain;
        Json json = to_json(nothing);
        json["problem"] = error.message();
        json["complete"] = false;
        json["advice"] = plan.provider != nullptr ? plan.provider->advice : "add_at_domain";
        if (plan.provider != nullptr) json["provider"] = to_json(*plan.provider);
        write(out, json);
    }
    tell_time(dns, err);
    if (dns.is_unreachable()) return tell_unreachable(dns, err);
    return tell({error.code == spf::analysis::AuthorizeError::Code::dns_failure
                     ? exit_status_of(spf::Result::temperror)
                     : exit_missing,
                 message_of(error)},
                err);
}

/// Prints the advice for a service that needs no change of the SPF record.
void tell_advice(const Plan& plan, const AuthorizeOptions& options, std::ostream& out) {
    if (!options.output.json) {
        print(out, *plan.provider, style_of_output(options.output.colour).width);
        return;
    }
    spf::analysis::Authorization authorization;
    authorization.domain = plan.domain;
    authorization.relays.emplace_back().relay.text = options.relays.front();
    Json json = to_json(authorization);
    json["advice"] = plan.provider->advice;
    json["provider"] = to_json(*plan.provider);
    write(out, json);
}

/// Returns the commands that help if there is no proposal, with the same options about DNS.
std::vector<spf::advice::Next> next_steps(const spf::analysis::Authorization& authorization,
                                          const AuthorizeOptions& options) {
    spf::advice::Context context;
    context.dns_options = options.dns.words();
    return spf::advice::next_steps(authorization, context);
}

void tell(const spf::analysis::Authorization& authorization, const Plan& plan,
          const AuthorizeOptions& options, std::ostream& out) {
    if (!options.output.json) {
        const std::size_t width = style_of_output(options.output.colour).width;
        const spf::report::TextStyle style = style_of_output(options.output.colour);
        print(out, authorization, plan.provider, options.proof, width);
        const std::vector<spf::advice::Next> steps = next_steps(authorization, options);
        if (!steps.empty()) out << '\n' << spf::advice::text(steps, style);
        return;
    }
    Json json = to_json(authorization);
    json["next"] = spfcheck::to_json(next_steps(authorization, options));
    if (plan.provider != nullptr) json["provider"] = to_json(*plan.provider);
    const bool elsewhere = plan.provider != nullptr && plan.provider->advice == "add_at_subdomain";
    if (elsewhere && !authorization.is_whole()) json["advice"] = plan.provider->advice;
    write(out, json);
}

}  // namespace

void setup(CLI::App& app, AuthorizeOptions& options) {
    app.add_option("DOMAIN", options.domain, "the domain that the relays are to send for")
        ->required()
        ->transform(a_domain())
        ->type_name("");
    app.add_option(
           "RELAY", options.relays,
           "an address, a network, a host, or the name that a service tells its customers to "
           "include; the prefix ip4:, ip6:, a: or include: says which")
        ->required()
        ->type_name("");
    app.add_flag("--from-scratch", options.from_scratch,
                 "propose a first record if there is none; it ends in ~all");
    app.add_option("--sub-domain", options.sub_domain,
                   "the sub-domain that gets the record, as in mail or mail.example.com: of a "
                   "service that sends from one, instead of the name that it suggests")
        ->type_name("NAME");
    app.add_flag("--by-name", options.by_name,
                 "list hosts as \"a:HOST\", one lookup each, instead of by their addresses");
    setup_update(app, options.apply, options.ttl);
    app.add_flag("--very-large", options.very_large,
                 "propose networks larger than /16 (IPv6: /32), too");
    app.add_flag("--proof", options.proof,
                 "print the results of all addresses that were checked, not of one of each kind");
    setup_providers(app, options.providers);
    setup_record(app, options.dns);
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck authorize example.com 198.51.100.7
  spfcheck authorize example.com _spf.mailer.example --json
  spfcheck authorize example.com "Google Workspace"
  spfcheck authorize norecord.example mx.norecord.example --from-scratch
  spfcheck authorize example.com Mailgun --sub-domain mail
  spfcheck authorize example.com 198.51.100.0/28 --apply | nsupdate -k KEYFILE

Exit status:
  0 all relays may send already, 1 some may not, or in part, 5 not known because
  a lookup failed, 64 wrong usage, 65 unreadable file, 69 no name server,
  70 internal error)");
}

int run(const AuthorizeOptions& options, std::ostream& out, std::ostream& err) {
    const auto catalogue = Catalogue::load(options.providers);
    if (!catalogue) return tell(catalogue.error(), err);
    const auto plan = plan_of(options, *catalogue);
    if (!plan) {
        return tell_usage(plan.error(), "authorize", err);
    }
    if (plan->is_only_advice) {
        tell_advice(*plan, options, out);
        return exit_missing;
    }
    const auto logger = make_logger(options.output.verbosity, err);
    const auto dns = open_dns(options.dns.supposing(plan->domain), logger);
    if (!dns) return tell(dns.error(), err);
    (*dns)->begin_check();
    const spf::analysis::AuthorizeOptions how{.from_scratch = plan->from_scratch,
                                              .hosts_by_name = options.by_name,
                                              .very_large = options.very_large,
                                              .networks = {}};
    spf::analysis::TreeQuestions questions;
    add_questions(*plan, questions);
    const auto found = analyse(**dns, questions, [&plan, &how](spf::dns::Resolver& resolver) {
        return spf::analysis::authorize(plan->domain, plan->relays, resolver, how);
    });
    if (!found) return tell_error(found.error(), *plan, options, **dns, out, err);

    const bool can_apply = options.apply && found->proposal.has_value();
    if (can_apply) {
        const auto texts = KnownFirst(questions, **dns)
                               .resolve({found->proposal->name, spf::dns::RecordType::txt});
        print_update(out, *found->proposal, *texts, ttl_for_update(*texts, options.ttl));
    } else {
        tell(*found, *plan, options, options.apply && !options.output.json ? err : out);
    }
    out.flush();  // the verdict comes first
    tell_time(**dns, err);
    if ((*dns)->is_unreachable()) return tell_unreachable(**dns, err);
    if (!is_complete(*found)) return exit_status_of(spf::Result::temperror);
    return found->is_whole() ? exit_ok : exit_missing;
}

}  // namespace spfcheck
