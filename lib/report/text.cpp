// The first line is a sentence that suffices. What follows is a table of two columns, label and
// text, the same for every result, so that eyes find their way.

#include "spf/report/text.hpp"

#include <algorithm>
#include <string_view>

#include "report/colour.hpp"
#include "report/field.hpp"
#include "report/names.hpp"
#include "spf/report/advice.hpp"
#include "spf/report/printable.hpp"
#include "spf/report/wrap.hpp"

namespace spf {
namespace {

/// What the address may or may not do.
std::string deed(const Outcome& outcome) {
    const bool mail = field::is_about_mail_from(outcome);
    return (mail ? "send mail for " : "use the HELO name ") + short_name(outcome.domain);
}

std::string whose_record(const Outcome& outcome) {
    if (outcome.mechanism_domain == outcome.domain) return "its record";
    return "the record of " + short_name(outcome.mechanism_domain);
}

/// The term that decided, in parentheses.
std::string grounds(const Outcome& outcome) {
    if (outcome.mechanism.empty()) return {};
    const std::string record = whose_record(outcome);
    if (!decided_by_directive(outcome)) return " (no term of " + record + " matches)";
    if (decided_by_all(outcome))
        return " (" + record + " ends in " + quoted(outcome.mechanism) + ")";
    return " (by " + quoted(outcome.mechanism) + " in " + record + ")";
}

std::string nothing_known(const Outcome& outcome) {
    const std::string domain = short_name(outcome.domain);
    const std::string rest = ", so nothing is known about " + outcome.ip.to_string();
    switch (outcome.problem ? outcome.problem->code : Problem::Code::no_record) {
        case Problem::Code::malformed_domain:
            if (domain.empty()) return "there is no domain that could be checked";
            return quoted(outcome.domain) + " is not a domain name that can be checked";
        case Problem::Code::no_such_domain:
            return "the domain " + domain + " does not exist" + rest;
        default: return domain + " has no SPF record" + rest;
    }
}

std::string short_problem(Problem::Code code) {
    switch (code) {
        case Problem::Code::several_records: return "more than one record";
        case Problem::Code::syntax_error: return "a syntax error";
        case Problem::Code::include_without_record: return "an included domain has no record";
        case Problem::Code::redirect_without_record:
            return "it redirects to a domain without record";
        case Problem::Code::too_many_dns_lookups: return "too many DNS look-ups";
        case Problem::Code::too_many_void_lookups: return "too many look-ups that find nothing";
        case Problem::Code::too_many_mx_names: return "too many mail exchanges";
        case Problem::Code::dns_failure: return "DNS failed";
        case Problem::Code::deadline: return "it took too long";
        case Problem::Code::malformed_domain:
        case Problem::Code::no_such_domain:
        case Problem::Code::no_record: break;
    }
    return "there is none";
}

std::string sentence(const Outcome& outcome) {
    const std::string ip = outcome.ip.to_string();
    const std::string domain = short_name(outcome.domain);
    const std::string cause =
        outcome.problem ? " (" + short_problem(outcome.problem->code) + ")" : std::string();
    switch (outcome.result) {
        case Result::pass: return ip + " may " + deed(outcome) + grounds(outcome);
        case Result::fail: return ip + " may not " + deed(outcome) + grounds(outcome);
        case Result::softfail: return ip + " probably may not " + deed(outcome) + grounds(outcome);
        case Result::neutral:
            return domain + " leaves open whether " + ip + " may " +
                   (field::is_about_mail_from(outcome) ? "send mail for it" : "use its name") +
                   grounds(outcome);
        case Result::none: return nothing_known(outcome);
        case Result::temperror:
            return "the SPF policy of " + domain + " cannot be checked now" + cause;
        case Result::permerror: break;
    }
    return "the SPF policy of " + domain + " cannot be used by anyone" + cause;
}

/// Lays out one row after the other.
class Table {
public:
    explicit Table(std::size_t width) : width_(std::max<std::size_t>(width, 40)) {}

