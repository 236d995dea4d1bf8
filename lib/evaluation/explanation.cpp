// exp=: RFC 7208 section 6.2. Whatever goes wrong here, the fail stands and is left unexplained.

#include <algorithm>

#include "base/ascii.hpp"
#include "evaluation/state.hpp"
#include "spf/dns/name.hpp"

namespace spf {

/// Yields Match::match where there is an explanation now.
Task<Evaluation::State::Match> Evaluation::State::explain(const Explanation& modifier,
                                                          std::string_view domain, unsigned depth) {
    explaining_ =
        true;  // expire() keeps the fail from here on, and nothing counts any more (4.6.4)
    term_counts_ = false;
    const MacroString& spec = modifier.domain;
    const std::size_t step = trace(Step::Kind::explanation, depth, domain, spec.text());
    if (!can_expand(spec)) co_return Match::no_match;
    if (needs_names(&spec)) co_await names_for_macro(domain, depth + 1);
    const ArenaText target{arena_, expand(spec, domain)};
    if (options_.trace) outcome_.trace[step].domain = target.view();
    if (dns::name_problem(target.view())) co_return Match::no_match;

    const Reply reply = co_await ask(target.view(), dns::RecordType::txt);
    trace_lookup(depth + 1, target.view(), dns::RecordType::txt, reply);
    if (reply.status != dns::Status::ok || reply.answer->texts.size() != 1)
        co_return Match::no_match;
    const auto text = MacroString::parse_explain_string(reply.answer->texts.front());
    if (!text) co_return Match::no_match;
    if (needs_names(&*text)) co_await names_for_macro(domain, depth + 1);
    if (text->uses('t') && !time_) {
        time_ = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    expand_text(*text, values(domain), options_.limits.explanation_length, scratch_);
    // "MUST be limited to US-ASCII": a local-part may have brought in anything, line ends too.
    if (!std::all_of(scratch_.begin(), scratch_.end(), ascii::is_printable))
        co_return Match::no_match;
    outcome_.explanation = scratch_;
    outcome_.explanation_domain = domain;
    co_return Match::match;
}

}  // namespace spf
