// The first line is a sentence that is sufficient on its own. It is followed by a table of two
// columns, label and text, with the same layout for every result.

#include "spf/report/text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "report/colour.hpp"
#include "report/field.hpp"
#include "report/names.hpp"
#include "spf/base/printable.hpp"
#include "spf/report/advice.hpp"
#include "spf/report/wrap.hpp"

namespace spf::report {
namespace {

std::string whose_record(const Outcome& outcome) {
    if (outcome.mechanism_domain == outcome.domain) return "its record";
    return "the record of " + short_name(outcome.mechanism_domain);
}

/// Returns the term that decided, in parentheses.
std::string grounds(const Outcome& outcome) {
    if (outcome.decided_by() == Outcome::DecidedBy::nothing) return {};
    const std::string record = whose_record(outcome);
    if (!decided_by_directive(outcome)) return " (no term of " + record + " matches)";
    if (decided_by_all(outcome))
        return " (" + record + " ends in " + in_quotes(outcome.mechanism) + ")";
    const bool own = outcome.mechanism_domain == outcome.domain;
    return " (listed as " + in_quotes(outcome.mechanism) + (own ? ")" : " in " + record + ")");
}

std::string nothing_known(const Outcome& outcome) {
    const std::string domain = short_name(outcome.domain);
    const std::string rest = ", so nothing is known about " + outcome.ip.to_string();
    switch (outcome.problem ? outcome.problem->code : Problem::Code::no_record) {
        case Problem::Code::malformed_domain:
            if (domain.empty()) return "there is no domain that could be checked";
            return in_quotes(outcome.domain) + " is not a domain name that can be checked";
        case Problem::Code::no_such_domain:
            return "the domain " + domain + " does not exist" + rest;
        default: return domain + " has no SPF record" + rest;
    }
}

/// The term around an octet of a record, or the text in its place.
std::string_view term_at(std::string_view record, std::size_t offset) {
    offset = std::min(offset, record.size());
    const std::size_t space = offset == 0 ? std::string_view::npos : record.rfind(' ', offset - 1);
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    return record.substr(begin, record.find(' ', begin) - begin);
}

/// Returns what is wrong with the policy, as part of a sentence.
std::string short_problem(const Problem& problem) {
    switch (problem.code) {
        case Problem::Code::several_records: return "it has more than one record";
        case Problem::Code::syntax_error:
            return "syntax error in the record of " + short_name(problem.domain);
        case Problem::Code::include_without_record: return "an included domain has no record";
        case Problem::Code::redirect_without_record:
            return "it redirects to a domain without record";
        case Problem::Code::too_many_dns_lookups:
            if (!problem.loop.empty()) {
                return "the record of " + short_name(problem.loop) + " leads back to itself";
            }
            return "too many DNS look-ups";
        case Problem::Code::too_many_void_lookups: return "too many void look-ups";
        case Problem::Code::too_many_mx_names: return "too many mail exchanges";
        case Problem::Code::dns_failure: return "DNS failed";
        case Problem::Code::deadline: return "it took too long";
        case Problem::Code::not_in_zone:
            return short_name(problem.domain) + " is not in " +
                   (problem.source.empty() ? "the zone data" : printable(problem.source, 40));
        case Problem::Code::malformed_domain:
        case Problem::Code::no_such_domain:
        case Problem::Code::no_record: break;
    }
    return "there is none";
}

/// The rest of the first line: a sentence, and the reason in parentheses.
struct Sentence {
    std::string verdict;
    std::string grounds;  ///< begins with a space; may be empty
};

Sentence sentence(const Outcome& outcome) {
    const std::string ip = outcome.ip.to_string();
    const std::string domain = short_name(outcome.domain);
    const std::string cause =
        outcome.problem ? " (" + short_problem(*outcome.problem) + ")" : std::string();
    switch (outcome.result) {
        case Result::pass: return {ip + " may " + deed(outcome), grounds(outcome)};
        case Result::fail: return {ip + " may not " + deed(outcome), grounds(outcome)};
        case Result::softfail: return {ip + " probably may not " + deed(outcome), grounds(outcome)};
        case Result::neutral: {
            const bool mail = field::is_about_mail_from(outcome);
            return {domain + " leaves open whether " + ip + " may " +
                        (mail ? "send mail for it" : "use its name"),
                    grounds(outcome)};
        }
        case Result::none: return {nothing_known(outcome), {}};
        case Result::temperror:
            return {"the SPF policy of " + domain + " cannot be checked now", cause};
        case Result::permerror: break;
    }
    const bool own_syntax =
        outcome.problem && outcome.problem->syntax && outcome.problem->domain == outcome.domain;
    if (!own_syntax) return {"the SPF policy of " + domain + " is broken", cause};
    const Problem& problem = *outcome.problem;
    return {"the SPF record of " + domain + " is broken",
            " at " + in_quotes(term_at(problem.text, problem.syntax->offset))};
}

/// Lays out rows, one after the other.
class Table {
public:
    explicit Table(std::size_t width) : width_(std::max<std::size_t>(width, 40)) {}

