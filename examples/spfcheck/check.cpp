#include "check.hpp"

#include <array>
#include <charconv>
#include <ostream>
#include <string_view>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "exit_status.hpp"
#include "identity.hpp"
#include "json.hpp"
#include "spf/check.hpp"
#include "spf/report/printable.hpp"
#include "spf/report/text.hpp"
#include "spf/report/tree.hpp"
#include "spf/spdlog.hpp"

namespace spfcheck {
namespace {

struct LimitName {
    std::string_view name;
    unsigned spf::Limits::*limit;
};
constexpr std::array<LimitName, 4> limit_names{{
    {"dns_lookups", &spf::Limits::dns_lookups},
    {"void_lookups", &spf::Limits::void_lookups},
    {"mx_names", &spf::Limits::mx_names},
    {"ptr_names", &spf::Limits::ptr_names},
}};
constexpr unsigned highest_limit = 1000;

/// Reads one `KEY=N`. \return what is wrong, or nothing.
std::string set_limit(std::string_view text, spf::Limits& limits) {
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    const std::string_view digits = equals == std::string_view::npos ? "" : text.substr(equals + 1);
    for (const LimitName& each : limit_names) {
        if (each.name != name) continue;
        unsigned value = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool whole = error == std::errc() && end == digits.data() + digits.size();
        if (digits.empty() || !whole || value > highest_limit) {
            return std::string(name) + " takes a number from 0 to " + std::to_string(highest_limit);
        }
        limits.*each.limit = value;
        return {};
    }
    return "there is no limit \"" + spf::printable(name, 40) +
           "\"; there are dns_lookups, void_lookups, mx_names and ptr_names";
}

std::string ip_problem(const std::string& text) {
    const auto ip = spf::IpAddress::parse(text);
    return ip ? std::string()
              : '"' + spf::printable(text, 60) + "\": " + std::string(ip.error().message());
}

std::string identity_problem(const std::string& text) {
    return text == "mailfrom" || text == "helo" ? "" : "it is either mailfrom or helo";
}

/// The identity that is meant; nothing where its name is missing.
std::optional<spf::Identity> identity_of(const CheckOptions& options) {
    const bool helo = options.identity == "helo" || (options.identity.empty() && !options.sender);
    if (helo) return options.helo ? std::optional(spf::Identity::helo) : std::nullopt;
    return options.sender ? std::optional(spf::Identity::mail_from) : std::nullopt;
}

int wrong_usage(std::ostream& err, std::string_view message) {
    err << "spfcheck: " << message << "\nTry \"spfcheck check --help\".\n";
    return exit_usage;
}

void print(std::ostream& out, const spf::Outcome& outcome, const CheckOptions& options) {
    if (options.output.json) {
        write(out, to_json(outcome, options.trace));
        return;
    }
    const spf::TextStyle style = style_of_output(options.output.colour);
    out << spf::report(outcome, style, options.limits);
    if (options.trace) out << '\n' << spf::tree(outcome.trace, style);
}

}  // namespace

void setup(CLI::App& app, CheckOptions& options) {
    const char* group = "What to check";
    app.add_option("--ip", options.ip, "the address of the SMTP client (the sending server)")
        ->type_name("IP")
        ->required()
        ->check(CLI::Validator(ip_problem, ""))
        ->group(group);
    app.add_option(
           "--sender", options.sender,
           "the address in MAIL FROM (not the one in the From: field); a domain alone stands for "
           "postmaster there; \"\" is the null reverse-path of a bounce, for which the HELO name "
           "is checked")
        ->type_name("MAILFROM")
        ->group(group);
    app.add_option("--helo", options.helo,
                   "the name in HELO or EHLO; without --sender, this name is checked")
        ->type_name("NAME")
        ->group(group);
    app.add_option("--identity", options.identity,
                   "check mailfrom or helo, where both are given (otherwise mailfrom)")
        ->type_name("WHICH")
        ->check(CLI::Validator(identity_problem, ""))
        ->group(group);
    app.add_option("--receiver", options.receiver,
                   "the name of the server that checks, for header fields and the macro %{r}")
        ->type_name("NAME")
        ->group(group);
    app.add_option_function<std::vector<std::string>>(
           "--limits",
           [&options](const std::vector<std::string>& items) {
               for (const std::string& item : items) {
                   const std::string problem = set_limit(item, options.limits);
                   if (!problem.empty()) throw CLI::ValidationError("--limits", problem);
               }
           },
           "other limits than those of RFC 7208, 4.6.4, to see what would be: dns_lookups (10), "
           "void_lookups (2), mx_names (10), ptr_names (10)")
        ->type_name("KEY=N,...")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->group(group);
    setup(app, options.dns);
    app.add_flag("--trace", options.trace, "show what was evaluated and looked up, step by step")
        ->group("Output");
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck check --ip 192.0.2.10 --sender alice@example.com --helo mx.example.com
  spfcheck check --ip 2001:db8::25 --helo mx.example.com --trace
  spfcheck check --ip 198.51.100.7 --sender "" --helo mx.example.com --json
  spfcheck check --ip 192.0.2.10 --sender alice@example.com --zone example.zone

Exit status:
  0 pass, 1 fail, 2 softfail, 3 neutral, 4 permerror, 5 temperror, 6 none,
  64 wrong usage, 65 unreadable zone file, 69 no DNS can be reached,
  70 internal error)");
}

int run(const CheckOptions& options, std::ostream& out, std::ostream& err) {
    const auto ip = spf::IpAddress::parse(options.ip);
    if (!ip) return wrong_usage(err, "--ip: " + ip_problem(options.ip));
    const std::optional<spf::Identity> identity = identity_of(options);
    if (!identity && options.identity.empty()) {
        return wrong_usage(err, "--sender or --helo is missing: whose mail is it?");
    }
    if (!identity) {
        const bool helo = options.identity == "helo";
        return wrong_usage(
            err, helo ? "--identity helo needs --helo" : "--identity mailfrom needs --sender");
    }

    const auto logger = make_logger(options.output, err);
    const auto dns = open_dns(options.dns, logger);
    if (!dns) {
        err << "spfcheck: " << dns.error().message << '\n';
        return dns.error().exit_status;
    }

    const std::string sender = ascii_sender(options.sender.value_or(""));
    const std::string helo = ascii_domain(options.helo.value_or(""));
    spf::Options how{.limits = options.limits, .trace = true};  // reports need the record
    how.limits.deadline = options.dns.deadline();
    (*dns)->begin_check();
    const spf::Outcome outcome = spf::check_host({.ip = *ip,
                                                  .mail_from = sender,
                                                  .helo = helo,
                                                  .identity = *identity,
                                                  .receiver = options.receiver,
                                                  .time = std::nullopt},
                                                 **dns, how);
    spf::log_outcome(*logger, outcome);
    print(out, outcome, options);

    if (outcome.result == spf::Result::temperror && (*dns)->is_unreachable()) {
        const std::string servers = (*dns)->name_servers();
        err << "spfcheck: no name server can be reached"
            << (servers.empty() ? "; none is configured, name one with --nameserver"
                                : ": tried " + servers)
            << '\n';
        return exit_unavailable;
    }
    return exit_status_of(outcome.result);
}

}  // namespace spfcheck
