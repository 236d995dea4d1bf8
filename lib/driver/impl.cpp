// Runs the evaluations of all checks, and passes their questions to the Asker.
//
// At most CaresOptions::max_outstanding checks are active at a time, and the same number of lookups
// may be in flight. Therefore an active check can always send the question whose answer it needs to
// continue. Lookups that only hints (Evaluation::hints()) want are sent only if enough lookups
// remain for the active checks. Late lookups do not count for this maximum (see asker.hpp). A check
// that waits for a late lookup does not count as active.
//
// A check keeps all its lookups until it has ended. If the evaluation asks a question that was a
// hint before, the check already has a lookup for this question. This lookup may be in flight or
// have its answer. If the evaluation asks a question twice, the question is sent only once.

#include "driver/impl.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <poll.h>

#include "spf/policy/cache.hpp"

namespace spf {

using cares_adapter::AtExit;
using cares_adapter::Clock;
using cares_adapter::Lookup;
using std::chrono::milliseconds;

/// Returns an unused object for a check with a new number, and counts the check as in flight.
CaresDriver::Impl::Check& CaresDriver::Impl::take_check(Callback callback) {
    const std::size_t known = checks_.size();
    Check& check = checks_.take();
    if (checks_.size() > known) check.index = static_cast<std::uint32_t>(known);
    check.number = ++last_number_;
    check.callback = std::move(callback);
    check.cancelled = false;
    check.is_posted = false;
    ++in_flight_;
    return check;
}

CaresDriver::Impl::Id CaresDriver::Impl::post(Callback callback) {
    Check& check = take_check(std::move(callback));
    check.is_posted = true;
    hand_in(check);
    return {check.index, check.number};
}

CaresDriver::Impl::Id CaresDriver::Impl::submit(const Request& request, Callback callback,
                                                const Options& options) {
    Check& check = take_check(std::move(callback));
    const Id id{check.index, check.number};
    check.is_known = knows(check, request, options);
    check.learns = !check.is_known && request.record.empty();
    if (check.is_known) {
        hand_in(check);
    } else {
        evaluate(check, request, options);
    }
    return id;
}

CaresDriver::Impl::Id CaresDriver::Impl::submit_question(const dns::Question& question,
                                                         AnswerCallback callback) {
    auto direct = std::make_unique<cares_adapter::Direct>();
    direct->name = question.name;
    direct->question = {direct->name, question.type, question.deadline};
    direct->callback = std::move(callback);
    Check& check = take_check({});
    check.direct = std::move(direct);
    check.is_known = check.learns = false;
    check.state = Check::State::queued;
    const Id id{check.index, check.number};
    queue_.push(check);
    if (!delivering_) work();  // during a callback, deliver() will call work()
    return id;
}

bool CaresDriver::Impl::knows(Check& check, const Request& request, const Options& options) const {
    PolicyCache* const policies = asker_.options().policies;
    if (policies == nullptr) return false;
    if (check.known == nullptr) check.known = std::make_unique<Outcome>();
    return policies->check(request, options, *check.known);
}

void CaresDriver::Impl::evaluate(Check& check, const Request& request, const Options& options) {
    check.evaluation.reset(request, options);
    check.limit = options.limits.deadline;
    if (check.evaluation.done()) {
        start(check);  // the check asks no questions, so it can start at once
    } else {
        check.state = Check::State::queued;
        queue_.push(check);
    }
    if (!delivering_) work();  // during a callback, deliver() will call work()
}

void CaresDriver::Impl::start(Check& check) {
    const Clock::time_point deadline =
        check.direct ? check.direct->question.deadline : dns::deadline_after(check.limit);
    if (check.spare.empty()) {
        check.deadline = deadlines_.emplace(deadline, &check);
    } else {
        check.spare.key() = deadline;
        check.deadline = deadlines_.insert(std::move(check.spare));
    }
    check.state = Check::State::waiting;
    count(check, true);
    advance(check);
}

void CaresDriver::Impl::count(Check& check, bool counts) noexcept {
    if (check.counts == counts) return;
    check.counts = counts;
    counting_ = counts ? counting_ + 1 : counting_ - 1;
    asker_.keep_room_for(counting_);
}

void CaresDriver::Impl::pass_over_late(Clock::time_point now) noexcept {
    while (const Lookup* const lookup = asker_.next_late(now)) {
        for (Check* check = lookup->first_waiter; check != nullptr; check = check->next_waiter) {
            count(*check, false);
        }
    }
}

bool CaresDriver::Impl::cancel(Id id) {
    Check* const check = checks_.at(id.first);
    if (check == nullptr || check->number != id.second || check->cancelled) return false;
    switch (check->state) {
        case Check::State::idle: return false;
        case Check::State::queued:
            queue_.remove(*check);
            hand_in(*check);
            break;
        case Check::State::finished: break;  // deliver() will ignore this check
        case Check::State::waiting:
            stop_waiting(*check);
            finish(*check);
            break;
    }
    check->cancelled = true;
    check->callback = nullptr;
    --in_flight_;
    return true;
}

void CaresDriver::Impl::advance_direct(Check& check) {
    cares_adapter::Direct& direct = *check.direct;
    if (direct.answer == nullptr && direct.question.deadline <= Clock::now()) {
        direct.answer = dns::make_answer(dns::Status::timeout);
    }
    if (direct.answer == nullptr) {
        Lookup& lookup = lookup_for(check, direct.question);
        if (lookup.state != Lookup::State::answered) {
            asker_.need(lookup);
            wait_for(check, lookup);
            return;
        }
        direct.answer = lookup.answer;
    }
    finish(check);
}

void CaresDriver::Impl::accept(Check& check, const dns::AnswerPtr& answer) {
    if (check.direct) {
        check.direct->answer = answer;
    } else {
        check.evaluation.answer(answer);
    }
}

void CaresDriver::Impl::advance(Check& check) {
    if (check.direct) return advance_direct(check);
    Evaluation& evaluation = check.evaluation;
    while (!evaluation.done()) {
        for (const dns::Question& hint : evaluation.hints()) {
            check.wanted.push_back(&asker_.want(hint));
        }
        Lookup& lookup = lookup_for(check, evaluation.pending());
        if (lookup.state != Lookup::State::answered) {
            asker_.need(lookup);
            wait_for(check, lookup);
            return;
        }
        evaluation.answer(lookup.answer);
    }
    finish(check);
}

Lookup& CaresDriver::Impl::lookup_for(Check& check, const dns::Question& question) {
    const auto known = std::ranges::find_if(check.wanted, [&question](const Lookup* lookup) {
        return lookup->type == question.type && lookup->name == question.name;
    });
    if (known != check.wanted.end()) return **known;
    check.wanted.push_back(&asker_.want(question));
    return *check.wanted.back();
}

void CaresDriver::Impl::wait_for(Check& check, Lookup& lookup) noexcept {
    check.awaited = &lookup;
    check.next_waiter = nullptr;
    check.previous_waiter = lookup.last_waiter;
    (lookup.last_waiter == nullptr ? lookup.first_waiter : lookup.last_waiter->next_waiter) =
        &check;
    lookup.last_waiter = &check;
    count(check, !lookup.late);
}

void CaresDriver::Impl::stop_waiting(Check& check) noexcept {
    Lookup* const lookup = std::exchange(check.awaited, nullptr);
    if (lookup == nullptr) return;
    Check* const next = check.next_waiter;
    Check* const previous = check.previous_waiter;
    (previous == nullptr ? lookup->first_waiter : previous->next_waiter) = next;
    (next == nullptr ? lookup->last_waiter : next->previous_waiter) = previous;
}

void CaresDriver::Impl::finish(Check& check) {
    for (Lookup* const lookup : check.wanted) asker_.release(*lookup);
    check.wanted.clear();
    check.spare = deadlines_.extract(check.deadline);
    count(check, false);
    hand_in(check);
}

void CaresDriver::Impl::hand_in(Check& check) noexcept {
    check.state = Check::State::finished;
    finished_.push(check);
}

void CaresDriver::Impl::recycle(Check& check) noexcept {
    check.state = Check::State::idle;
    check.direct.reset();
    checks_.give_back(check);
}

void CaresDriver::Impl::work() {
    do {
        while (may_start()) start(*queue_.pop());
        asker_.work();
        while (Lookup* const lookup = asker_.next_answered()) {
            while (Check* const check = lookup->first_waiter) {
                stop_waiting(*check);
                count(*check, true);
                accept(*check, lookup->answer);
                advance(*check);
            }
            asker_.release(*lookup);
        }
        if (!asker_.has_work()) asker_.flush();
    } while (asker_.has_work() || may_start());
}

void CaresDriver::Impl::expire(Clock::time_point now) {
    while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
        Check& check = *deadlines_.begin()->second;
        stop_waiting(check);
        if (check.direct) {
            check.direct->answer = dns::make_answer(dns::Status::timeout);
        } else {
            check.evaluation.expire();
        }
        finish(check);
    }
}

