#include "c/open_reception.hpp"

#include <algorithm>
#include <utility>

namespace spf::c_api {

OpenReception::OpenReception(const receiver::Session& session, Policy policy, Checker* caches,
                             const Options& options)
    : policy_(std::move(policy)),
      caches_(caches),
      options_(options),
      reception_(session, *policy_, options_) {
    start_checks();
}

/// Starts the checks that the Reception needs and that were not started before, until all of them
/// wait for answers. A check that the caches decide makes the Reception continue, so that it may
/// need other checks.
void OpenReception::start_checks() {
    while (!reception_.done()) {
        const auto checks = reception_.checks();
        const auto found = std::find_if(checks.begin(), checks.end(), [this](const auto& check) {
            return check.id >= next_check_;
        });
        if (found == checks.end()) return;
        next_check_ = found->id + 1;
        start(*found);
        take_ended();
    }
}

void OpenReception::start(const receiver::Reception::Check& check) {
    const Request request = check.request();
    if (caches_ != nullptr) {
        if (const auto known = caches_->policies().check(request, options_))
            return reception_.take(check.id, *known);
    }
    Running& running = running_.emplace_back();
    running.check = check.id;
    running.is_published = request.record.empty();
    running.evaluation.reset(request, options_);
    ask(running);
}

/// Answers the questions of a check from the cache. Gives a number to the first question that the
/// cache cannot answer.
void OpenReception::ask(Running& running) {
    Evaluation& evaluation = running.evaluation;
    running.question = 0;
    while (!evaluation.done()) {
        dns::AnswerPtr answer = cached(evaluation.pending());
        if (answer == nullptr) {
            running.question = number_of(evaluation.pending());
            return;
        }
        evaluation.answer(std::move(answer));
    }
}

dns::AnswerPtr OpenReception::cached(const dns::Question& question) {
    return caches_ == nullptr ? nullptr : caches_->policies().answers().lookup(question);
}

/// Returns the number of a question: that of an equal question that is open, or a new one.
unsigned long OpenReception::number_of(const dns::Question& question) {
    for (const Running& other : running_) {
        if (other.question != 0 && other.evaluation.pending() == question) return other.question;
    }
    return ++last_number_;
}

const spf_question* OpenReception::next() {
    returned_.reset();
    if (done()) return nullptr;
    const Running* next = nullptr;
    for (const Running& running : running_) {
        if (running.question > last_asked_ &&
            (next == nullptr || running.question < next->question))
            next = &running;
    }
    if (next == nullptr) return nullptr;
    returned_.emplace(next->evaluation.pending(), next->question);
    last_asked_ = next->question;
    return &returned_->question();
}

bool OpenReception::answer(unsigned long id, dns::AnswerPtr answer) {
    const auto waits = [id](const Running& running) { return running.question == id; };
    const auto first = std::find_if(running_.begin(), running_.end(), waits);
    if (id == 0 || id > last_asked_ || first == running_.end()) return false;
    if (caches_ != nullptr && answer != nullptr) {
        const dns::Question& question = first->evaluation.pending();
        answer = caches_->policies().answers().store(question, std::move(answer));
    }
    // The number is removed from all these checks first: an answer may make a check ask the same
    // question again, which then needs a new number.
    std::vector<Running*> answered;
    for (Running& running : running_) {
        if (!waits(running)) continue;
        running.question = 0;
        answered.push_back(&running);
    }
    for (Running* const running : answered) {
        running->evaluation.answer(answer);
        ask(*running);
    }
    take_ended();
    start_checks();
    return true;
}

void OpenReception::expire() {
    for (Running& running : running_) {
        running.evaluation.expire();
        running.question = 0;
    }
    take_ended();
    start_checks();
}

/// Passes the outcomes of checks that have ended to the Reception. Discards all checks if it is
/// done.
void OpenReception::take_ended() {
    for (auto running = running_.begin(); running != running_.end();) {
        if (!running->evaluation.done()) {
            ++running;
            continue;
        }
        const Outcome& outcome = running->evaluation.outcome();
        if (caches_ != nullptr && running->is_published) caches_->policies().learn(outcome.domain);
        reception_.take(running->check, outcome);
        running = running_.erase(running);
    }
    if (done()) running_.clear();
}

}  // namespace spf::c_api
