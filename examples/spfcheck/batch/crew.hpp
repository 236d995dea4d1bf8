// The threads of a batch.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace spfcheck {

/// Threads that begin together, once all of them are there, and a way to wait for their end that wakes
/// up now and then.
class Crew {
public:
    /// \param stop  what tells all of them to end; it is set where one of them throws
    explicit Crew(std::atomic<bool>& stop) : stop_(stop) {}
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    Crew(Crew&&) = delete;
    Crew& operator=(Crew&&) = delete;
    /// Those that have not begun never will.
    ~Crew();

    /// Throws std::system_error where the system has no thread left.
    void add(std::function<void()> work);
    void begin();
    /// \return whether all have ended
    bool wait(std::chrono::milliseconds longest);
    /// Throws what one of them threw.
    void join();

private:
    void run(const std::function<void()>& work);
    bool wait_for_go();
    void go(bool wanted);

    std::atomic<bool>& stop_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<bool> go_;
    std::atomic<std::size_t> working_ = 0;
    std::exception_ptr problem_;
    std::vector<std::thread> threads_;
};

}  // namespace spfcheck
