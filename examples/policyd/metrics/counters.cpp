#include "metrics/counters.hpp"

#include <string_view>

namespace policyd {
namespace {

void describe(std::string& out, std::string_view name, std::string_view type,
              std::string_view help) {
    out += "# HELP spf_policyd_" + std::string(name) + ' ' + std::string(help) + '\n';
    out += "# TYPE spf_policyd_" + std::string(name) + ' ' + std::string(type) + '\n';
}

void value(std::string& out, std::string_view name, std::uint64_t number,
           std::string_view labels = {}) {
    out += "spf_policyd_" + std::string(name) + std::string(labels) + ' ' + std::to_string(number) +
           '\n';
}

void counter(std::string& out, std::string_view name, std::string_view help, std::uint64_t number) {
    describe(out, name, "counter", help);
    value(out, name, number);
}

void gauge(std::string& out, std::string_view name, std::string_view help, std::uint64_t number) {
    describe(out, name, "gauge", help);
    value(out, name, number);
}

void results(std::string& out, std::string_view identity,
             const std::array<std::uint64_t, 7>& counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto result = spf::to_string(static_cast<spf::Result>(i));
        value(
            out, "results_total", counts.at(i),
            "{identity=\"" + std::string(identity) + "\",result=\"" + std::string(result) + "\"}");
    }
}

}  // namespace

void Counters::count(const spf::receiver::Decision& decision) {
    ++actions.at(static_cast<std::size_t>(decision.verdict.action));
    if (is_unchecked(decision.verdict.ground)) ++unchecked;
    const auto& mail = decision.mail;
    if (mail.mail_from) ++mail_from.at(static_cast<std::size_t>(mail.mail_from->result));
    if (mail.helo) ++helo.at(static_cast<std::size_t>(mail.helo->result));
}

std::string metrics_text(const Counters& counters, const Gauges& gauges) {
    std::string out;
    describe(out, "decisions_total", "counter", "Decisions about messages, by action.");
    for (std::size_t i = 0; i < counters.actions.size(); ++i) {
        const auto action = to_string(static_cast<spf::receiver::Action>(i));
        value(out, "decisions_total", counters.actions.at(i),
              "{action=\"" + std::string(action) + "\"}");
    }
    describe(out, "results_total", "counter", "Results of SPF (RFC 7208), by identity.");
    results(out, "mailfrom", counters.mail_from);
    results(out, "helo", counters.helo);
    counter(out, "unchecked_total", "Decisions about messages that were not checked.",
            counters.unchecked);
    counter(out, "requests_total", "Requests of Postfix.", counters.requests);
    counter(out, "broken_requests_total", "Requests that were not understood.",
            counters.broken_requests);
    counter(out, "unknown_clients_total", "Requests about a client without address.",
            counters.unknown_clients);
    counter(out, "connections_total", "Connections accepted.", counters.connections);
    gauge(out, "connections", "Connections open.", gauges.open_connections);
    gauge(out, "checks_in_flight", "Checks that wait for DNS.", gauges.checks);
    counter(out, "dns_lookups_total", "Questions that checks had.", gauges.driver.lookups);
    counter(out, "dns_cached_total", "Questions that the cache answered.",
            gauges.driver.from_cache);
    counter(out, "dns_queries_total", "Messages to name servers.", gauges.driver.queries);
    counter(out, "dns_silent_total", "Messages to name servers without reply in time.",
            gauges.driver.silent);
    gauge(out, "cache_entries", "DNS answers in the cache.", gauges.answers.entries);
    gauge(out, "cache_octets", "Estimated size of the cache.", gauges.answers.bytes);
    counter(out, "policy_hits_total", "Checks that a compiled policy decided.",
            gauges.policies.hits);
    return out;
}

}  // namespace policyd
