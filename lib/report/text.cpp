// The first line of a report contains all that most readers need. It is followed by a table of two
// columns, label and text, with the same layout for every result.

#include "spf/report/text.hpp"

#include <string_view>

#include "base/ascii.hpp"
#include "report/colour.hpp"
#include "report/field.hpp"
#include "report/names.hpp"
#include "report/sentences.hpp"
#include "report/table.hpp"
#include "spf/base/printable.hpp"
#include "spf/record/record.hpp"
#include "spf/report/wrap.hpp"

namespace spf::report {
namespace {

using Say = ReportSentence;

/// Returns whether the directive that decided the result is an `all` (RFC 7208, 5.1).
bool decided_by_all(const Outcome& outcome) noexcept {
    std::string_view term = outcome.mechanism;
    if (!term.empty() && is_qualifier(term.front())) term.remove_prefix(1);
    return ascii::equal_ignoring_case(term, All::traits.name);
}

/// Returns the reason for the result: the term that decided, or that no term matches. Returns empty
/// if the result has another cause.
std::string grounds(const Outcome& outcome) {
    const bool own = outcome.mechanism_domain == outcome.domain;
    const std::string other = short_name(outcome.mechanism_domain);
    const std::string term = short_name(outcome.mechanism);
    switch (outcome.decided_by()) {
        case Outcome::DecidedBy::nothing: return {};
        case Outcome::DecidedBy::default_result:
            return own ? said<Say::nothing_matches>() : said<Say::nothing_matches_in_other>(other);
        case Outcome::DecidedBy::directive: break;
    }
    if (decided_by_all(outcome))
        return own ? said<Say::ends_in>(term) : said<Say::other_ends_in>(other, term);
    return own ? said<Say::listed_as>(term) : said<Say::other_listed_as>(other, term);
}

/// Returns the cause of a temperror or permerror, in few words.
std::string short_problem(const Problem& problem) {
    const std::string domain = short_name(problem.domain);
    switch (problem.code) {
        case Problem::Code::several_records: return said<Say::because_several_records>();
        case Problem::Code::syntax_error: return said<Say::because_syntax_error>(domain);
        case Problem::Code::include_without_record: return said<Say::because_include>();
        case Problem::Code::redirect_without_record: return said<Say::because_redirect>();
        case Problem::Code::too_many_dns_lookups:
            return problem.loop.empty() ? said<Say::because_dns_lookups>()
                                        : said<Say::because_loop>(short_name(problem.loop));
        case Problem::Code::too_many_void_lookups: return said<Say::because_void_lookups>();
        case Problem::Code::too_many_mx_names: return said<Say::because_mx_names>();
        case Problem::Code::dns_failure: return said<Say::because_dns>();
        case Problem::Code::deadline: return said<Say::because_deadline>();
        case Problem::Code::not_in_zone:
            return problem.source.empty()
                       ? said<Say::because_not_in_zone>(domain)
                       : said<Say::because_not_in>(domain, printable(problem.source, 40));
        case Problem::Code::malformed_domain:
        case Problem::Code::no_such_domain:
        case Problem::Code::no_record: break;
    }
    return said<Say::because_no_record>();
}

/// The first line of a report, without the result before it.
struct Headline {
    std::string whole;
    std::string verdict;  ///< without the reason in parentheses, for a narrow terminal
};

Headline with_grounds(const std::string& verdict, const std::string& grounds) {
    return {grounds.empty() ? verdict : verdict + " (" + grounds + ")", verdict};
}

std::string nothing_known(const Outcome& outcome) {
    const std::string domain = short_name(outcome.domain);
    const std::string ip = outcome.ip.to_string();
    switch (outcome.problem ? outcome.problem->code : Problem::Code::no_record) {
        case Problem::Code::malformed_domain:
            return domain.empty() ? said<Say::nothing_to_check>()
                                  : said<Say::not_checkable>(domain);
        case Problem::Code::no_such_domain: return said<Say::no_such_domain>(domain, ip);
        default: return said<Say::no_record>(domain, ip);
    }
}

Headline broken(const Outcome& outcome) {
    const std::string domain = short_name(outcome.domain);
    if (!outcome.problem) return with_grounds(said<Say::policy_broken>(domain), {});
    const Problem& problem = *outcome.problem;
    if (!problem.syntax || problem.domain != outcome.domain)
        return with_grounds(said<Say::policy_broken>(domain), short_problem(problem));
    return {said<Say::record_broken_at>(domain, short_name(problem.term())),
            said<Say::record_broken>(domain)};
}

/// Returns what the result means for the client and the domain.
std::string verdict(const Outcome& outcome) {
    const bool mail = outcome.is_about_mail_from();
    const std::string ip = outcome.ip.to_string();
    const std::string domain = short_name(outcome.domain);
    switch (outcome.result) {
        case Result::pass:
            return mail ? said<Say::may_send>(ip, domain) : said<Say::may_use_helo>(ip, domain);
        case Result::fail:
            return mail ? said<Say::may_not_send>(ip, domain)
                        : said<Say::may_not_use_helo>(ip, domain);
        case Result::softfail:
            return mail ? said<Say::probably_may_not_send>(ip, domain)
                        : said<Say::probably_may_not_use_helo>(ip, domain);
        case Result::neutral:
        case Result::none:
        case Result::temperror:
        case Result::permerror: break;
    }
    return mail ? said<Say::open_whether_may_send>(domain, ip)
                : said<Say::open_whether_may_use_helo>(domain, ip);
}

Headline headline(const Outcome& outcome) {
    switch (outcome.result) {
        case Result::none: return with_grounds(nothing_known(outcome), {});
        case Result::temperror:
            return with_grounds(said<Say::policy_not_checked>(short_name(outcome.domain)),
                                outcome.problem ? short_problem(*outcome.problem) : std::string());
        case Result::permerror: return broken(outcome);
        case Result::pass:
        case Result::fail:
        case Result::softfail:
        case Result::neutral: break;
    }
    return with_grounds(verdict(outcome), grounds(outcome));
}

void show_problem(Table& table, const Outcome& outcome) {
    if (!outcome.problem) return;
    const Problem& problem = *outcome.problem;
    // For `no_such_domain` and `no_record`, the first line of the report is sufficient. But if a
    // domain without a record has a TXT record that looks like an SPF record, that TXT record is
    // shown.
    if (problem.code == Problem::Code::no_such_domain) return;
    if (problem.code == Problem::Code::no_record) {
        if (problem.text.empty()) return;
        table.row(word(Say::label_problem), said<Say::looks_like_record>());
        table.row(word(Say::label_found), printable(problem.text, 320));
        return;
    }
    table.row(word(Say::label_problem), field::problem_text(outcome));
    if (!problem.syntax) return;
    const bool in_name = problem.code == Problem::Code::malformed_domain;
    const std::string& text = in_name ? problem.domain : problem.text;
    if (text.empty()) return;
    const Excerpt place =
        excerpt(text, problem.syntax->offset, problem.syntax->length, table.text_width());
    table.raw(word(Say::label_place), place.text);
    table.raw("", place.underline);
}

std::string what_was_checked(const Outcome& outcome) {
    const std::string helo = short_name(outcome.helo);
    if (outcome.identity == Identity::helo) return said<Say::checked_helo>(helo);
    if (outcome.null_sender) {
        return helo.empty() ? said<Say::checked_nothing>() : said<Say::checked_helo_for_null>(helo);
    }
    const std::string sender = printable(outcome.sender, 320);
    return said<Say::checked_mail_from>(sender);
}

std::string what_decided(const Outcome& outcome) {
    const std::string domain = short_name(outcome.mechanism_domain);
    if (outcome.decided_by() == Outcome::DecidedBy::default_result)
        return said<Say::decided_by_default>(domain);
    return said<Say::decided_by_term>(short_name(outcome.mechanism), domain);
}

}  // namespace

std::string summary(const Outcome& outcome) {
    return std::string(to_string(outcome.result)) + ": " + headline(outcome).whole;
}

std::string report(const Outcome& outcome, const TextStyle& style) {
    // The first line is never wrapped, so that scripts can use it. If it is too long, the reason in
    // parentheses is left out, because the table contains it too.
    const Headline line = headline(outcome);
    const std::size_t size = to_string(outcome.result).size() + 2 + line.whole.size();
    std::string out = coloured(outcome.result, style.colour) + ": ";
    out += size <= style.width ? line.whole : line.verdict;

    Table table(style.width);
    show_problem(table, outcome);
    table.row(word(Say::label_checked), what_was_checked(outcome));
    if (outcome.decided_by() != Outcome::DecidedBy::nothing)
        table.row(word(Say::label_decided_by), what_decided(outcome));
    table.row(word(Say::label_record), printable(record_of(outcome, outcome.mechanism_domain)),
              LongWord::keep);
    table.row(word(Say::label_lookups),
              said<Say::lookups>(outcome.dns_lookups, outcome.limits.dns_lookups,
                                 outcome.void_lookups, outcome.limits.void_lookups));
    if (!outcome.explanation.empty()) {
        table.row(word(Say::label_explained),
                  said<Say::explained_by>(short_name(outcome.explanation_domain)) + ' ' +
                      printable(outcome.explanation));
    }
    return out + "\n\n" + table.text();
}

}  // namespace spf::report
