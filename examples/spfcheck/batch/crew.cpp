#include "batch/crew.hpp"

#include <utility>

namespace spfcheck {

Crew::~Crew() {
    go(false);
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void Crew::add(std::function<void()> work) {
    threads_.emplace_back([this, work = std::move(work)] {
        if (wait_for_go()) run(work);
    });
}

void Crew::run(const std::function<void()>& work) {
    std::exception_ptr problem;
    try {
        work();
    } catch (...) {
        problem = std::current_exception();
        stop_ = true;
    }
    const std::lock_guard lock{mutex_};
    if (problem) problem_ = problem;
    if (--working_ == 0) changed_.notify_all();
}

void Crew::begin() {
    working_ = threads_.size();
    go(true);
}

bool Crew::wait(std::chrono::milliseconds longest) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, longest, [this] { return working_ == 0; });
}

void Crew::join() {
    for (std::thread& thread : threads_) thread.join();
    if (problem_) std::rethrow_exception(problem_);
}

bool Crew::wait_for_go() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return go_.has_value(); });
    return *go_;
}

void Crew::go(bool wanted) {
    const std::lock_guard lock{mutex_};
    if (!go_) go_ = wanted;
    changed_.notify_all();
}

}  // namespace spfcheck
