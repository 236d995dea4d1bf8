#include "report/names.hpp"

#include "base/ascii.hpp"
#include "report/field.hpp"
#include "spf/base/printable.hpp"
#include "spf/record/record.hpp"

namespace spf::report {

std::string short_name(std::string_view text) { return printable(text, 100); }

std::string in_quotes(std::string_view text) { return '"' + short_name(text) + '"'; }

std::string_view record_of(const Outcome& outcome, std::string_view domain) noexcept {
    for (const Step& step : outcome.trace) {
        if (step.kind == Step::Kind::check_host && step.domain == domain) {
            return step.text;
        }
    }
    return {};
}

std::string address_term(const IpAddress& ip) {
    return (ip.is_v4() ? "ip4:" : "ip6:") + ip.to_string();
}

std::string deed(const Outcome& outcome) {
    const bool mail = field::is_about_mail_from(outcome);
    return (mail ? "send mail for " : "use the HELO name ") + short_name(outcome.domain);
}

bool decided_by_directive(const Outcome& outcome) noexcept {
    return outcome.decided_by() == Outcome::DecidedBy::directive;
}

bool decided_by_all(const Outcome& outcome) noexcept {
    std::string_view term = outcome.mechanism;
    if (!term.empty() && is_qualifier(term.front())) term.remove_prefix(1);
    return ascii::equal_ignoring_case(term, All::traits.name);
}

}  // namespace spf::report
