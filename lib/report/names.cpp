#include "report/names.hpp"

#include "ascii.hpp"
#include "spf/report/printable.hpp"

namespace spf {

std::string short_name(std::string_view text) { return printable(text, 100); }

std::string quoted(std::string_view text) { return '"' + short_name(text) + '"'; }

std::string_view deciding_record(const Outcome& outcome) noexcept {
    for (const Step& step : outcome.trace) {
        if (step.kind == Step::Kind::check_host && step.domain == outcome.mechanism_domain) {
            return step.text;
        }
    }
    return {};
}

std::string address_term(const IpAddress& ip) {
    return (ip.is_v4() ? "ip4:" : "ip6:") + ip.to_string();
}

bool decided_by_directive(const Outcome& outcome) noexcept {
    return !outcome.mechanism.empty() && outcome.mechanism != "default";
}

bool decided_by_all(const Outcome& outcome) noexcept {
    std::string_view term = outcome.mechanism;
    constexpr std::string_view qualifiers = "+-~?";
    if (!term.empty() && qualifiers.find(term.front()) != std::string_view::npos)
        term.remove_prefix(1);
    return ascii::equal_ignoring_case(term, "all");
}

}  // namespace spf
