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
std::string grounds(const Outcome& outcome, const Language& language) {
    const bool own = outcome.mechanism_domain == outcome.domain;
    const std::string other = short_name(outcome.mechanism_domain);
    const std::string term = short_name(outcome.mechanism);
    switch (outcome.decided_by()) {
        case Outcome::DecidedBy::nothing: return {};
        case Outcome::DecidedBy::default_result:
            return own ? said_in<Say::nothing_matches>(language)
                       : said_in<Say::nothing_matches_in_other>(language, other);
        case Outcome::DecidedBy::directive: break;
    }
    if (decided_by_all(outcome))
        return own ? said_in<Say::ends_in>(language, term)
                   : said_in<Say::other_ends_in>(language, other, term);
    return own ? said_in<Say::listed_as>(language, term)
               : said_in<Say::other_listed_as>(language, other, term);
}

/// Returns the cause of a temperror or permerror, in few words.
std::string short_problem(const Problem& problem, const Language& language) {
    const std::string domain = short_name(problem.domain);
    switch (problem.code) {
        case Problem::Code::several_records: return said_in<Say::because_several_records>(language);
        case Problem::Code::syntax_error:
            return said_in<Say::because_syntax_error>(language, domain);
        case Problem::Code::include_without_record: return said_in<Say::because_include>(language);
        case Problem::Code::redirect_without_record:
            return said_in<Say::because_redirect>(language);
        case Problem::Code::too_many_dns_lookups:
            return problem.loop.empty()
                       ? said_in<Say::because_dns_lookups>(language)
                       : said_in<Say::because_loop>(language, short_name(problem.loop));
        case Problem::Code::too_many_void_lookups:
            return said_in<Say::because_void_lookups>(language);
        case Problem::Code::too_many_mx_names: return said_in<Say::because_mx_names>(language);
        case Problem::Code::dns_failure: return said_in<Say::because_dns>(language);
        case Problem::Code::deadline: return said_in<Say::because_deadline>(language);
        case Problem::Code::not_in_zone:
            return problem.source.empty() ? said_in<Say::because_not_in_zone>(language, domain)
                                          : said_in<Say::because_not_in>(
                                                language, domain, printable(problem.source, 40));
        case Problem::Code::malformed_domain:
        case Problem::Code::no_such_domain:
        case Problem::Code::no_record: break;
    }
    return said_in<Say::because_no_record>(language);
}

/// The first line of a report, without the result before it.
struct Headline {
    std::string whole;
    std::string verdict;  ///< without the reason in parentheses, for a narrow terminal
};

Headline with_grounds(const std::string& verdict, const std::string& grounds) {
    return {grounds.empty() ? verdict : verdict + " (" + grounds + ")", verdict};
}

std::string nothing_known(const Outcome& outcome, const Language& language) {
    const std::string domain = short_name(outcome.domain);
    const std::string ip = outcome.ip.to_string();
    switch (outcome.problem ? outcome.problem->code : Problem::Code::no_record) {
        case Problem::Code::malformed_domain:
            return domain.empty() ? said_in<Say::nothing_to_check>(language)
                                  : said_in<Say::not_checkable>(language, domain);
        case Problem::Code::no_such_domain:
            return said_in<Say::no_such_domain>(language, domain, ip);
        default: return said_in<Say::no_record>(language, domain, ip);
    }
}

Headline broken(const Outcome& outcome, const Language& language) {
    const std::string domain = short_name(outcome.domain);
    if (!outcome.problem) return with_grounds(said_in<Say::policy_broken>(language, domain), {});
    const Problem& problem = *outcome.problem;
    if (!problem.syntax || problem.domain != outcome.domain)
        return with_grounds(said_in<Say::policy_broken>(language, domain),
                            short_problem(problem, language));
    return {said_in<Say::record_broken_at>(language, domain, short_name(problem.term())),
            said_in<Say::record_broken>(language, domain)};
}

/// Returns what the result means for the client and the domain.
std::string verdict(const Outcome& outcome, const Language& language) {
    const bool mail = outcome.is_about_mail_from();
    const std::string ip = outcome.ip.to_string();
    const std::string domain = short_name(outcome.domain);
    switch (outcome.result) {
        case Result::pass:
            return mail ? said_in<Say::may_send>(language, ip, domain)
                        : said_in<Say::may_use_helo>(language, ip, domain);
        case Result::fail:
            return mail ? said_in<Say::may_not_send>(language, ip, domain)
                        : said_in<Say::may_not_use_helo>(language, ip, domain);
        case Result::softfail:
            return mail ? said_in<Say::probably_may_not_send>(language, ip, domain)
                        : said_in<Say::probably_may_not_use_helo>(language, ip, domain);
        case Result::neutral:
        case Result::none:
        case Result::temperror:
        case Result::permerror: break;
    }
    return mail ? said_in<Say::open_whether_may_send>(language, domain, ip)
                : said_in<Say::open_whether_may_use_helo>(language, domain, ip);
}

