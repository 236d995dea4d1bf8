// check_host(): RFC 7208 section 4, with "all" and "include" (5.1, 5.2) and "redirect" (6.1).
//
// A check_host() is a Frame. What it goes through is in the order of the text: enter() asks for the
// record, read_record() takes it, evaluate() goes through the directives, after_directives() takes
// what is behind them. Each returns the result, or nothing where DNS has been asked; then proceed() is where
// the answer leads back to. What stops everything, wherever it happens, is noted by stop() and
// travels as Match::exception.

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

// From one check_host() to another

/// Begins one: by a single look-up, for TXT alone (4.4).
void Evaluation::State::enter(std::string_view domain, Role role, unsigned depth) {
    std::size_t domain_size = 0;
    if (is_expanded(domain)) {
        domain_size = domain.size();
        char* const memory = static_cast<char*>(arena_.take(domain_size));
        std::copy(domain.begin(), domain.end(), memory);
        domain = {memory, domain_size};
    }
    auto* const frame = ::new (arena_.take(sizeof(Frame))) Frame{arena_, innermost_, role, depth};
    frame->step = trace(Step::Kind::check_host, depth, domain, {});
    frame->domain = domain;
    frame->domain_size = domain_size;
    innermost_ = frame;
    pending_.name = domain;
    pending_.type = dns::RecordType::txt;
    purpose_ = Purpose::record;
}

/// Gives back what enter() took, in the reverse order.
void Evaluation::State::leave() noexcept {
    Frame* const left = innermost_;
    innermost_ = left->outer;
    const std::size_t domain_size = left->domain_size;
    std::destroy_at(left);
    arena_.give_back(sizeof(Frame));
    if (domain_size != 0) arena_.give_back(domain_size);
}

void Evaluation::State::unwind() noexcept {
    task_.destroy();
    while (innermost_ != nullptr) leave();
}

/// Goes on until DNS is asked, or all is over.
void Evaluation::State::proceed(Ended ended) {
    while (ended) {
        finish_step(innermost_->step, *ended);
        if (innermost_->outer == nullptr) return finish(*ended);
        const Role role = innermost_->role;
        leave();
        ended = return_from(role, *ended);
    }
}

/// What the result of a check_host() means to the one whose term led to it.
Evaluation::State::Ended Evaluation::State::return_from(Role role, Result result) {
    if (role == Role::include) return go_on_behind(match_of_include(result));
    return result;  // 6.1
}

/// Where the answers to a task lead back to.
Evaluation::State::Ended Evaluation::State::after_task() {
    const Match value = end_task();
    switch (purpose_) {
        case Purpose::names:
            return go_on_behind(value == Match::exception ? value : ask_directive());
        case Purpose::redirect_names:
            if (value == Match::exception) return exception_;
            return enter_redirect();
        case Purpose::explanation: return Result::fail;  // explained or not
        case Purpose::record:
        case Purpose::directive: break;
    }
    return go_on_behind(value);
}

// Section 4

Evaluation::State::Ended Evaluation::State::read_record(dns::AnswerPtr&& answer) {
    Frame& frame = *innermost_;
    Reply& reply = frame.reply;
    reply.answer = std::move(answer);
    reply.status = account_for(*reply.answer);
    trace_lookup(frame.depth + 1, frame.domain, dns::RecordType::txt, reply);
    if (!acceptable(reply)) return exception_;
    if (reply.status == dns::Status::nxdomain)
        return no_record(Problem::Code::no_such_domain, frame.domain, frame.role);

    // 4.5, 4.6: select, and validate the syntax before anything is evaluated.
    const SelectedRecord* selected = reply.answer->selected.get();
    if (reply.status != dns::Status::ok) {
        selected = frame.own.emplace({});  // whatever else the answer holds
    } else if (selected == nullptr) {
        selected = frame.own.emplace(select_record(reply.answer->texts));
    }
    frame.record = std::get_if<Record>(selected);
    if (frame.record == nullptr) return no_usable_record(*selected, frame.domain, frame.role);
    if (options_.trace) outcome_.trace[frame.step].text = frame.record->text();
    if (options_.hints) hint_record(*frame.record);
    frame.at = frame.record->directives.data();
    return evaluate();
}

/// 4.6.2: from left to right, beginning where the frame is.
Evaluation::State::Ended Evaluation::State::evaluate() {
    Frame& frame = *innermost_;
    for (;; ++frame.at) {
        Match matched = pass_over(frame);
        if (matched == Match::no_match) return after_directives();
        if (matched == Match::match) return decide(matched);
        matched = begin_directive();
        if (matched == Match::undecided) return std::nullopt;
        finish_step(frame.term_step, matched);
        if (matched != Match::no_match) return decide(matched);
    }
}

/// What follows once it is known what became of the directive where the frame is.
Evaluation::State::Ended Evaluation::State::go_on_behind(Match matched) {
    if (matched == Match::undecided) return std::nullopt;
    finish_step(innermost_->term_step, matched);
    if (matched != Match::no_match) return decide(matched);
    ++innermost_->at;
    return evaluate();
}

