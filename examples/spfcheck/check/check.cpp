#include "check/check.hpp"

#include <array>
#include <ostream>
#include <string_view>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "check/facts.hpp"
#include "check/print.hpp"
#include "check/sentences.hpp"
#include "check/subject.hpp"
#include "dns/dns.hpp"
#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "io/number.hpp"
#include "names/idn.hpp"
#include "names/mistakes.hpp"
#include "names/parts.hpp"
#include "options/choice.hpp"
#include "options/names.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/log/spdlog.hpp"
#include "spf/mail/mail_check.hpp"

namespace spfcheck {
namespace {

using Says = CheckSentence;

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

/// Sets the limit that a text `KEY=N` names.
/// \return what is wrong with the text; empty if nothing is
Spoken set_limit(std::string_view text, spf::Limits& limits) {
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    const std::string_view digits = equals == std::string_view::npos ? "" : text.substr(equals + 1);
    for (const LimitName& each : limit_names) {
        if (each.name != name) continue;
        const auto value = whole_number_in<unsigned>(digits);
        if (!value || *value > highest_limit) return say<Says::limit_range>(name, highest_limit);
        limits.*each.limit = *value;
        return {};
    }
    return say<Says::no_such_limit>(name);
}

Spoken ip_problem(const std::string& text) {
    const auto ip = spf::IpAddress::parse(text);
    return ip ? Spoken() : say<Says::bad_ip>(text, message_of(ip.error()));
}

/// Returns a message about an option that is required but missing; empty if no such option is
/// missing.
Spoken what_is_missing(const CheckOptions& options) {
    const bool message = !options.message.path.empty();
    if (!message && !options.message.trusted.empty()) return say<Says::trusted_relay_alone>();
    return message || !options.ip.empty() ? "" : say<Says::ip_missing>();
}

/// Puts the words [IP] SENDER, in either order, into the options that they replace.
/// \return what is wrong with the words; empty if nothing is
std::string take_words(CheckOptions& options) {
    for (const std::string& word : options.words) {
        const std::string text(trimmed(word));
        if (spf::IpAddress::parse(text)) {
            if (!options.ip.empty()) return say<Says::words_and_options>(text, "--ip");
            options.ip = text;
            continue;
        }
        if (options.sender) {
            const bool is_second = options.words.size() > 1 && options.ip.empty();
            return is_second ? ip_problem(options.words.front())
                             : say<Says::words_and_options>(text, "--sender");
        }
        std::string problem = sender_problem(text);
        if (!problem.empty()) return problem;
        options.sender = text;
    }
    return {};
}

/// Returns the domain whose record decides: that of the sender, or the HELO name (4.3). The null
/// reverse-path has no domain (2.4).
std::string_view domain_of(spf::Identity identity, std::string_view sender, std::string_view helo) {
    if (identity == spf::Identity::helo || sender.empty()) return helo;
    const std::size_t at = sender.rfind('@');
    return at == std::string_view::npos ? sender : sender.substr(at + 1);
}

/// Checks `identity`, whose outcome decides the exit status. If `identity` is MAIL FROM and the
/// user did not choose it with an option, HELO is checked in addition.
Checked check(const spf::Client& client, const std::string& sender, spf::Identity identity,
              bool is_chosen, spf::dns::Resolver& dns, const spf::Options& how) {
    if (identity == spf::Identity::helo || is_chosen) {
        return {.outcome = spf::check_host({.ip = client.ip,
                                            .mail_from = sender,
                                            .helo = client.helo,
                                            .identity = identity,
                                            .receiver = client.receiver,
                                            .time = std::nullopt},
                                           dns, how),
                .helo = std::nullopt};
    }
    spf::MailCheck mail = spf::check_mail(client, sender, dns, how);
    // With the null reverse-path, the MAIL FROM identity is made from the HELO name (2.4). Both
    // checks then have the same outcome, so it is shown only once.
    if (mail.mail_from->null_sender) mail.helo.reset();
    return {.outcome = *std::move(mail.mail_from), .helo = std::move(mail.helo)};
}

}  // namespace

void setup(CLI::App& app, CheckOptions& options) {
    const char* group = "What to check";
    app.add_option("SENDER", options.words, "[IP] SENDER is short for --ip IP --sender SENDER")
        ->expected(0, 2)
        ->type_name("");
    app.add_option("--ip", options.ip, "the address of the client (the sending server)")
        ->type_name("IP")
        ->check(CLI::Validator(ip_problem, ""))
        ->group(group);
    app.add_option(
           "--sender", options.sender,
           "the address in MAIL FROM, not the one in the From: field; \"\" is that of a bounce")
        ->type_name("MAILFROM")
        ->transform(a_sender())
        ->group(group);
    app.add_option("--helo", options.helo, "the name in HELO or EHLO; checked beside --sender")
        ->transform(a_name())
        ->type_name("NAME")
        ->group(group);
    setup(app, options.message, group);
    one_of(app.add_option("--identity", options.identity, "check only this one, if both are given")
               ->group(group),
           {"mailfrom", "helo"});
    app.add_option("--receiver", options.receiver,
                   "the name of the server that checks, for header fields and the macro %{r}")
        ->type_name("NAME")
        ->group(group);
    app.add_option_function<std::vector<std::string>>(
           "--limits",
           [&options](const std::vector<std::string>& items) {
               for (const std::string& item : items) {
                   const Spoken problem = set_limit(item, options.limits);
                   if (!problem.empty()) throw CLI::ValidationError("--limits", problem);
               }
           },
           "other limits than those of RFC 7208, 4.6.4: dns_lookups (10), void_lookups (2), "
           "mx_names (10), ptr_names (10)")
        ->type_name("KEY=N,...")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->group(group);
    setup_record(app, options.dns);
    setup(app, options.dns);
    app.add_flag("--trace", options.trace, "show what was evaluated and looked up, step by step")
        ->group("Output");
    setup(app, options.output);
    app.footer(R"(Usage:
  spfcheck check [IP] SENDER [OPTION...]
  spfcheck check --ip IP [--sender MAILFROM] [--helo NAME] [OPTION...]
  spfcheck check --message FILE [--trusted-relay NET...] [OPTION...]

Examples:
  spfcheck check 192.0.2.10 ann@example.com
  spfcheck check --ip 192.0.2.10 --sender ann@example.com --helo mx.example.com
  spfcheck check --ip 2001:db8::25 --helo mx.example.com --trace
  spfcheck check --ip 198.51.100.7 --sender "" --helo mx.example.com --json
  spfcheck check --ip 192.0.2.10 --sender alice@example.com --zone example.zone
  spfcheck check --message relayed.eml --trusted-relay 198.51.100.0/24

Exit status:
  0 pass, 1 fail, 2 softfail, 3 neutral, 4 permerror, 5 temperror, 6 none,
  64 wrong usage, 65 unreadable zone file or message, 69 no name server,
  70 internal error)");
}

int run(const CheckOptions& given, std::ostream& out, std::ostream& err) {
    CheckOptions options = given;
    const std::string wrong = take_words(options);
    if (!wrong.empty()) return tell_usage(wrong, "check", err);
    const Spoken missing = what_is_missing(options);
    if (!missing.empty()) return tell_usage(missing, "check", err);
    std::optional<spf::IpAddress> ip;
    if (!options.ip.empty()) {
        const auto parsed = spf::IpAddress::parse(options.ip);
        if (!parsed) return tell_usage("--ip: " + ip_problem(options.ip), "check", err);
        ip = *parsed;
    }
    const auto subject = subject_of(options, ip);
    if (!subject) return tell(subject.error(), err);
    const std::optional<spf::Identity> identity = identity_of(*subject, options.identity);
    if (!identity && options.identity.empty()) {
        return tell_usage(say<Says::sender_missing>(), "check", err);
    }
    if (!identity) {
        const bool helo = options.identity == "helo";
        return tell_usage(helo ? say<Says::helo_missing>() : say<Says::mail_from_missing>(),
                          "check", err);
    }

    const std::string sender = ascii_sender(subject->sender.value_or(""));
    const std::string helo = ascii_domain(subject->helo.value_or(""));
    options.dns = options.dns.supposing(domain_of(*identity, sender, helo));
    const auto logger = make_logger(options.output.verbosity, err);
    const auto dns = open_dns(options.dns, logger);
    if (!dns) return tell(dns.error(), err);

    spf::Options how{.limits = options.limits, .trace = true};  // a report shows the record in it
    how.limits.deadline = options.dns.deadline();
    (*dns)->begin_check();
    const Checked checked = check({.ip = subject->ip, .helo = helo, .receiver = options.receiver},
                                  sender, *identity, !options.identity.empty(), **dns, how);
    const spf::Outcome& outcome = checked.outcome;
    if (checked.helo) spf::log_outcome(*logger, *checked.helo);
    spf::log_outcome(*logger, outcome);
    const Reader reader = options.output.json ? Reader::program : Reader::person;
    print(out, checked, options, *subject,
          facts_about(outcome, reader, **dns, options.dns, logger));

    if (outcome.result == spf::Result::temperror && (*dns)->is_unreachable()) {
        return tell_unreachable(**dns, err);
    }
    return exit_status_of(outcome.result);
}

}  // namespace spfcheck
