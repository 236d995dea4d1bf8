// check_host(): RFC 7208 section 4, with "all" and "include" (5.1, 5.2) and "redirect" (6.1).
//
// One coroutine per check_host(), so that the code can be read beside the text. Results travel as
// values; what stops everything, wherever it happens, is noted by stop() and travels as
// Match::exception.

#include <utility>
#include <variant>

#include "evaluation/state.hpp"
#include "spf/domain.hpp"

namespace spf {
namespace {

Problem problem_of(Problem::Code code, std::string_view domain, std::string_view text = {}) {
    Problem problem;
    problem.code = code;
    problem.domain = domain;
    problem.text = text;
    return problem;
}

Result result_of(Qualifier qualifier) noexcept {
    switch (qualifier) {
        case Qualifier::fail: return Result::fail;
        case Qualifier::softfail: return Result::softfail;
        case Qualifier::neutral: return Result::neutral;
        case Qualifier::pass: break;
    }
    return Result::pass;
}

/// The domain-spec of a mechanism, or null where it has none and the current domain is meant (4.8).
const MacroString* domain_spec(const Mechanism& mechanism) noexcept {
    if (const auto* include = std::get_if<Include>(&mechanism)) return &include->domain;
    if (const auto* exists = std::get_if<Exists>(&mechanism)) return &exists->domain;
    const auto given = [](const std::optional<MacroString>& domain) {
        return domain ? &*domain : nullptr;
    };
    if (const auto* a = std::get_if<A>(&mechanism)) return given(a->domain);
    if (const auto* mx = std::get_if<Mx>(&mechanism)) return given(mx->domain);
    if (const auto* ptr = std::get_if<Ptr>(&mechanism)) return given(ptr->domain);
    return nullptr;
}

}  // namespace

/// What "there is no record" comes to: none at the outermost level (4.3, 4.5), permerror below a
/// redirect (6.1). An include is told none and makes it a permerror itself (5.2).
Result Evaluation::State::no_record(Problem::Code outermost, std::string_view domain, Role role) {
    switch (role) {
        case Role::outermost: outcome_.problem = problem_of(outermost, domain); break;
        case Role::include:
            outcome_.problem = problem_at_term(Problem::Code::include_without_record, domain);
            break;
        case Role::redirect:
        case Role::redirect_in_include:
            outcome_.problem = problem_at_term(Problem::Code::redirect_without_record, domain);
            return Result::permerror;
    }
    return Result::none;
}

/// 4.5: none, or more than one, or a syntax error anywhere (4.6) leave nothing to evaluate.
Result Evaluation::State::no_usable_record(const SelectedRecord& selected, std::string_view domain,
                                           Role role) {
    if (std::holds_alternative<NoRecord>(selected))
        return no_record(Problem::Code::no_record, domain, role);
    if (const auto* broken = std::get_if<BrokenRecord>(&selected)) {
        outcome_.problem = problem_of(Problem::Code::syntax_error, domain, broken->text);
        outcome_.problem->syntax = broken->error;
    } else {
        outcome_.problem = problem_of(Problem::Code::several_records, domain);
    }
    return Result::permerror;
}

Task<Result> Evaluation::State::check_host(std::string_view domain, Role role, unsigned depth) {
    const std::size_t step = trace(Step::Kind::check_host, depth, domain, {});

    // 4.4: one look-up, for TXT alone.
    const Reply reply = co_await ask(domain, dns::RecordType::txt);
    trace_lookup(depth + 1, domain, dns::RecordType::txt, reply);
    if (!acceptable(reply)) co_return finish_step(step, exception_);
    if (reply.status == dns::Status::nxdomain) {
        co_return finish_step(step, no_record(Problem::Code::no_such_domain, domain, role));
    }

    // 4.5, 4.6: select, and validate the syntax before anything is evaluated.
    ArenaOptional<SelectedRecord> own{arena_};
    const SelectedRecord* selected = reply.answer->selected.get();
    if (reply.status != dns::Status::ok) {
        selected = own.emplace({});  // whatever else the answer holds
    } else if (selected == nullptr) {
        selected = own.emplace(select_record(reply.answer->texts));
    }
    const auto* const record = std::get_if<Record>(selected);
    if (record == nullptr) co_return finish_step(step, no_usable_record(*selected, domain, role));
    if (options_.trace) outcome_.trace[step].text = record->text();
    if (options_.hints) hint_record(*record);

    // 4.6.2: from left to right.
    for (const Directive* at = record->directives.data();; ++at) {
        Match matched = pass_over(*record, at, domain, depth + 1);
        if (matched == Match::no_match) break;
        if (matched == Match::undecided) {
            const std::size_t term_step = trace(Step::Kind::directive, depth + 1, domain, at->text);
            const MacroString* const spec = domain_spec(at->mechanism);
            matched = begin_directive(*at, spec, domain);
            if (matched == Match::undecided && needs_names(spec)) {
                matched = co_await names_for_macro(domain, depth + 2);
            }
            if (matched == Match::undecided) {
                const Target target = target_of(spec, domain);
                if (options_.trace) outcome_.trace[term_step].domain = target.name;
                if (!std::holds_alternative<Include>(at->mechanism)) {
                    // Readings: no name, no question, no match (4.8).
                    matched = Match::no_match;
                    if (target.is_plain || !name_problem(target.name)) {
                        matched = co_await query(at->mechanism, target.name, depth + 2);
                    }
                } else if (target.is_plain || !check_host_domain_problem(target.name)) {
                    const Result included =
                        co_await check_host(target.name, Role::include, depth + 2);
                    matched = match_of_include(included);
                } else {
                    matched = match_of_include(
                        no_record(Problem::Code::malformed_domain, target.name, Role::include));
                }
            }
            finish_step(term_step, matched);
            if (matched == Match::no_match) continue;
            if (matched == Match::exception) co_return finish_step(step, exception_);
        }

        const Result result = result_of(at->qualifier);
        if (decides(role)) {
            outcome_.mechanism = at->text;
            outcome_.mechanism_domain = domain;
            // 4.6.2, 6.2: only the record that caused the fail explains it.
            if (result == Result::fail && options_.explanation) {
                const Explanation* const explanation = record->explanation();
                if (explanation != nullptr) co_await explain(*explanation, domain, depth + 1);
            }
        }
        co_return finish_step(step, result);
    }

    // 5.1, 6.1: redirect is ignored where there is an "all".
    if (record->redirect() != nullptr && !record->has_all()) {
        const Result result = co_await follow_redirect(*record, domain, role, depth + 1);
        co_return finish_step(step, result);
    }
    // 4.7: the default result.
    if (decides(role)) {
        outcome_.mechanism = "default";
        outcome_.mechanism_domain = domain;
    }
    co_return finish_step(step, Result::neutral);
}

/// Moves on to the first directive that matches, or that has to ask DNS; no_match: to the end.
Evaluation::State::Match Evaluation::State::pass_over(const Record& record, const Directive*& at,
                                                      std::string_view domain, unsigned depth) {
    const IpAddress ip = outcome_.ip;
    const bool observed = options_.trace || options_.scope;
    const Directive* const end = record.directives.data() + record.directives.size();
    for (; at != end; ++at) {
        if (!observed) at = record.skip_ip4(at, ip);
        if (at == end) break;
        const Match matched = match_at_once(at->mechanism, ip);
        if (matched == Match::undecided) return matched;
        if (observed) observe(*at, matched, domain, depth);
        if (matched == Match::match) return matched;
    }
    return Match::no_match;
}

void Evaluation::State::observe(const Directive& directive, Match matched, std::string_view domain,
                                unsigned depth) {
    finish_step(trace(Step::Kind::directive, depth, domain, directive.text), matched);
    const bool contained = matched == Match::match;
    if (const auto* ip4 = std::get_if<Ip4>(&directive.mechanism)) narrow(ip4->network, contained);
    if (const auto* ip6 = std::get_if<Ip6>(&directive.mechanism)) narrow(ip6->network, contained);
}

/// What comes before a mechanism's first question; undecided: it may ask.
Evaluation::State::Match Evaluation::State::begin_directive(const Directive& directive,
                                                            const MacroString* spec,
                                                            std::string_view domain) {
    if (!begin_term(directive.text, domain)) return Match::exception;  // 4.6.4
    if (spec == nullptr || !spec->has_macros()) return Match::undecided;
    note_dependence(*spec);
    if (!can_expand(*spec)) return Match::no_match;  // RFC 8616, 4
    return Match::undecided;
}

/// 4.8: the target-name that has to be made from the domain-spec.
Evaluation::State::Target Evaluation::State::expanded_target(const MacroString& spec,
                                                             std::string_view domain) {
    ArenaText copy{arena_, expand(spec, domain)};
    const std::string_view name = copy.view();
    return {std::move(copy), name, false};
}

/// 5.2: the table.
Evaluation::State::Match Evaluation::State::match_of_include(Result result) noexcept {
    switch (result) {
        case Result::pass: return Match::match;
        case Result::fail:
        case Result::softfail:
        case Result::neutral: return Match::no_match;
        case Result::temperror: exception_ = Result::temperror; break;
        case Result::permerror:
        case Result::none: exception_ = Result::permerror; break;
    }
    return Match::exception;
}

/// 6.1: only once all mechanisms have failed to match.
Task<Result> Evaluation::State::follow_redirect(const Record& record, std::string_view domain,
                                                Role role, unsigned depth) {
    const Role redirected = decides(role) ? Role::redirect : Role::redirect_in_include;
    const MacroString& spec = record.redirect()->domain;
    std::string_view text = spec.text();
    for (const Modifier& modifier : record.modifiers) {
        if (std::holds_alternative<Redirect>(modifier.kind)) text = modifier.text;
    }
    const std::size_t step = trace(Step::Kind::redirect, depth, domain, text);
    if (!begin_term(text, domain)) co_return exception_;
    note_dependence(spec);
    if (!can_expand(spec))
        co_return no_record(Problem::Code::malformed_domain, spec.text(), redirected);
    if (needs_names(&spec)) {
        const Match found = co_await names_for_macro(domain, depth + 1);
        if (found == Match::exception) co_return exception_;
    }
    const Target target = target_of(&spec, domain);
    if (options_.trace) outcome_.trace[step].domain = target.name;
    if (!target.is_plain && check_host_domain_problem(target.name))
        co_return no_record(Problem::Code::malformed_domain, target.name, redirected);
    const Result result = co_await check_host(target.name, redirected, depth + 1);
    co_return result;
}

}  // namespace spf
