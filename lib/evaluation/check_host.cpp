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
    const auto given = [](const std::optional<MacroString>& domain) { return domain ? &*domain : nullptr; };
    if (const auto* a = std::get_if<A>(&mechanism)) return given(a->domain);
    if (const auto* mx = std::get_if<Mx>(&mechanism)) return given(mx->domain);
    if (const auto* ptr = std::get_if<Ptr>(&mechanism)) return given(ptr->domain);
    return nullptr;
}

}  // namespace

/// What "there is no record" comes to: none at the outermost level (4.3, 4.5), permerror below a
/// redirect (6.1). An include is told none and makes it a permerror itself (5.2).
Result Evaluation::State::no_record(Problem::Code outermost, std::string_view domain, Role role,
                                    std::string_view term) {
    switch (role) {
        case Role::outermost: outcome_.problem = problem_of(outermost, domain); break;
        case Role::include:
            outcome_.problem = problem_of(Problem::Code::include_without_record, domain, term);
            break;
        case Role::redirect:
            outcome_.problem = problem_of(Problem::Code::redirect_without_record, domain, term);
            return Result::permerror;
    }
    return Result::none;
}

/// 4.5: none, or more than one, or a syntax error anywhere (4.6) leave nothing to evaluate. The
/// result is then in exception_.
const Record* Evaluation::State::usable_record(const SelectedRecord& selected, std::string_view domain,
                                               Role role, std::string_view term) {
    if (const auto* record = std::get_if<Record>(&selected)) return record;
    if (std::holds_alternative<NoRecord>(selected)) {
        exception_ = no_record(Problem::Code::no_record, domain, role, term);
        return nullptr;
    }
    if (const auto* broken = std::get_if<BrokenRecord>(&selected)) {
        Problem problem = problem_of(Problem::Code::syntax_error, domain, broken->text);
        problem.syntax = broken->error;
        stop(Result::permerror, std::move(problem));
        return nullptr;
    }
    stop(Result::permerror, problem_of(Problem::Code::several_records, domain));
    return nullptr;
}

Task<Result> Evaluation::State::check_host(std::string_view domain, Role role, std::string_view term,
                                           unsigned depth) {
    const std::size_t step = trace(Step::Kind::check_host, depth, domain, {});

    // 4.3: a malformed or single-label domain gives none. The outermost one has been looked at.
    if (role != Role::outermost && check_host_domain_problem(domain)) {
        co_return finish_step(step, no_record(Problem::Code::malformed_domain, domain, role, term));
    }

    // 4.4: one look-up, for TXT alone.
    Reply reply = co_await ask(domain, dns::RecordType::txt);
    trace_lookup(depth + 1, domain, dns::RecordType::txt, reply);
    if (!acceptable(reply, domain, dns::RecordType::txt)) co_return finish_step(step, exception_);
    if (reply.status == dns::Status::nxdomain) {
        co_return finish_step(step, no_record(Problem::Code::no_such_domain, domain, role, term));
    }

    // 4.5, 4.6: select, and validate the syntax before anything is evaluated.
    SelectedRecord own;
    if (reply.answer->selected == nullptr) own = select_record(reply.answer->texts);
    const SelectedRecord& selected = reply.answer->selected ? *reply.answer->selected : own;
    const Record* const record = usable_record(selected, domain, role, term);
    if (record == nullptr) co_return finish_step(step, exception_);
    if (options_.trace) outcome_.trace[step].text = record->text();
    if (options_.hints) hint_record(*record);

    // 4.6.2: from left to right.
    for (const Directive& directive : record->directives) {
        Match matched = Match::no_match;
        // The mechanisms that ask nothing are decided on the spot; they are the most frequent ones.
        const auto* const ip4 = std::get_if<Ip4>(&directive.mechanism);
        const auto* const ip6 = std::get_if<Ip6>(&directive.mechanism);
        if (ip4 != nullptr || ip6 != nullptr || std::holds_alternative<All>(directive.mechanism)) {
            const bool contained = ip4 != nullptr   ? ip4->network.contains(outcome_.ip)    // 5.6
                                   : ip6 != nullptr ? ip6->network.contains(outcome_.ip)    // 5.6
                                                    : true;                                 // 5.1
            matched = contained ? Match::match : Match::no_match;
            if (options_.trace) {
                finish_step(trace(Step::Kind::directive, depth + 1, domain, directive.text), matched);
            }
        } else {
            matched = co_await match(directive, domain, depth + 1);
        }
        if (matched == Match::no_match) continue;
        if (matched == Match::exception) co_return finish_step(step, exception_);

        const Result result = result_of(directive.qualifier);
        if (role != Role::include) {
            outcome_.mechanism = directive.text;
            outcome_.mechanism_domain = domain;
            // 4.6.2, 6.2: only the record that caused the fail explains it.
            const Explanation* const explanation = record->explanation();
            if (result == Result::fail && explanation != nullptr && options_.explanation) {
                Match explained = co_await explain(*explanation, domain, depth + 1);
                static_cast<void>(explained);
            }
        }
        co_return finish_step(step, result);
    }

    // 5.1, 6.1: redirect is ignored where there is an "all".
    if (record->redirect() != nullptr && !record->has_all()) {
        const Result result = co_await follow_redirect(*record, domain, depth + 1);
        co_return finish_step(step, result);
    }
    // 4.7: the default result.
    if (role != Role::include) {
        outcome_.mechanism = "default";
        outcome_.mechanism_domain = domain;
    }
    co_return finish_step(step, Result::neutral);
}