/// The result of a directive that matched, or could not be evaluated.
Evaluation::State::Ended Evaluation::State::decide(Match matched) {
    if (matched == Match::exception) return exception_;
    const Frame& frame = *innermost_;
    const Result result = result_of(frame.at->qualifier);
    if (!decides(frame.role)) return result;
    outcome_.mechanism = frame.at->text;
    outcome_.mechanism_domain = frame.domain;
    // 4.6.2, 6.2: only the record that caused the fail explains it.
    if (result == Result::fail && options_.explanation) {
        const Explanation* const explanation = frame.record->explanation();
        if (explanation != nullptr &&
            begin_task(explain(*explanation, frame.domain, frame.depth + 1),
                       Purpose::explanation) == Match::undecided) {
            return std::nullopt;
        }
    }
    return result;
}

/// What a record comes to where no directive matched.
Evaluation::State::Ended Evaluation::State::after_directives() {
    const Frame& frame = *innermost_;
    // 5.1, 6.1: redirect is ignored where there is an "all".
    if (frame.record->redirect() != nullptr && !frame.record->has_all()) return begin_redirect();
    // 4.7: the default result.
    if (decides(frame.role)) {
        outcome_.mechanism = "default";
        outcome_.mechanism_domain = frame.domain;
    }
    return Result::neutral;
}

// Directives

/// Moves on to the first directive that matches, or that has to ask DNS; no_match: to the end.
Evaluation::State::Match Evaluation::State::pass_over(Frame& frame) {
    const IpAddress ip = outcome_.ip;
    const bool observed = options_.trace || options_.scope;
    const std::span<const Directive> directives = frame.record->directives;
    const Directive* const end = directives.data() + directives.size();
    for (; frame.at != end; ++frame.at) {
        if (!observed) frame.at = frame.record->skip_ip4(frame.at, ip);
        if (frame.at == end) break;
        const Match matched = match_at_once(frame.at->mechanism, ip);
        if (matched == Match::undecided) return matched;
        if (observed) observe(*frame.at, matched, frame.domain, frame.depth + 1);
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

/// What comes before a mechanism's first question, and that.
Evaluation::State::Match Evaluation::State::begin_directive() {
    Frame& frame = *innermost_;
    const Directive& directive = *frame.at;
    frame.term_step = trace(Step::Kind::directive, frame.depth + 1, frame.domain, directive.text);
    if (!begin_term(directive.text, frame.domain)) return Match::exception;  // 4.6.4
    const MacroString* const spec = domain_spec(directive.mechanism);
    if (spec != nullptr && spec->has_macros()) {
        note_dependence(*spec);
        if (!can_expand(*spec)) return Match::no_match;  // RFC 8616, 4
        if (needs_names(spec)) {
            const Match known =
                begin_task(names_for_macro(frame.domain, frame.depth + 2), Purpose::names);
            if (known != Match::match) return known;
        }
    }
    return ask_directive();
}

/// The question of the directive where the frame is; its target-name can be expanded.
Evaluation::State::Match Evaluation::State::ask_directive() {
    Frame& frame = *innermost_;
    const Mechanism& mechanism = frame.at->mechanism;
    const std::string_view target = target_of(domain_spec(mechanism), frame.domain);
    if (options_.trace) outcome_.trace[frame.term_step].domain = target;
    if (!std::holds_alternative<Include>(mechanism)) {
        // Readings: no name, no question, no match (4.8).
        if (is_expanded(target) && name_problem(target)) return Match::no_match;
        return begin_task(query(mechanism, target, frame.depth + 2), Purpose::directive);
    }
    if (is_expanded(target) && check_host_domain_problem(target)) {
        return match_of_include(no_record(Problem::Code::malformed_domain, target, Role::include));
    }
    enter(target, Role::include, frame.depth + 2);
    return Match::undecided;
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

// Section 6.1: redirect

/// Only once all mechanisms have failed to match.
Evaluation::State::Ended Evaluation::State::begin_redirect() {
    Frame& frame = *innermost_;
    const MacroString& spec = frame.record->redirect()->domain;
    std::string_view text = spec.text();
    for (const Modifier& modifier : frame.record->modifiers) {
        if (std::holds_alternative<Redirect>(modifier.kind)) text = modifier.text;
    }
    frame.term_step = trace(Step::Kind::redirect, frame.depth + 1, frame.domain, text);
    if (!begin_term(text, frame.domain)) return exception_;
    note_dependence(spec);
    if (!can_expand(spec))
        return no_record(Problem::Code::malformed_domain, spec.text(), Role::redirect);
    if (needs_names(&spec)) {
        const Match known =
            begin_task(names_for_macro(frame.domain, frame.depth + 2), Purpose::redirect_names);
        if (known == Match::undecided) return std::nullopt;
        if (known == Match::exception) return exception_;
    }
    return enter_redirect();
}

/// The target-name can be expanded.
Evaluation::State::Ended Evaluation::State::enter_redirect() {
    const Frame& frame = *innermost_;
    const std::string_view target = target_of(&frame.record->redirect()->domain, frame.domain);
    if (options_.trace) outcome_.trace[frame.term_step].domain = target;
    if (is_expanded(target) && check_host_domain_problem(target))
        return no_record(Problem::Code::malformed_domain, target, Role::redirect);
    enter(target, decides(frame.role) ? Role::redirect : Role::redirect_in_include,
          frame.depth + 2);
    return std::nullopt;
}

}  // namespace spf
