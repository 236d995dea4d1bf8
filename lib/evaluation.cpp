// Evaluation: the outside of check_host(). Keeps the accounts of 4.6.4, and hands questions out and
// answers in.

#include "spf/evaluation/evaluation.hpp"

#include <algorithm>
#include <cassert>

#include "base/ascii.hpp"
#include "evaluation/state.hpp"
#include "evaluation/subject.hpp"
#include "spf/dns/name.hpp"

namespace spf {
namespace {

/// More would only serve an attack on the host's memory: frames are nested as deep as terms count.
constexpr unsigned lookups_ceiling = 1000;

}  // namespace

// Accounts (4.6.4)

/// Whether it holds no record of the type asked for that can be used.
bool Evaluation::State::lacks_records(const dns::Answer& answer) const noexcept {
    switch (pending_.type) {
        case dns::RecordType::a:
        case dns::RecordType::aaaa: return answer.addresses.empty();
        case dns::RecordType::mx: return answer.exchanges.empty();
        case dns::RecordType::ptr: return answer.names.empty();
        case dns::RecordType::txt:
        case dns::RecordType::spf: return answer.texts.empty();
    }
    return true;
}

Evaluation::State::Match Evaluation::State::stop(Result result, Problem problem) {
    exception_ = result;
    outcome_.problem = std::move(problem);
    return Match::exception;
}

Problem Evaluation::State::problem_at_term(Problem::Code code, std::string_view domain) const {
    Problem problem;
    problem.code = code;
    problem.domain = domain;
    problem.text = term_;
    return problem;
}

Problem Evaluation::State::problem_of_lookup(Problem::Code code, dns::Status status) const {
    Problem problem = problem_at_term(code, pending_.name);
    problem.type = pending_.type;
    problem.status = status;
    return problem;
}

std::string_view Evaluation::State::loop() const noexcept {
    for (const Frame* inner = innermost_; inner != nullptr; inner = inner->outer) {
        for (const Frame* outer = inner->outer; outer != nullptr; outer = outer->outer) {
            if (ascii::equal_ignoring_case(inner->domain, outer->domain)) return inner->domain;
        }
    }
    return {};
}

bool Evaluation::State::stop_at_lookups(std::string_view domain) {
    Problem problem = problem_at_term(Problem::Code::too_many_dns_lookups, domain);
    problem.loop = loop();
    stop(Result::permerror, std::move(problem));
    return false;
}

bool Evaluation::State::count_void(dns::Status status) {
    if (!term_counts_ || term_is_void_ || !dns::is_void(status)) return true;
    term_is_void_ = true;
    ++outcome_.void_lookups;
    if (outcome_.void_lookups <= options_.limits.void_lookups) return true;
    stop(Result::permerror, problem_of_lookup(Problem::Code::too_many_void_lookups, status));
    return false;
}

bool Evaluation::State::check_reply(const Reply& reply) {
    if (!dns::is_failure(reply.status)) return count_void(reply.status);
    Problem problem = problem_of_lookup(Problem::Code::dns_failure, reply.status);
    if (reply.status == dns::Status::not_in_zone) {
        problem.code = Problem::Code::not_in_zone;
        const std::vector<std::string>& texts = reply.answer->texts;
        if (!texts.empty()) problem.source = texts[0];
        if (texts.size() > 1) problem.domain = texts[1];
    }
    stop(Result::temperror, std::move(problem));
    return false;
}

// Macros (7)

std::string_view Evaluation::State::preferred_validated_name(
    std::string_view domain) const noexcept {
    // 7.3: the domain itself, else a name below it, else any.
    for (const std::string& name : validated_names()) {
        if (ascii::equal_ignoring_case(name, domain)) return name;
    }
    for (const std::string& name : validated_names()) {
        if (dns::is_within(name, domain)) return name;
    }
    return validated_count_ == 0 ? std::string_view{"unknown"}
                                 : std::string_view{validated_names_.front()};
}

MacroValues Evaluation::State::values(std::string_view domain) {
    const std::string_view sender = outcome_.sender;
    return {.local_part = sender.substr(0, local_part_size_),
            // As the domain that is checked: "a@example.com." is from example.com.
            .sender_domain = dns::without_trailing_dot(sender.substr(local_part_size_ + 1)),
            .domain = domain,
            .ip = outcome_.ip,
            .helo = outcome_.helo,
            .validated_domain = preferred_validated_name(domain),
            .receiver = outcome_.receiver,
            .time = time_.value_or(std::chrono::sys_seconds{})};
}

bool Evaluation::State::can_expand(const MacroString& macro) const noexcept {
    if (!macro.uses('s') && !macro.uses('l')) return true;
    const std::string_view local_part =
        std::string_view{outcome_.sender}.substr(0, local_part_size_);
    return std::all_of(local_part.begin(), local_part.end(), ascii::is_ascii);
}

std::string_view Evaluation::State::expand(const MacroString& macro, std::string_view domain) {
    expand_domain(macro, values(domain), scratch_);
    return scratch_;
}

// Scope

void Evaluation::State::narrow(const AddressRange& range) noexcept {
    if (!outcome_.scope) return;
    AddressRange& scope = *outcome_.scope;
    scope.first = std::max(scope.first, range.first);
    scope.last = std::min(scope.last, range.last);
}

void Evaluation::State::narrow(const Network& network, bool contained) noexcept {
    if (!outcome_.scope || network.family() != outcome_.ip.family()) return;
    AddressRange& scope = *outcome_.scope;
    const AddressRange range = network.range();
    if (contained) {
        scope.first = std::max(scope.first, range.first);
        scope.last = std::min(scope.last, range.last);
    } else if (range.last < outcome_.ip) {
        scope.first = std::max(scope.first, range.last.next());
    } else {
        scope.last = std::min(scope.last, range.first.previous());
    }
}

/// Keeps for a sweep what was known before the first term that tells addresses or senders apart.
void Evaluation::State::survey_dependence() {
    survey_->note_dependence({std::string(term_), std::string(innermost_->domain), outcome_.scope,
                              outcome_.ttl, outcome_.dns_lookups, outcome_.void_lookups});
}

void Evaluation::State::note_dependence(const MacroString& macro) {
    if (survey_ != nullptr) {
        survey_->count_macro(macro.text().size());
        const bool tells_apart =
            macro.depends_on_address() || macro.uses('s') || macro.uses('l') || macro.uses('h');
        if (tells_apart) survey_dependence();
    }
    if (macro.depends_on_address()) outcome_.scope.reset();
    if (macro.depends_on_sender()) outcome_.depends_on_sender = true;
}

// Trace

std::size_t Evaluation::State::add_step(Step::Kind kind, unsigned depth, std::string_view domain,
                                        std::string_view text) {
    Step step;
    step.kind = kind;
    step.depth = depth;
    step.domain = domain;
    step.text = text;
    outcome_.trace.push_back(std::move(step));
    return outcome_.trace.size() - 1;
}

void Evaluation::State::add_lookup(unsigned depth, std::string_view name, dns::RecordType type,
                                   const Reply& reply) {
    const std::size_t step =
        add_step(Step::Kind::lookup, depth, name, describe(*reply.answer, type));
    outcome_.trace[step].type = type;
    outcome_.trace[step].status = reply.status;
}

// From one question to the next

void Evaluation::State::reset(const Request& request, const Options& options) {
    if (!done_) unwind();
    options_ = options;
    most_lookups_ = std::min(options.limits.dns_lookups, lookups_ceiling);
    time_ = request.time;
    hints_.clear();
    hinted_terms_ = 0;
    validated_count_ = 0;
    validated_names_known_ = false;
    term_ = {};
    term_counts_ = false;
    term_is_void_ = false;
    explaining_ = false;
    done_ = false;

    local_part_size_ = begin_outcome(request, outcome_);
    outcome_.ttl = std::chrono::seconds::max();  // until there is an answer
    if (options.scope) outcome_.scope = AddressRange::all(request.ip.family());

    if (make_askable(outcome_.domain)) {
        enter(outcome_.domain, Role::outermost, 0);
        return;
    }
    outcome_.problem.emplace();
    outcome_.problem->code = Problem::Code::malformed_domain;
    outcome_.problem->domain = outcome_.domain;
    outcome_.problem->syntax = dns::check_host_domain_problem(outcome_.domain);
    outcome_.ttl = std::chrono::seconds{0};
    finish(Result::none);
}

void Evaluation::State::expire() {
    if (done_) return;
    if (explaining_) {
        finish(Result::fail);
        return;
    }
    stop(Result::temperror, problem_of_lookup(Problem::Code::deadline, dns::Status{}));
    outcome_.ttl = std::chrono::seconds{0};
    finish(Result::temperror);
}

void Evaluation::State::abandon() noexcept {
    outcome_.problem.reset();
    outcome_.ttl = std::chrono::seconds{0};
    finish(Result::temperror);
}

void Evaluation::State::finish(Result result) noexcept {
    outcome_.result = result;
    unwind();
    hints_.clear();
    done_ = true;
}

// What users see

Evaluation::Evaluation() : state_(std::make_unique<State>()) {}
Evaluation::Evaluation(const Request& request, const Options& options) : Evaluation() {
    reset(request, options);
}
Evaluation::~Evaluation() = default;
Evaluation::Evaluation(Evaluation&&) noexcept = default;
Evaluation& Evaluation::operator=(Evaluation&&) noexcept = default;

void Evaluation::reset(const Request& request, const Options& options) {
    if (state_ == nullptr) state_ = std::make_unique<State>();  // it was moved from
    try {
        state_->reset(request, options);
    } catch (...) {
        state_->abandon();
        throw;
    }
}

bool Evaluation::done() const noexcept { return state_ == nullptr || state_->done(); }
const dns::Question& Evaluation::pending() const noexcept {
    assert(!done());
    return state_->pending();
}
std::span<const dns::Question> Evaluation::hints() const noexcept {
    return state_ == nullptr ? std::span<const dns::Question>() : state_->hints();
}
void Evaluation::answer(dns::AnswerPtr answer) {
    assert(!done());
    try {
        state_->answer(std::move(answer));
    } catch (...) {
        state_->abandon();
        throw;
    }
}
void Evaluation::expire() {
    if (state_ != nullptr) state_->expire();
}
void Evaluation::use(Survey* survey) noexcept { state_->use(survey); }
const Outcome& Evaluation::outcome() const& noexcept {
    assert(done());
    static const Outcome nothing;
    return state_ == nullptr ? nothing : state_->outcome();
}
Outcome Evaluation::outcome() && {
    return state_ == nullptr ? Outcome{} : std::move(state_->outcome());
}

}  // namespace spf