void CaresDriver::Impl::deliver() {
    if (delivering_) return;
    delivering_ = true;
    const AtExit deliver_again{[this] { delivering_ = false; }};
    // Only the checks that have finished before this loop are processed. The loop might never end
    // if it also processed checks that callbacks submit and that finish at once.
    for (std::size_t count = finished_.size(); count > 0; --count) {
        Check& check = *finished_.pop();
        const AtExit keep{[this, &check] { recycle(check); }};
        const Callback callback = std::exchange(check.callback, nullptr);
        if (check.cancelled) continue;
        check.state = Check::State::idle;
        --in_flight_;
        hand_out(callback, check);
    }
    work();
}

/// Calls the callback of a check that has ended. After that, the policy cache may compile a policy
/// for the domain. This takes time and would delay the callback if it came first.
void CaresDriver::Impl::hand_out(const Callback& callback, const Check& check) {
    if (check.direct) {
        if (check.direct->callback) check.direct->callback(check.direct->answer);
        return;
    }
    if (check.is_posted) {
        if (callback) callback({});
        return;
    }
    ++ended_;
    if (check.is_known) ++by_policy_;
    const Outcome& outcome = check.is_known ? *check.known : check.evaluation.outcome();
    if (callback) callback(outcome);
    PolicyCache* const policies = asker_.options().policies;
    if (policies != nullptr && check.learns) policies->learn(outcome.domain);
}