    void row(std::string_view label, std::string_view text, LongWord long_word = LongWord::split) {
        for (const std::string& line : wrapped(text, width_ - indent, long_word)) {
            raw(label, line);
            label = {};  // only the first line has the label
        }
    }
    /// Adds one line that is not wrapped.
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
    // For these two problems the first line is sufficient.
    if (problem.code == Problem::Code::no_such_domain) return;
    if (problem.code == Problem::Code::no_record) {
        if (problem.text.empty()) return;
        table.row("Problem", "a TXT record looks like an SPF record, and is none (RFC 7208, 4.5)");
        table.row("Found", printable(problem.text, 320));
        return;
    }
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
    if (outcome.null_sender && outcome.helo.empty()) {
        return "nothing: MAIL FROM is <> (the null reverse-path), and there is no HELO name";
    }
    if (outcome.null_sender) {
        return "HELO " + short_name(outcome.helo) + ", as MAIL FROM is <> (the null reverse-path)";
    }
    return "MAIL FROM <" + printable(outcome.sender, 320) + ">" + helo;
}

std::string what_decided(const Outcome& outcome) {
    const std::string record = "the record of " + short_name(outcome.mechanism_domain);
    if (!decided_by_directive(outcome)) return "no term of " + record + " (RFC 7208, 4.7)";
    return in_quotes(outcome.mechanism) + " in " + record;
}

std::string look_ups(const Outcome& outcome) {
    const Limits& limits = outcome.limits;
    const auto of_at_most = [](unsigned count, unsigned limit) {
        return std::to_string(count) + " (at most " + std::to_string(limit) + ")";
    };
    return of_at_most(outcome.dns_lookups, limits.dns_lookups) +
           ", of which found nothing: " + of_at_most(outcome.void_lookups, limits.void_lookups);
}

std::string label_of(Advice::To to) {
    switch (to) {
        case Advice::To::receiver: return "Receiver";
        case Advice::To::owner: return "Owner";
        case Advice::To::sender: break;
    }
    return "Sender";
}

/// The words of a command line, in which words with spaces are in single quotes.
std::vector<std::string_view> words_of(std::string_view command) {
    std::vector<std::string_view> out;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= command.size(); ++at) {
        const bool end = at == command.size();
        if (!end && command[at] == '\'') quoted = !quoted;
        if (!end && (quoted || command[at] != ' ')) continue;
        out.push_back(command.substr(begin, at - begin));
        begin = at + 1;
    }
    return out;
}

/// Shows a command on lines of its own, so that it can be copied; a long command is continued after
/// a backslash.
void show_command(Table& table, std::string_view command) {
    constexpr std::string_view next = " \\";
    const std::size_t width = table.text_width() - next.size();
    const std::vector<std::string_view> words = words_of(command);
    const bool fits = std::all_of(words.begin(), words.end(), [width](std::string_view word) {
        return word.size() + 2 <= width;
    });
    if (command.size() <= table.text_width()) return table.raw("", command);
    if (!fits) return table.row("", command);
    std::string line;
    for (const std::string_view word : words) {
        if (!line.empty() && line.size() + 1 + word.size() > width) {
            table.raw("", line + std::string(next));
            line = "  ";
        } else if (!line.empty()) {
            line += ' ';
        }
        line += word;
    }
    table.raw("", line);
}

void show_advice(Table& table, const Outcome& outcome, const AdviceContext& context) {
    for (const Advice& item : advice(outcome, context)) {
        table.row(label_of(item.to), item.text);
        if (!item.command.empty()) show_command(table, item.command);
    }
}

}  // namespace

std::string summary(const Outcome& outcome) {
    const Sentence words = sentence(outcome);
    return std::string(to_string(outcome.result)) + ": " + words.verdict + words.grounds;
}

std::string report(const Outcome& outcome, const TextStyle& style, const AdviceContext& context) {
    // The first line is never broken, so that scripts can use it. If it would be too long, the
    // grounds, which are in the table too, are left out.
    const Sentence words = sentence(outcome);
    const bool fits = summary(outcome).size() <= style.width;
    std::string out = coloured(outcome.result, style.colour) + ": " + words.verdict;
    if (fits) out += words.grounds;

    Table table(style.width);
    show_problem(table, outcome);
    table.row("Checked", what_was_checked(outcome));
    if (outcome.decided_by() != Outcome::DecidedBy::nothing)
        table.row("Decided by", what_decided(outcome));
    table.row("Record", printable(record_of(outcome, outcome.mechanism_domain)), LongWord::keep);
    table.row("Look-ups", look_ups(outcome));
    if (!outcome.explanation.empty()) {
        table.row("Explained", short_name(outcome.explanation_domain) +
                                   " says: " + printable(outcome.explanation));
    }
    table.gap();
    show_advice(table, outcome, context);
    return out + "\n\n" + table.text();
}

}  // namespace spf::report