    void row(std::string_view label, std::string_view text, LongWord long_word = LongWord::split) {
        for (const std::string& line : wrapped(text, width_ - indent, long_word)) {
            raw(label, line);
            label = {};  // it stands in front of the first line only
        }
    }
    /// One line that is not wrapped.
    void raw(std::string_view label, std::string_view line) {
        out_.append(margin, ' ').append(label);
        out_.append(indent - margin - label.size(), ' ').append(line).append("\n");
    }
    void gap() { out_ += '\n'; }
    [[nodiscard]] std::size_t text_width() const noexcept { return width_ - indent; }
    [[nodiscard]] const std::string& text() const noexcept { return out_; }

private:
    static constexpr std::size_t margin = 2;
    static constexpr std::size_t indent = 13;
    std::size_t width_;
    std::string out_;
};

void show_problem(Table& table, const Outcome& outcome) {
    if (!outcome.problem) return;
    const Problem& problem = *outcome.problem;
    table.row("Problem", field::problem_text(outcome));
    if (!problem.syntax) return;
    const bool in_name = problem.code == Problem::Code::malformed_domain;
    const std::string& text = in_name ? problem.domain : problem.text;
    if (text.empty()) return;
    const Excerpt place =
        excerpt(text, problem.syntax->offset, problem.syntax->length, table.text_width());
    table.raw("Place", place.text);
    table.raw("", place.underline);
}

std::string what_was_checked(const Outcome& outcome) {
    const std::string helo = outcome.helo.empty() ? "" : ", HELO " + short_name(outcome.helo);
    if (outcome.identity == Identity::helo) return "HELO " + short_name(outcome.helo);
    if (outcome.null_sender) {
        const std::string name = helo.empty() ? "which is missing" : short_name(outcome.helo);
        return "MAIL FROM <>, the null reverse-path, and so the HELO name, " + name;
    }
    return "MAIL FROM <" + printable(outcome.sender, 320) + ">" + helo;
}

std::string what_decided(const Outcome& outcome) {
    const std::string record = "the record of " + short_name(outcome.mechanism_domain);
    if (!decided_by_directive(outcome)) return "no term of " + record + " (RFC 7208, 4.7)";
    return quoted(outcome.mechanism) + " in " + record;
}

std::string look_ups(const Outcome& outcome, const Limits& limits) {
    return std::to_string(outcome.dns_lookups) + " of " + std::to_string(limits.dns_lookups) +
           " allowed; void (nothing found): " + std::to_string(outcome.void_lookups) + " of " +
           std::to_string(limits.void_lookups);
}

void show_advice(Table& table, const Outcome& outcome) {
    for (const Advice& item : advice(outcome)) {
        table.row(item.to == Advice::To::receiver ? "Receiver" : "Sender", item.text);
        table.row("", item.record, LongWord::keep);
    }
}

}  // namespace

std::string summary(const Outcome& outcome) {
    return std::string(to_string(outcome.result)) + ": " + sentence(outcome);
}

std::string report(const Outcome& outcome, const TextStyle& style, const Limits& limits) {
    Table table(style.width);
    show_problem(table, outcome);
    table.row("Checked", what_was_checked(outcome));
    if (!outcome.mechanism.empty()) table.row("Decided by", what_decided(outcome));
    table.row("Record", printable(deciding_record(outcome)), LongWord::keep);
    table.row("Look-ups", look_ups(outcome, limits));
    if (!outcome.explanation.empty()) {
        table.row("Explained", short_name(outcome.explanation_domain) +
                                   " says: " + printable(outcome.explanation));
    }
    table.gap();
    show_advice(table, outcome);
    return coloured(outcome.result, style.colour) + ": " + sentence(outcome) + "\n\n" +
           table.text();
}

}  // namespace spf