/// A mechanism that asks DNS: counts it (4.6.4), finds its target (4.8) and evaluates it (5).
Task<Evaluation::State::Match> Evaluation::State::match(const Directive& directive, std::string_view domain,
                                                        unsigned depth) {
    const std::size_t step = trace(Step::Kind::directive, depth, domain, directive.text);
    if (!begin_term(directive.text, domain)) co_return finish_step(step, Match::exception);

    const MacroString* const spec = domain_spec(directive.mechanism);
    if (spec != nullptr && !can_expand(*spec)) co_return finish_step(step, Match::no_match);  // RFC 8616, 4
    if (spec != nullptr && spec->uses('p')) {
        if (!count_reverse_mapping(domain)) co_return finish_step(step, Match::exception);
        const Match found = co_await find_validated_names(depth + 1);
        if (found == Match::exception) co_return finish_step(step, found);
    }
    // A name that stands in the record as it is asked for, or the current one, needs no copy.
    std::string_view target = domain;
    std::optional<ArenaText> expanded;
    if (spec != nullptr && spec->is_plain_name()) {
        target = spec->text();
    } else if (spec != nullptr) {
        expanded.emplace(arena_, expand(*spec, domain));
        target = expanded->view();
    }
    if (options_.trace) outcome_.trace[step].domain = target;

    Match matched = Match::no_match;
    if (std::holds_alternative<Include>(directive.mechanism)) {
        matched = co_await match_include(directive, target, depth + 1);
    } else if (name_problem(target)) {
        // Readings: no name, no question, no match (4.8).
    } else if (const auto* a = std::get_if<A>(&directive.mechanism)) {
        matched = co_await match_address(target, a->prefix, depth + 1);
    } else if (const auto* mx = std::get_if<Mx>(&directive.mechanism)) {
        matched = co_await match_mx(target, mx->prefix, depth + 1);
    } else if (std::holds_alternative<Ptr>(directive.mechanism)) {
        matched = co_await match_ptr(target, depth + 1);
    } else {
        matched = co_await match_exists(target, depth + 1);
    }
    co_return finish_step(step, matched);
}

/// 5.2: the table.
Task<Evaluation::State::Match> Evaluation::State::match_include(const Directive& directive,
                                                                std::string_view target, unsigned depth) {
    const Result result = co_await check_host(target, Role::include, directive.text, depth);
    switch (result) {
        case Result::pass: co_return Match::match;
        case Result::fail:
        case Result::softfail:
        case Result::neutral: co_return Match::no_match;
        case Result::temperror: exception_ = Result::temperror; break;
        case Result::permerror:
        case Result::none: exception_ = Result::permerror; break;
    }
    co_return Match::exception;
}

/// 6.1: only once all mechanisms have failed to match.
Task<Result> Evaluation::State::follow_redirect(const Record& record, std::string_view domain, unsigned depth) {
    const MacroString& spec = record.redirect()->domain;
    std::string_view text = spec.text();
    for (const Modifier& modifier : record.modifiers) {
        if (std::holds_alternative<Redirect>(modifier.kind)) text = modifier.text;
    }
    const std::size_t step = trace(Step::Kind::redirect, depth, domain, text);
    if (!begin_term(text, domain)) co_return exception_;
    if (!can_expand(spec)) co_return no_record(Problem::Code::malformed_domain, spec.text(), Role::redirect, text);
    if (spec.uses('p')) {
        if (!count_reverse_mapping(domain)) co_return exception_;
        const Match found = co_await find_validated_names(depth + 1);
        if (found == Match::exception) co_return exception_;
    }
    const ArenaText target{arena_, expand(spec, domain)};
    if (options_.trace) outcome_.trace[step].domain = target.view();
    const Result result = co_await check_host(target.view(), Role::redirect, text, depth + 1);
    co_return result;
}

}  // namespace spf