Headline headline(const Outcome& outcome, const Language& language) {
    switch (outcome.result) {
        case Result::none: return with_grounds(nothing_known(outcome, language), {});
        case Result::temperror:
            return with_grounds(
                said_in<Say::policy_not_checked>(language, short_name(outcome.domain)),
                outcome.problem ? short_problem(*outcome.problem, language) : std::string());
        case Result::permerror: return broken(outcome, language);
        case Result::pass:
        case Result::fail:
        case Result::softfail:
        case Result::neutral: break;
    }
    return with_grounds(verdict(outcome, language), grounds(outcome, language));
}

void show_problem(Table& table, const Outcome& outcome, const Language& language) {
    if (!outcome.problem) return;
    const Problem& problem = *outcome.problem;
    // For `no_such_domain` and `no_record`, the first line of the report is sufficient. But if a
    // domain without a record has a TXT record that looks like an SPF record, that TXT record is
    // shown.
    if (problem.code == Problem::Code::no_such_domain) return;
    if (problem.code == Problem::Code::no_record) {
        if (problem.text.empty()) return;
        table.row(language(word(Say::label_problem)), said_in<Say::looks_like_record>(language));
        table.row(language(word(Say::label_found)), printable(problem.text, 320));
        return;
    }
    table.row(language(word(Say::label_problem)), field::problem_text(outcome, language));
    if (!problem.syntax) return;
    const bool in_name = problem.code == Problem::Code::malformed_domain;
    const std::string& text = in_name ? problem.domain : problem.text;
    if (text.empty()) return;
    const Excerpt place =
        excerpt(text, problem.syntax->offset, problem.syntax->length, table.text_width());
    table.raw(language(word(Say::label_place)), place.text);
    table.raw("", place.underline);
}

std::string what_was_checked(const Outcome& outcome, const Language& language) {
    const std::string helo = short_name(outcome.helo);
    if (outcome.identity == Identity::helo) return said_in<Say::checked_helo>(language, helo);
    if (outcome.null_sender) {
        return helo.empty() ? said_in<Say::checked_nothing>(language)
                            : said_in<Say::checked_helo_for_null>(language, helo);
    }
    const std::string sender = printable(outcome.sender, 320);
    return said_in<Say::checked_mail_from>(language, sender);
}

std::string what_decided(const Outcome& outcome, const Language& language) {
    const std::string domain = short_name(outcome.mechanism_domain);
    if (outcome.decided_by() == Outcome::DecidedBy::default_result)
        return said_in<Say::decided_by_default>(language, domain);
    return said_in<Say::decided_by_term>(language, short_name(outcome.mechanism), domain);
}

}  // namespace

std::string summary(const Outcome& outcome) { return summary(outcome, Language()); }

std::string summary(const Outcome& outcome, const Language& language) {
    return std::string(to_string(outcome.result)) + ": " + headline(outcome, language).whole;
}

std::string report(const Outcome& outcome, const TextStyle& style) {
    // The first line is never wrapped, so that scripts can use it. If it is too long, the reason in
    // parentheses is left out, because the table contains it too.
    const Language& language = style.language;
    const Headline line = headline(outcome, language);
    const std::size_t size = to_string(outcome.result).size() + 2 + columns_of(line.whole);
    std::string out = coloured(outcome.result, style.colour) + ": ";
    out += size <= style.width ? line.whole : line.verdict;

    Table table(style.width);
    show_problem(table, outcome, language);
    table.row(language(word(Say::label_checked)), what_was_checked(outcome, language));
    if (outcome.decided_by() != Outcome::DecidedBy::nothing)
        table.row(language(word(Say::label_decided_by)), what_decided(outcome, language));
    table.row(language(word(Say::label_record)),
              printable(record_of(outcome, outcome.mechanism_domain)), LongWord::keep);
    table.row(language(word(Say::label_lookups)),
              said_in<Say::lookups>(language, outcome.dns_lookups, outcome.limits.dns_lookups,
                                    outcome.void_lookups, outcome.limits.void_lookups));
    if (!outcome.explanation.empty()) {
        table.row(language(word(Say::label_explained)),
                  said_in<Say::explained_by>(language, short_name(outcome.explanation_domain)) +
                      ' ' + printable(outcome.explanation));
    }
    return out + "\n\n" + table.text();
}

}  // namespace spf::report
