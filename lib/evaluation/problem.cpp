// The messages about a Problem: what went wrong, and how to correct it.

#include "spf/evaluation/problem.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/code_table.hpp"
#include "base/octet_name.hpp"
#include "evaluation/problem_sentences.hpp"
#include "record/term_around.hpp"
#include "spf/base/printable.hpp"

namespace spf {
namespace {

struct Entry {
    Problem::Code code;
    std::string_view name;
    std::string_view section;
};

using Code = Problem::Code;
using Say = ProblemSentence;

// The maximum lengths, in octets, of a term in a message about a syntax error, and of a term or a
// domain name in the advice on how to correct a problem. They keep the texts short enough for an
// SMTP reply.
constexpr std::size_t longest_term = 100;
constexpr std::size_t longest_name = 253;

constexpr std::array<Entry, Problem::code_count> entries{{
    {Code::malformed_domain, "malformed_domain", "4.3"},
    {Code::no_such_domain, "no_such_domain", "4.3"},
    {Code::no_record, "no_record", "4.5"},
    {Code::several_records, "several_records", "4.5"},
    {Code::syntax_error, "syntax_error", "4.6"},
    {Code::include_without_record, "include_without_record", "5.2"},
    {Code::redirect_without_record, "redirect_without_record", "6.1"},
    {Code::too_many_dns_lookups, "too_many_dns_lookups", "4.6.4"},
    {Code::too_many_void_lookups, "too_many_void_lookups", "4.6.4"},
    {Code::too_many_mx_names, "too_many_mx_names", "4.6.4"},
    {Code::dns_failure, "dns_failure", "4.4"},
    {Code::deadline, "deadline", "4.6.4"},
    {Code::not_in_zone, "not_in_zone", "2.6.6"},
}};

static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

template <ProblemSentence sentence, class... Arguments>
std::string said(const Language& language, Arguments&&... arguments) {
    return rendered(problem_sentences,
                    say<problem_sentences, sentence>(std::forward<Arguments>(arguments)...),
                    language);
}

/// Returns why a text has a syntax error, as part of a sentence.
Argument reason(const ParseError& syntax) { return Argument::phrase(syntax.message()); }

/// Returns the name of the first unprintable octet among those that the syntax error is about; an
/// empty text if all of them are printable.
Argument unseen_octet(const ParseError& syntax, std::string_view text, const Language& language) {
    const std::string_view rest = text.substr(std::min(syntax.offset, text.size()));
    const std::string_view place = rest.substr(0, syntax.length);
    if (std::all_of(place.begin(), place.end(), ascii::is_printable)) return Argument("");
    // The syntax error may be about only the first octet of a character that has several octets.
    // The result is the name of the whole character.
    return Argument::sentence(name_of_first_unprintable(rest, language));
}

std::string malformed_domain(const Problem& problem, const Language& language) {
    if (!problem.syntax) return said<Say::malformed_domain>(language, problem.domain);
    const Argument why = reason(*problem.syntax);
    const Argument octet = unseen_octet(*problem.syntax, problem.domain, language);
    if (octet.text().empty())
        return said<Say::malformed_domain_because>(language, problem.domain, why);
    return said<Say::malformed_domain_because_found>(language, problem.domain, why, octet);
}

std::string syntax_error(const Problem& problem, const Language& language) {
    if (!problem.syntax) return said<Say::syntax_error>(language, problem.domain);
    const Argument why = reason(*problem.syntax);
    const std::string term = printable(problem.term(), longest_term);
    const Argument octet = unseen_octet(*problem.syntax, problem.text, language);
    if (octet.text().empty())
        return said<Say::syntax_error_because>(language, problem.domain, term, why);
    return said<Say::syntax_error_because_found>(language, problem.domain, term, why, octet);
}

/// Returns whether the lookup failed because the answer was truncated, and TCP was refused.
bool is_truncated(const Problem& problem) noexcept {
    return problem.status == dns::Status::error && !problem.source.empty();
}

std::string dns_failure(const Problem& problem, const Language& language) {
    const std::string_view type = dns::to_string(problem.type);
    switch (problem.status) {
        case dns::Status::servfail: return said<Say::dns_servfail>(language, type, problem.domain);
        case dns::Status::timeout: return said<Say::dns_timeout>(language, type, problem.domain);
        case dns::Status::unreachable:
            return said<Say::dns_unreachable>(language, type, problem.domain);
        case dns::Status::nxdomain:
        case dns::Status::no_data:
        case dns::Status::not_in_zone:
        case dns::Status::ok:
        case dns::Status::error: break;
    }
    return is_truncated(problem) ? said<Say::dns_truncated>(language, type, problem.domain)
                                 : said<Say::dns_unusable>(language, type, problem.domain);
}

}  // namespace

std::string Problem::message() const { return message(Language()); }

std::string Problem::message(const Language& language) const {
    switch (code) {
        case Code::malformed_domain: return spf::malformed_domain(*this, language);
        case Code::no_such_domain: return said<Say::no_such_domain>(language, domain);
        case Code::no_record:
            return text.empty() ? said<Say::no_record>(language, domain)
                                : said<Say::no_record_but_similar>(language, domain);
        case Code::several_records: return said<Say::several_records>(language, domain);
        case Code::syntax_error: return spf::syntax_error(*this, language);
        case Code::include_without_record:
        case Code::redirect_without_record:
            return said<Say::target_without_record>(language, text, domain);
        case Code::too_many_dns_lookups:
            return loop.empty() ? said<Say::too_many_dns_lookups>(language, text, domain)
                                : said<Say::endless_dns_lookups>(language, loop, text, domain);
        case Code::too_many_void_lookups:
            return status == dns::Status::nxdomain
                       ? said<Say::too_many_void_lookups_no_name>(language, text, domain)
                       : said<Say::too_many_void_lookups_no_data>(language, text, domain,
                                                                  dns::to_string(type));
        case Code::too_many_mx_names: return said<Say::too_many_mx_names>(language, text, domain);
        case Code::dns_failure: return spf::dns_failure(*this, language);
        case Code::deadline: return said<Say::deadline>(language, dns::to_string(type), domain);
        case Code::not_in_zone:
            return source.empty() ? said<Say::not_in_zone_data>(language, domain)
                                  : said<Say::not_in_zone>(language, domain, source);
    }
    return {};
}

std::string Problem::remedy() const { return remedy(Language()); }

std::string Problem::remedy(const Language& language) const {
    const std::string name = printable(domain, longest_name);
    const std::string which = printable(term(), longest_term);
    switch (code) {
        case Code::malformed_domain:
            return domain.empty() ? said<Say::give_domain>(language)
                                  : said<Say::give_other_domain>(language, name);
        case Code::no_such_domain: return said<Say::check_spelling>(language, name);
        case Code::no_record:
            return text.empty() ? said<Say::publish_record>(language, name)
                                : said<Say::fix_similar_record>(language, which, name);
        case Code::several_records: return said<Say::merge_records>(language, name);
        case Code::syntax_error:
            if (!syntax) return said<Say::fix_record>(language, name);
            return rendered(syntax_remedies, Message<ParseError::Code>{syntax->code, {which, name}},
                            language);
        case Code::include_without_record: return said<Say::fix_include>(language, which);
        case Code::redirect_without_record: return said<Say::fix_redirect>(language, which, name);
        case Code::too_many_dns_lookups:
            return loop.empty() ? said<Say::need_fewer_dns_lookups>(language, which, name)
                                : said<Say::break_loop>(language, printable(loop, longest_name));
        case Code::too_many_void_lookups: return said<Say::fix_void_terms>(language, which);
        case Code::too_many_mx_names: return said<Say::need_fewer_mx_names>(language, which, name);
        case Code::dns_failure:
            return is_truncated(*this) ? said<Say::open_tcp>(language, name)
                                       : said<Say::try_again>(language, name);
        case Code::deadline: return said<Say::try_again_for_time>(language, name);
        case Code::not_in_zone: return said<Say::extend_zone>(language, name);
    }
    return {};
}

std::string_view Problem::term() const noexcept {
    if (code != Code::syntax_error || !syntax) return text;
    const std::size_t offset = std::min(syntax->offset, text.size());
    return term_around(text, offset, offset);
}

std::string_view Problem::section() const noexcept {
    return syntax ? syntax->section() : row_of(entries, code).section;
}
std::string_view to_string(Problem::Code code) noexcept { return row_of(entries, code).name; }

}  // namespace spf
