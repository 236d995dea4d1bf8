// check_host(): RFC 7208 section 4, with "all" and "include" (5.1, 5.2) and "redirect" (6.1).
//
// A check_host() is a Frame. enter() asks for its record, read_record() takes it, evaluate() goes
// through the directives, after_directives() takes what is behind them. Each says how it went on, and
// answer() is where that leads from one to another, as long as DNS need not be asked. What stops
// everything, wherever it happens, is noted by stop() and travels as Match::exception.
//
// What most checks go through is inline, so that it makes one function without calls.

#include <algorithm>
#include <utility>
#include <variant>

#include "evaluation/state.hpp"
#include "spf/dns/name.hpp"

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

/// For whoever wonders where the record is.
void Evaluation::State::note_almost_record(std::span<const std::string> texts) {
    const auto found = std::find_if(texts.begin(), texts.end(), is_almost_record);
    if (found != texts.end()) outcome_.problem->text = *found;
}

/// 4.5: none, or more than one, or a syntax error anywhere (4.6) leave nothing to evaluate.
Result Evaluation::State::no_usable_record(const SelectedRecord& selected) {
    const Frame& frame = *innermost_;
    if (frame.reply.status == dns::Status::nxdomain)
        return no_record(Problem::Code::no_such_domain, frame.domain, frame.role);
    if (std::holds_alternative<NoRecord>(selected)) {
        const Result result = no_record(Problem::Code::no_record, frame.domain, frame.role);
        if (frame.role == Role::outermost && frame.reply.status == dns::Status::ok)
            note_almost_record(frame.reply.answer->texts);
        return result;
    }
    if (const auto* broken = std::get_if<BrokenRecord>(&selected)) {
        outcome_.problem = problem_of(Problem::Code::syntax_error, frame.domain, broken->text);
        outcome_.problem->syntax = broken->error;
    } else {
        outcome_.problem = problem_of(Problem::Code::several_records, frame.domain);
    }
    return Result::permerror;
}

// From one check_host() to another

/// Begins one for a domain that was expanded, of which the frame keeps a copy.
void Evaluation::State::enter_expanded(std::string_view domain, Role role, unsigned depth) {
    ArenaText copy{arena_, domain};
    Frame& frame = enter(copy.view(), role, depth);
    frame.domain_size = copy.release().size();
}