CaresStatistics CaresDriver::Impl::statistics() const noexcept {
    CaresStatistics statistics = asker_.statistics();
    statistics.checks = ended_;
    statistics.by_policy = by_policy_;
    return statistics;
}

std::optional<milliseconds> CaresDriver::Impl::next_timeout() const {
    // If a callback has submitted a check and then thrown an exception, may_start() is true here.
    if (!finished_.empty() || may_start()) return milliseconds{0};
    std::optional<Clock::time_point> next = asker_.due(!queue_.empty());
    if (!deadlines_.empty() && (!next || deadlines_.begin()->first < *next)) {
        next = deadlines_.begin()->first;
    }
    if (!next) return std::nullopt;
    const auto now = Clock::now();
    if (*next <= now) return milliseconds{0};
    return std::chrono::ceil<milliseconds>(*next - now);
}

void CaresDriver::Impl::process(int fd, bool readable, bool writable) {
    expire(Clock::now());  // must come first, so that answers after the deadline are ignored
    asker_.process(fd, readable, writable);
    work();
    deliver();
}

void CaresDriver::Impl::process_timeouts() {
    const Clock::time_point now = Clock::now();
    expire(now);
    asker_.process_timeouts(now);
    pass_over_late(now);
    work();
    deliver();
}

void CaresDriver::Impl::poll(std::optional<milliseconds> longest) {
    const auto timeout = next_timeout();
    if (timeout && (!longest || *timeout < *longest)) longest = timeout;
    polled_.clear();
    for (const SocketWatch& watch : asker_.watches().all()) {
        const int events = (watch.read ? POLLIN : 0) | (watch.write ? POLLOUT : 0);
        polled_.push_back({watch.fd, static_cast<short>(events), 0});
    }
    if (polled_.empty() && !longest) return;  // otherwise poll() would never return
    constexpr std::int64_t forever = -1;
    constexpr std::int64_t most = 3'600'000;
    const std::int64_t wait =
        longest ? std::clamp<std::int64_t>(longest->count(), 0, most) : forever;
    const int ready = ::poll(polled_.data(), polled_.size(), static_cast<int>(wait));
    if (ready > 0) {
        expire(Clock::now());  // must come first, so that answers after the deadline are ignored
        for (const pollfd& socket : polled_) {
            if (socket.revents == 0) continue;
            const bool error = (socket.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
            asker_.process(socket.fd, error || (socket.revents & POLLIN) != 0,
                           error || (socket.revents & POLLOUT) != 0);
            work();
        }
    }
    process_timeouts();
}

void CaresDriver::Impl::run() {
    while (in_flight_ > 0) poll({});
}

}  // namespace spf
