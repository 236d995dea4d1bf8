// The main path of check_host(): RFC 7208 sections 4.4 (record lookup), 4.5 (selecting records),
// 4.6 (record evaluation), 4.7 (default result) and 5.2 (include). Check::answer() has the loop
// that continues the check after each answer.
//
// The functions that most checks execute are inline. The compiler combines them into one function,
// without calls between them.

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "evaluation/arguments.hpp"
#include "evaluation/check.hpp"
#include "evaluation/immediate.hpp"
#include "record/ip4_test.hpp"
#include "spf/dns/name.hpp"

namespace spf {
namespace {

/// Returns the result of a check_host() if a directive with this qualifier matches (4.6.2).
Result result_of(Qualifier qualifier) noexcept {
    switch (qualifier) {
        case Qualifier::fail: return Result::fail;
        case Qualifier::softfail: return Result::softfail;
        case Qualifier::neutral: return Result::neutral;
        case Qualifier::pass: break;
    }
    return Result::pass;
}

/// Returns whether the answer has no record of the given type.
bool lacks_records(const dns::Answer& answer, dns::RecordType type) noexcept {
    switch (type) {
        case dns::RecordType::a:
        case dns::RecordType::aaaa: return answer.addresses.empty();
        case dns::RecordType::mx: return answer.exchanges.empty();
        case dns::RecordType::ptr: return answer.names.empty();
        case dns::RecordType::txt:
        case dns::RecordType::spf: return answer.texts.empty();
    }
    return true;
}

/// Returns an answer without records. Its status is nxdomain if `status` is nxdomain, otherwise
/// no_data. Check::take() replaces two kinds of answers by this one, because they may have records
/// of other types: answers whose status is not ok, and answers without records of the type asked
/// for.
const dns::AnswerPtr& without_records(dns::Status status) {
    static const dns::AnswerPtr no_data = dns::make_answer(dns::Status::no_data);
    static const dns::AnswerPtr nxdomain = dns::make_answer(dns::Status::nxdomain);
    return status == dns::Status::nxdomain ? nxdomain : no_data;
}

}  // namespace

// The beginning and the end of each check_host() call, outermost or nested

/// Begins a check_host(), and asks DNS for the TXT records of the domain (4.4). The characters of
/// `domain` must stay valid as long as the new frame exists.
inline void Check::enter(std::string_view domain, Role role, unsigned depth) {
    const std::size_t step = recorder_.begin_step(Step::Kind::check_host, depth, domain, {});
    innermost_ =
        ::new (arena_.take(sizeof(Frame))) Frame{arena_, innermost_, domain, role, depth, step};
    ask(domain, dns::RecordType::txt, &Check::record_answered);
}

/// Begins a nested check_host() for a target-name (5.2, 6.1). If the target-name was expanded from
/// macros, the new frame keeps a copy of it.
/// \return false if the target-name is not a domain that check_host() accepts (4.3)
bool Check::enter_target(std::string_view target, Role role) {
    const unsigned depth = innermost_->depth + 2;
    if (is_expanded(target) && dns::check_host_domain_problem(target)) return false;
    enter(target, role, depth);
    if (is_expanded(target)) {
        innermost_->domain = arena_.take_copy(target);
        innermost_->domain_size = target.size();
        pending_.name = innermost_->domain;
    }
    return true;
}

/// Removes the innermost frame and releases its memory in the order that the Arena requires. Also
/// clears the hints, because the record of this frame will cause no more questions.
inline void Check::leave() noexcept {
    if (options_.hints) [[unlikely]]
        hints_.clear();
    Frame* const left = innermost_;
    innermost_ = left->outer;
    const std::size_t domain_size = left->domain_size;
    std::destroy_at(left);
    if (domain_size != 0) arena_.give_back(domain_size);
    arena_.give_back(sizeof(Frame));
}

/// Removes all frames and releases all answers that the check still holds.
void Check::unwind() noexcept {
    held_.reset();
    names_.release_answer();
    while (innermost_ != nullptr) leave();
}

// Sections 4.4 and 4.5: looking up and selecting the record

/// Selects the SPF record in the answer (4.5). A record with a syntax error is rejected before any
/// of its terms is evaluated (4.6).
[[gnu::always_inline]] inline Progress Check::record_answered(dns::AnswerPtr& answer) {
    Frame& frame = *innermost_;
    frame.answer = std::move(answer);
    const SelectedRecord* selected = frame.answer->selected.get();
    if (selected == nullptr)
        selected = frame.own_record.emplace(select_record(frame.answer->texts));
    const Record* const record = std::get_if<Record>(selected);
    if (record == nullptr) return unusable_record(*selected);
    frame.record = record;
    recorder_.set_text(frame.step, record->text());
    hints_.add_terms(*record, address_type());
    return Progress::to_directive();
}

// Section 4.6.2: the directives are evaluated from left to right

/// Evaluates the current directive and the directives after it, until one of them matches or needs
/// DNS.
inline Progress Check::evaluate_directives() {
    const bool matches =
        recorder_.records_directives() ? skip_unmatched_recorded() : skip_unmatched();
    if (matches) return conclude();
    return innermost_->at_end() ? after_directives() : begin_directive();
}

/// Moves to the first directive that needs DNS or that matches without DNS (5.1, 5.6). If there is
/// no such directive, moves to the end of the record.
/// \return whether the directive to which this function moved matches
inline bool Check::skip_unmatched() noexcept {
    Frame& frame = *innermost_;
    const Record& record = *frame.record;
    const std::size_t end = record.directives.size();
    const IpAddress ip = outcome_.ip;
    for (std::size_t at = frame.at;; ++at) {
        if (ip.is_v4()) at = record.skip_ip4(at, ip.v4_bits());
        frame.at = at;
        if (at == end) return false;
        const AtOnce found = match_at_once(record.directives[at].mechanism, ip);
        if (found != AtOnce::no_match) return found == AtOnce::match;
    }
}

/// Does the same as skip_unmatched(), and also records every directive in the trace and in the
/// scope, if the caller of the check requested these.
[[gnu::noinline]] bool Check::skip_unmatched_recorded() {
    if (recorder_.survey() != nullptr) return skip_unmatched_surveyed();
    Frame& frame = *innermost_;
    for (; !frame.at_end(); ++frame.at) {
        const Directive& directive = frame.directive();
        const AtOnce found = match_at_once(directive.mechanism, outcome_.ip);
        if (found == AtOnce::asks_dns) return false;
        const bool matches = found == AtOnce::match;
        frame.term_step = recorder_.begin_step(Step::Kind::directive, frame.depth + 1, frame.domain,
                                               directive.text);
        recorder_.finish_step(frame.term_step,
                              matches ? Step::Match::match : Step::Match::no_match);
        const Network* const network = network_of(directive.mechanism);
        if (network != nullptr) recorder_.narrow(*network, matches);
        if (matches) return true;
    }
    return false;
}

/// Does the same as skip_unmatched(), but finds the directive with the tables in the Survey of a
/// Sweep. Also limits the scope to the range in the table that contains the client's address.
bool Check::skip_unmatched_surveyed() {
    Frame& frame = *innermost_;
    const Survey::Skipped skipped =
        recorder_.survey()->skip_unmatched(*frame.record, frame.at, outcome_.ip);
    recorder_.narrow(skipped.range);
    frame.at = skipped.at;
    return skipped.is_match;
}

/// Begins the evaluation of the current directive. The directive needs DNS, so it is counted
/// (4.6.4).
inline Progress Check::begin_directive() {
    Frame& frame = *innermost_;
    const Directive& directive = frame.directive();
    frame.term_step =
        recorder_.begin_step(Step::Kind::directive, frame.depth + 1, frame.domain, directive.text);
    if (!accounts_.begin_term(directive.text)) return stop_at_lookups();
    const auto* const include = std::get_if<Include>(&directive.mechanism);
    if (include == nullptr || !include->domain.is_plain_name() || recorder_.has_trace())
        return prepare_target();
    // Most directives that need DNS are includes without macros. They skip prepare_target(),
    // because nothing has to be expanded.
    enter(include->domain.text(), Role::include, frame.depth + 2);
    return Progress::asked();
}

/// Searches for the client's validated names if the current directive needs them for its
/// target-name (4.8, 7). Then evaluates the directive.
[[gnu::noinline]] Progress Check::prepare_target() {
    const Frame& frame = *innermost_;
    const MacroString* const spec = domain_spec_of(frame.directive().mechanism);
    if (spec != nullptr && spec->has_macros()) {
        recorder_.note_dependence(*spec, accounts_, frame.domain);
        if (!can_expand(*spec)) return Progress::no_match();  // RFC 8616 section 4
        if (needs_names(*spec)) return find_names_for_macro(&Check::evaluate_directive);
    }
    return evaluate_directive();
}

/// Evaluates the current directive. All values for the macros in its target-name are known now.
Progress Check::evaluate_directive() {
    const Frame& frame = *innermost_;
    const Mechanism& mechanism = frame.directive().mechanism;
    const std::string_view target = target_of(domain_spec_of(mechanism));
    recorder_.set_domain(frame.term_step, target);
    return std::visit(
        [this, target]<class Term>(const Term& term) {
            if constexpr (Term::traits.asks_dns())
                return evaluate(term, target);
            else
                return Progress::match_if(matches(term, outcome_.ip));
        },
        mechanism);
}

/// Ends the check_host() if the current directive matches, otherwise continues with the next
/// directive.
inline Progress Check::after_directive(bool matches) {
    Frame& frame = *innermost_;
    recorder_.finish_step(frame.term_step, matches ? Step::Match::match : Step::Match::no_match);
    if (matches) return conclude();
    ++frame.at;
    return Progress::to_directive();
}

/// Ends the check_host() because the current directive matches. The qualifier of the directive
/// decides the result (4.6.2).
inline Progress Check::conclude() {
    const Frame& frame = *innermost_;
    recorder_.note_match(frame.directive(), frame.domain);
    if (decides(frame.role)) return conclude_check();
    return Progress::ended(result_of(frame.directive().qualifier));
}

/// Handles a match that decides the result of the whole check. Stores the directive in the outcome.
/// If the result is fail, fetches the explanation before the check ends.
[[gnu::noinline]] Progress Check::conclude_check() {
    const Frame& frame = *innermost_;
    outcome_.mechanism = frame.directive().text;
    outcome_.mechanism_domain = frame.domain;
    const Result result = result_of(frame.directive().qualifier);
    const bool is_explained =
        result == Result::fail && options_.explanation && frame.record->explanation() != nullptr;
    return is_explained ? begin_explanation() : Progress::ended(result);
}

// Section 4.7: the default result

/// Continues the check_host() if no directive has matched. Follows redirect= if the record has one
/// and has no "all" (5.1, 6.1). Otherwise the result is neutral (4.7).
[[gnu::noinline]] Progress Check::after_directives() {
    const Frame& frame = *innermost_;
    if (frame.record->redirect() != nullptr && !frame.record->has_all()) return begin_redirect();
    if (decides(frame.role)) outcome_.mechanism_domain = frame.domain;
    return Progress::ended(Result::neutral);
}

// Section 5.2: the mechanism include

Progress Check::evaluate(const Include& /*term*/, std::string_view target) {
    if (enter_target(target, Role::include)) return Progress::asked();
    missing_record(Problem::Code::malformed_domain, target, Role::include);
    return include_result(Result::none);
}

/// Converts the result of the included check_host() to the result of the include, by the table in
/// 5.2.
inline Progress Check::include_result(Result result) noexcept {
    switch (result) {
        case Result::pass: return Progress::match();
        case Result::fail:
        case Result::softfail:
        case Result::neutral: return Progress::no_match();
        case Result::temperror: return exception(Result::temperror);
        case Result::permerror:
        case Result::none: break;
    }
    return exception(Result::permerror);
}

// The beginning, the continuation and the end of a whole check

/// Begins a check with the arguments of check_host() (4.1). If the domain is legal, asks for its
/// record (4.3).
void Check::reset(const Request& request, const Options& options) {
    if (!done_) unwind();
    options_ = options;
    accounts_.reset(options.limits);
    hints_.reset(options.hints, accounts_.max_lookups());
    names_.reset();
    time_ = request.time;
    is_explaining_ = false;
    done_ = false;

    local_part_size_ = begin_outcome(request, options.limits, outcome_);
    recorder_.reset(options);
    if (make_askable(outcome_.domain)) {
        enter(outcome_.domain, Role::outermost, 0);
        if (!request.record.empty()) [[unlikely]]
            answer(published_answer(std::string(request.record), std::chrono::hours{24}));
        return;
    }
    outcome_.problem.emplace();
    outcome_.problem->code = Problem::Code::malformed_domain;
    outcome_.problem->domain = outcome_.domain;
    outcome_.problem->syntax = dns::check_host_domain_problem(outcome_.domain);
    accounts_.clear_ttl();
    finish(Result::none);
}

/// Does what is necessary for every answer (TTL, trace, void lookups, failures), then calls the
/// function that receives the answer.
[[gnu::always_inline]] inline Progress Check::take(dns::AnswerPtr& answer) {
    const bool is_empty = lacks_records(*answer, pending_.type);
    const bool is_no_data = is_empty && answer->status == dns::Status::ok;
    const dns::Status status = is_no_data ? dns::Status::no_data : answer->status;
    accounts_.limit_ttl(answer->ttl, status);
    if (recorder_.has_trace()) [[unlikely]] {
        const unsigned below = innermost_->record == nullptr ? 1 : 2;
        recorder_.add_lookup(innermost_->depth + below, pending_, *answer, status);
    }
    if (status != dns::Status::ok) [[unlikely]] {
        if (const auto stopped = stop_at_failure(*answer, status)) return *stopped;
        answer = without_records(status);
    }
    // Of all functions that receive an answer, record_answered() is called most often. Therefore
    // the compiler inserts its code here. With an ordinary call, the benchmark `three includes`
    // takes 1.06 times as long.
    if (taker_ == &Check::record_answered) return record_answered(answer);
    return (this->*taker_)(answer);
}

/// Completes the outcome and ends the check.
void Check::finish(Result result) noexcept {
    outcome_.result = result;
    outcome_.dns_lookups = accounts_.lookups();
    outcome_.void_lookups = accounts_.void_lookups();
    outcome_.ttl = accounts_.ttl();
    unwind();
    done_ = true;
}

/// Continues the check after an answer, until it has the next question or ends.
void Check::answer(dns::AnswerPtr&& answer) {
    if (done_) return;
    if (options_.hints) [[unlikely]]
        hints_.clear();
    if (answer == nullptr) [[unlikely]] {
        static const dns::AnswerPtr failed = dns::make_answer(dns::Status::error);
        answer = failed;
    }
    Progress progress = take(answer);
    while (progress != Progress::asked()) {
        if (progress == Progress::to_directive()) {
            progress = evaluate_directives();
        } else if (!progress.has_ended()) {
            progress = after_directive(progress == Progress::match());
        } else {
            const Result result = progress.result();
            recorder_.finish_step(innermost_->step, result);
            if (innermost_->outer == nullptr) return finish(result);
            const Role role = innermost_->role;
            leave();
            // A record with a redirect has the result of the check_host() for the target of the
            // redirect, unchanged (6.1). Only an include converts the result (5.2).
            if (role == Role::include) progress = include_result(result);
        }
    }
}

}  // namespace spf
