#include "diagnose/diagnose.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <set>
#include <string_view>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "diagnose/input.hpp"
#include "diagnose/print.hpp"
#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "names/parts.hpp"
#include "options/names.hpp"
#include "providers/ask.hpp"
#include "providers/catalogue.hpp"
#include "spf/net/special_address.hpp"

namespace spfcheck {
namespace {

constexpr double longest_wait_for_services = 3;  // in seconds

/// Returns which of the verdicts the page is about: what the sender can repair comes first.
std::size_t most_urgent(const std::vector<Verdict>& verdicts) {
    const auto rank = [](const Verdict& each) {
        switch (each.side) {
            case Side::ours: return 0;
            case Side::unknown: return 1;
            case Side::theirs: return 2;
            case Side::nobody: break;
        }
        return 3;
    };
    const auto first =
        std::min_element(verdicts.begin(), verdicts.end(),
                         [&](const Verdict& a, const Verdict& b) { return rank(a) < rank(b); });
    return static_cast<std::size_t>(first - verdicts.begin());
}

bool is_unlisted(const Examined& examined) {
    if (!examined.checks.mail_from) return false;
    const spf::Result result = examined.checks.mail_from->result;
    return result == spf::Result::fail || result == spf::Result::softfail ||
           result == spf::Result::neutral;
}

/// Returns whether the check went through a record of the service.
bool names_service(const spf::Trace& trace, std::string_view service) {
    return std::any_of(trace.begin(), trace.end(), [service](const spf::Step& each) {
        if (each.kind != spf::Step::Kind::check_host) return false;
        const Provider* const found = service_of(each.domain);
        return found != nullptr && found->name == service;
    });
}

/// Returns whether the recipient's mail servers are those of the organization of the client or of
/// a name whose record lists the client.
bool has_recipient_too(const Examined& examined, const Include& include) {
    if (!examined.mailbox) return false;
    const auto& servers = examined.mailbox->servers;
    return std::any_of(servers.begin(), servers.end(), [&](const std::string& each) {
        const Provider* const found = service_of(each);
        return found == include.service || is_of_organization(each, include.name) ||
               is_of_organization(each, examined.host.name);
    });
}

/// Finds the services to which clients belong that nothing else connects with us.
void find_services(std::vector<Examined>& all, DnsOptions options,
                   const std::shared_ptr<spdlog::logger>& logger) {
    std::vector<spf::IpAddress> clients;
    for (const Examined& each : all) {
        const bool is_strange = is_unlisted(each) && each.host.tie == Tie::none;
        const auto* range = each.host.ip ? spf::special_range(*each.host.ip) : nullptr;
        if (!is_strange || (range != nullptr && !range->can_send())) continue;
        if (std::find(clients.begin(), clients.end(), *each.host.ip) == clients.end())
            clients.push_back(*each.host.ip);
    }
    const Catalogue* const catalogue = built_in_catalogue();
    if (clients.empty() || catalogue == nullptr) return;
    const std::vector<Include> includes = includes_of(*catalogue);
    options.timeout = std::min(options.timeout, longest_wait_for_services);
    std::vector<std::set<std::size_t>> found(clients.size());  // the includes of each client
    const auto answered =
        ask(includes, clients, options, logger,
            [&](std::size_t include, std::size_t client, const spf::Outcome& outcome) {
                if (!owner_from(includes[include], outcome).term.empty())
                    found[client].insert(include);
            });
    if (!answered) return;
    for (Examined& each : all) {
        if (!each.host.ip || each.host.tie != Tie::none || !is_unlisted(each)) continue;
        const auto at = std::find(clients.begin(), clients.end(), *each.host.ip);
        if (at == clients.end()) continue;
        const auto& of_client = found[static_cast<std::size_t>(at - clients.begin())];
        if (of_client.empty()) continue;
        const auto is_shared = [&](std::size_t at_include) {
            return has_recipient_too(each, includes[at_include]);
        };
        const bool is_of_report =
            each.host.source == Source::claimed || each.host.source == Source::reporter;
        each.host.is_shared_service =
            is_of_report && std::any_of(of_client.begin(), of_client.end(), is_shared);
        each.host.tie = each.host.is_shared_service ? Tie::none : Tie::service;
        each.host.tied_by = includes[*of_client.begin()].service->name;
        each.host.is_listed_service =
            names_service(each.checks.mail_from->trace, each.host.tied_by);
    }
}

/// Asks DNS about the first recipients, with all independent questions in flight.
std::vector<Examined> examine_all(const Case& about, Dns& dns) {
    spf::analysis::TreeQuestions questions;
    if (about.sender) {
        const Place domain = domain_in(*about.sender);
        questions.add_domain(std::string_view(*about.sender).substr(domain.begin, domain.size));
    }
    const std::size_t count = std::clamp(about.recipients.size(), std::size_t{1}, most_examined);
    return analyse(dns, questions, [&](spf::dns::Resolver& resolver) {
        std::vector<Examined> out;
        for (std::size_t i = 0; i < count; ++i) out.push_back(examine(about, i, resolver));
        return out;
    });
}

/// Returns how the commands that are proposed name what this one was given.
Surroundings surroundings_of(const DiagnoseOptions& options) {
    Surroundings out;
    out.dns = options.dns.words();
    out.message = options.message.path;
    out.trusted = options.message.trusted;
    const auto add = [&out](const std::string& option, const std::string& value) {
        if (!value.empty()) out.input.insert(out.input.end(), {option, value});
    };
    const std::string& file = options.subject.find('@') == std::string::npos ? options.subject : "";
    // Standard input can be read only once, so no command can name it again.
    if (options.message.path == "-" || options.bounce == "-" || file == "-") return out;
    add("--message", options.message.path);
    add("--bounce", options.bounce);
    if (!file.empty()) out.input.push_back(file);
    for (const std::string& each : options.message.trusted) add("--trusted-relay", each);
    return out;
}

Diagnosis diagnosis_of(const Case& about, std::vector<Examined> examined,
                       const Surroundings& around) {
    Diagnosis out;
    out.examined = std::move(examined);
    const std::size_t count = std::max<std::size_t>(about.recipients.size(), 1);
    for (std::size_t i = 0; i < count; ++i) {
        out.verdicts.push_back(i < out.examined.size() ? judge(about, i, out.examined[i])
                                                       : judge_words(about, i));
    }
    const std::vector<Verdict> first(
        out.verdicts.begin(),
        out.verdicts.begin() + static_cast<std::ptrdiff_t>(out.examined.size()));
    out.main = most_urgent(first);
    const Examined& main = out.examined[out.main];
    const Verdict& verdict = out.verdicts[out.main];
    out.steps = steps_of(about, out.main, main, verdict);
    out.remedy = remedy_for(verdict, about, out.main, main, around);
    add_remedies(out.steps, verdict, about, out.main, main, around);
    return out;
}

std::string client_problem(const std::string& text) {
    const auto ip = spf::IpAddress::parse(text);
    return ip ? Spoken() : say<DiagnoseSentence::bad_ip>(text, message_of(ip.error()));
}

}  // namespace

std::vector<std::string> DiagnoseOptions::files() const {
    std::vector<std::string> out;
    if (!bounce.empty()) out.push_back(bounce);
    if (!subject.empty() && subject.find('@') == std::string::npos) out.push_back(subject);
    return out;
}

void setup(CLI::App& app, DiagnoseOptions& options) {
    const char* group = "What to diagnose";
    app.add_option("FILE", options.subject,
                   "the recipient's address, or a file with a message, a bounce, or lines of a "
                   "log; - is standard input")
        ->type_name("");
    app.add_option("--to", options.to, "the address of the recipient")
        ->type_name("ADDRESS")
        ->group(group);
    setup(app, options.message, group);
    app.add_option("--bounce", options.bounce,
                   "what came back: a mail, or a text with what the server said (- is standard "
                   "input)")
        ->type_name("FILE")
        ->group(group);
    app.add_option("--ip", options.ip,
                   "the address of the server that sent the mail, if nothing else shows it")
        ->type_name("IP")
        ->check(CLI::Validator(client_problem, ""))
        ->group(group);
    app.add_option("--sender", options.sender, "the address in MAIL FROM")
        ->type_name("MAILFROM")
        ->transform(a_sender())
        ->group(group);
    app.add_option("--helo", options.helo, "the name in HELO or EHLO")
        ->transform(a_name())
        ->type_name("NAME")
        ->group(group);
    setup(app, options.dns);
    app.add_flag("--redact", options.redact,
                 "replace names of users and of internal hosts, and subjects, by placeholders")
        ->group("Output");
    setup(app, options.output);
    app.footer(R"(Usage:
  spfcheck diagnose ADDRESS [OPTION...]
  spfcheck diagnose --message FILE [--trusted-relay NET...] [OPTION...]
  spfcheck diagnose [--bounce] FILE [OPTION...]

Examples:
  spfcheck diagnose bob@example.net
  spfcheck diagnose bounce.eml
  spfcheck diagnose --message mail.eml --to bob@example.net --redact
  spfcheck diagnose --bounce bounce.eml --json
  grep bob@example.net /var/log/mail.log | spfcheck diagnose -

Exit status:
  0 nothing wrong on the sender's side, 1 something to repair there, 2 the
  recipient's side, 5 the facts do not tell, 64 wrong usage, 65 unreadable
  message or zone file, 69 no name server, 70 internal error)");
}

int run(const DiagnoseOptions& options, std::ostream& out, std::ostream& err) {
    const auto about = read_case(options);
    if (!about && about.error().exit_status == exit_usage)
        return tell_usage(about.error(), "diagnose", err);
    if (!about) return tell(about.error(), err);
    const auto logger = make_logger(options.output.verbosity, err);
    const auto dns = open_dns(options.dns, logger);
    if (!dns) return tell(dns.error(), err);
    (*dns)->begin_check();
    std::vector<Examined> examined = examine_all(*about, **dns);
    if (!(*dns)->is_unreachable()) find_services(examined, options.dns, logger);
    const Diagnosis diagnosis = diagnosis_of(*about, std::move(examined), surroundings_of(options));
    if (options.output.json) {
        write(out, to_json(*about, diagnosis, options.redact));
    } else {
        print_page(out, *about, diagnosis, options.redact, style_of_output(options.output.colour));
    }
    out.flush();  // the verdict comes first
    tell_time(**dns, err);
    if ((*dns)->is_unreachable()) return tell_unreachable(**dns, err);
    return exit_status_of(diagnosis.verdicts[diagnosis.main].side);
}

}  // namespace spfcheck