/// Gives back what enter() took, in the reverse order.
inline void Evaluation::State::leave() noexcept {
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

void Evaluation::State::answer(dns::AnswerPtr&& answer) {
    if (done_) return;
    hints_.clear();
    if (answer == nullptr) [[unlikely]] {
        static const dns::AnswerPtr failed = dns::make_answer(dns::Status::error);
        answer = failed;
    }
    Progress progress = Progress::asked();
    if (purpose_ == Purpose::record) {
        progress = read_record(std::move(answer));
    } else {
        given_ = &answer;
        waiting_.resume();
        if (task_.done()) progress = after_task();
    }
    while (progress.kind != Progress::Kind::asked) {
        if (progress.kind == Progress::Kind::directive) {
            progress = evaluate();
            continue;
        }
        finish_step(innermost_->step, progress.result);
        if (innermost_->outer == nullptr) return finish(progress.result);
        const Role role = innermost_->role;
        leave();
        // 6.1: the result of a redirect is that of the record that it stands in.
        if (role == Role::include) progress = behind(match_of_include(progress.result));
    }
}

/// Where the answers to a task lead back to.
[[gnu::noinline]] Evaluation::State::Progress Evaluation::State::after_task() {
    const Match value = end_task();
    switch (purpose_) {
        case Purpose::names:
            if (value == Match::exception) break;
            return behind(ask_directive(domain_spec_of(innermost_->directive().mechanism)));
        case Purpose::redirect_names:
            return value == Match::exception ? Progress::ended(exception_) : enter_redirect();
        case Purpose::explanation: return Progress::ended(Result::fail);  // explained or not
        case Purpose::record:
        case Purpose::directive: break;
    }
    return behind(value);
}

// Section 4

inline Evaluation::State::Progress Evaluation::State::read_record(dns::AnswerPtr&& answer) {
    Frame& frame = *innermost_;
    Reply& reply = frame.reply;
    reply.answer = std::move(answer);
    reply.status = account_for(*reply.answer, reply.answer->texts.empty());
    trace_lookup(frame.depth + 1, frame.domain, dns::RecordType::txt, reply);
    if (!acceptable(reply)) [[unlikely]]
        return Progress::ended(exception_);
    const SelectedRecord* selected = reply.answer->selected.get();
    if (reply.status != dns::Status::ok || selected == nullptr) selected = select_own(reply);
    frame.record = std::get_if<Record>(selected);
    if (frame.record == nullptr) return Progress::ended(no_usable_record(*selected));
    if (options_.trace) [[unlikely]]
        outcome_.trace[frame.step].text = frame.record->text();
    if (options_.hints) [[unlikely]]
        hint_record(*frame.record);
    frame.at = 0;
    return Progress::to_directive();
}

/// 4.5, 4.6: selects, and validates the syntax before anything is evaluated.
[[gnu::noinline]] const SelectedRecord* Evaluation::State::select_own(const Reply& reply) {
    // Whatever else a negative answer holds.
    if (reply.status != dns::Status::ok) return innermost_->own.emplace({});
    return innermost_->own.emplace(select_record(reply.answer->texts));
}

/// 4.6.2: from left to right, beginning with the directive where the frame is.
inline Evaluation::State::Progress Evaluation::State::evaluate() {
    const bool observed = options_.trace || options_.scope;
    const Match matched = observed ? pass_over_observed() : pass_over();
    if (matched == Match::no_match) return after_directives();
    if (matched == Match::match) return decide(matched);
    return behind(begin_directive());
}

/// What follows on what became of the directive where the frame is.
inline Evaluation::State::Progress Evaluation::State::behind(Match matched) {
    if (matched == Match::undecided) return Progress::asked();
    finish_step(innermost_->term_step, matched);
    if (matched != Match::no_match) return decide(matched);
    ++innermost_->at;
    return Progress::to_directive();
}

/// The result of the directive where the frame is, which matched or could not be evaluated.
inline Evaluation::State::Progress Evaluation::State::decide(Match matched) {
    if (matched == Match::exception) return Progress::ended(exception_);
    if (survey_ != nullptr) [[unlikely]]
        survey_match();
    if (decides(innermost_->role)) return decide_for_all();
    return Progress::ended(result_of(innermost_->directive().qualifier));
}

/// An include has matched by what matched within.
void Evaluation::State::survey_match() {
    const Directive& directive = innermost_->directive();
    if (!std::holds_alternative<Include>(directive.mechanism))
        survey_->note_match(directive.text, innermost_->domain);
}

/// The same for a match that is no include's: what there is to say about it.
[[gnu::noinline]] Evaluation::State::Progress Evaluation::State::decide_for_all() {
    const Frame& frame = *innermost_;
    const Result result = result_of(frame.directive().qualifier);
    outcome_.mechanism = frame.directive().text;
    outcome_.mechanism_domain = frame.domain;
    // 4.6.2, 6.2: only the record that caused the fail explains it.
    if (result == Result::fail && options_.explanation) {
        const Explanation* const explanation = frame.record->explanation();
        if (explanation != nullptr &&
            begin_task(explain(*explanation, frame.domain, frame.depth + 1),
                       Purpose::explanation) == Match::undecided) {
            return Progress::asked();
        }
    }
    return Progress::ended(result);
}

/// What a record comes to where no directive matched.
[[gnu::noinline]] Evaluation::State::Progress Evaluation::State::after_directives() {
    const Frame& frame = *innermost_;
    // 5.1, 6.1: redirect is ignored where there is an "all".
    if (frame.record->redirect() != nullptr && !frame.record->has_all()) return begin_redirect();
    // 4.7: the default result.
    if (decides(frame.role)) {
        outcome_.mechanism = "default";
        outcome_.mechanism_domain = frame.domain;
    }
    return Progress::ended(Result::neutral);
}

// Directives

/// Moves on to the first directive that matches, or that has to ask DNS; no_match: to the end.
inline Evaluation::State::Match Evaluation::State::pass_over() noexcept {
    Frame& frame = *innermost_;
    const Record& record = *frame.record;
    const std::size_t end = record.directives.size();
    const IpAddress ip = outcome_.ip;
    std::size_t at = frame.at;
    Match matched = Match::no_match;
    for (;; ++at) {
        if (ip.is_v4()) at = record.skip_ip4(at, ip.v4_bits());
        if (at == end) break;
        matched = match_at_once(record.directives[at].mechanism, ip);
        if (matched != Match::no_match) break;
    }
    frame.at = at;
    return matched;
}

/// The same by tables.
Evaluation::State::Match Evaluation::State::pass_over_surveyed() {
    Frame& frame = *innermost_;
    const Survey::Passed passed = survey_->pass_over(*frame.record, frame.at, outcome_.ip);
    narrow(passed.range);
    frame.at = passed.at;
    if (passed.is_match) return Match::match;
    return passed.at == frame.record->directives.size() ? Match::no_match : Match::undecided;
}

/// The same, with each directive on the way taken down.
[[gnu::noinline]] Evaluation::State::Match Evaluation::State::pass_over_observed() {
    if (survey_ != nullptr) return pass_over_surveyed();
    Frame& frame = *innermost_;
    for (; frame.at < frame.record->directives.size(); ++frame.at) {
        const Directive& directive = frame.directive();
        const Match matched = match_at_once(directive.mechanism, outcome_.ip);
        if (matched == Match::undecided) return matched;
        observe(directive, matched, frame.domain, frame.depth + 1);
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

/// What comes before a directive's first question, and that; undecided: it has been asked.
inline Evaluation::State::Match Evaluation::State::begin_directive() {
    Frame& frame = *innermost_;
    const Directive& directive = frame.directive();
    frame.term_step = trace(Step::Kind::directive, frame.depth + 1, frame.domain, directive.text);
    if (!begin_term(directive.text, frame.domain)) return Match::exception;  // 4.6.4
    const auto* const include = std::get_if<Include>(&directive.mechanism);
    if (include == nullptr || !include->domain.is_plain_name() || options_.trace)
        return begin_any_directive();
    enter(include->domain.text(), Role::include, frame.depth + 2);
    return Match::undecided;
}

/// The same for those that are no include of a name as it stands.
[[gnu::noinline]] Evaluation::State::Match Evaluation::State::begin_any_directive() {
    const Frame& frame = *innermost_;
    const MacroString* const spec = domain_spec_of(frame.directive().mechanism);
    if (spec != nullptr && spec->has_macros()) {
        note_dependence(*spec);
        if (!can_expand(*spec)) return Match::no_match;  // RFC 8616, 4
        if (needs_names(spec)) {
            const Match known =
                begin_task(names_for_macro(frame.domain, frame.depth + 2), Purpose::names);
            if (known != Match::match) return known;
        }
    }
    return ask_directive(spec);
}

/// The question of the directive where the frame is; its target-name can be expanded.
Evaluation::State::Match Evaluation::State::ask_directive(const MacroString* spec) {
    const Frame& frame = *innermost_;
    const Mechanism& mechanism = frame.directive().mechanism;
    const std::string_view target = target_of(spec, frame.domain);
    if (options_.trace) [[unlikely]]
        outcome_.trace[frame.term_step].domain = target;
    if (!std::holds_alternative<Include>(mechanism)) {
        // Readings: no name, no question, no match (4.8).
        if (is_expanded(target) && dns::name_problem(target)) return Match::no_match;
        return begin_task(query(mechanism, target, frame.depth + 2), Purpose::directive);
    }
    if (!enter_target(target, Role::include)) {
        no_record(Problem::Code::malformed_domain, target, Role::include);
        return match_of_include(Result::none);
    }
    return Match::undecided;
}

/// Begins the check_host() of a target-name; false where it is none for that (4.3).
bool Evaluation::State::enter_target(std::string_view target, Role role) {
    const unsigned depth = innermost_->depth + 2;
    if (!is_expanded(target)) {
        enter(target, role, depth);
    } else if (!dns::check_host_domain_problem(target)) {
        enter_expanded(target, role, depth);
    } else {
        return false;
    }
    return true;
}

/// 5.2: the table.
inline Evaluation::State::Match Evaluation::State::match_of_include(Result result) noexcept {
    if (result == Result::pass) return Match::match;
    if (result == Result::fail || result == Result::softfail || result == Result::neutral)
        return Match::no_match;
    exception_ = result == Result::temperror ? Result::temperror : Result::permerror;
    return Match::exception;
}

// Section 6.1: redirect

/// Only once all mechanisms have failed to match.
Evaluation::State::Progress Evaluation::State::begin_redirect() {
    Frame& frame = *innermost_;
    const MacroString& spec = frame.record->redirect()->domain;
    std::string_view text = spec.text();
    for (const Modifier& modifier : frame.record->modifiers) {
        if (std::holds_alternative<Redirect>(modifier.kind)) text = modifier.text;
    }
    frame.term_step = trace(Step::Kind::redirect, frame.depth + 1, frame.domain, text);
    if (!begin_term(text, frame.domain)) return Progress::ended(exception_);
    note_dependence(spec);
    if (!can_expand(spec)) return no_redirect(spec.text());
    if (needs_names(&spec)) {
        const Match known =
            begin_task(names_for_macro(frame.domain, frame.depth + 2), Purpose::redirect_names);
        if (known == Match::undecided) return Progress::asked();
        if (known == Match::exception) return Progress::ended(exception_);
    }
    return enter_redirect();
}

/// The target-name can be expanded.
Evaluation::State::Progress Evaluation::State::enter_redirect() {
    const Frame& frame = *innermost_;
    const std::string_view target = target_of(&frame.record->redirect()->domain, frame.domain);
    if (options_.trace) [[unlikely]]
        outcome_.trace[frame.term_step].domain = target;
    const Role role = decides(frame.role) ? Role::redirect : Role::redirect_in_include;
    return enter_target(target, role) ? Progress::asked() : no_redirect(target);
}

Evaluation::State::Progress Evaluation::State::no_redirect(std::string_view target) {
    return Progress::ended(no_record(Problem::Code::malformed_domain, target, Role::redirect));
}

}  // namespace spf
