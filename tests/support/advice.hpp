// Outcomes, zones and texts for tests of advice.
#pragma once

#include <string>
#include <utility>

#include "spf/advice/advice.hpp"
#include "spf/net/ip.hpp"
#include "spf/resolver/zone.hpp"
#include "support/outcomes.hpp"

namespace advice_test {

/// A zone in which example.com has a TXT record. The host host.example has an address, but no
/// record, and none.example has neither.
inline spf::ZoneResolver zone_of(const std::string& record) {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", record);
    zone.add_a("host.example", *spf::IpAddress::parse("192.0.2.77"));
    zone.add_txt("host.example", "hello");
    zone.add_txt("_spf.example.net", "v=spf1 ip4:198.51.100.0/24 -all");
    return zone;
}

/// An outcome as after a check with Options::trace.
inline spf::Outcome with_record(spf::Result result, const std::string& record,
                                const std::string& mechanism) {
    spf::Outcome outcome = report_test::outcome_of(result);
    outcome.mechanism = mechanism;
    outcome.trace.push_back(report_test::check_step(0, "example.com", record, result));
    return outcome;
}

/// The commands of the advice, one per line.
inline std::string commands(const spf::Outcome& outcome, const spf::advice::Context& context = {}) {
    std::string out;
    for (const spf::advice::Advice& item : spf::advice::what_to_do(outcome, context)) {
        if (!item.command.empty()) out += item.command + '\n';
    }
    return out;
}

inline std::string texts(const spf::Outcome& outcome, const spf::advice::Context& context = {}) {
    std::string out;
    for (const spf::advice::Advice& item : spf::advice::what_to_do(outcome, context))
        out += item.text() + '\n';
    return out;
}

inline spf::Outcome from(spf::Result result, const char* ip) {
    spf::Outcome outcome = with_record(result, "v=spf1 mx -all", "-all");
    outcome.ip = *spf::IpAddress::parse(ip);
    return outcome;
}

inline spf::Step directive_step(std::string text) {
    spf::Step step;
    step.kind = spf::Step::Kind::directive;
    step.text = std::move(text);
    return step;
}

/// A message with relays that nobody has declared.
inline spf::advice::Context relayed() {
    spf::advice::Context context;
    context.message = "m.eml";
    context.has_lines_below = true;
    return context;
}

}  // namespace advice_test
