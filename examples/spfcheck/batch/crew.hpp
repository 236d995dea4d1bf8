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

/// Threads that begin together, once all of them exist. wait() returns from time to time, even if
/// they have not ended.
class Crew {
public:
    /// \param stop  makes all threads end; it is set if one of them throws
    explicit Crew(std::atomic<bool>& stop) : stop_(stop) {}
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    Crew(Crew&&) = delete;
    Crew& operator=(Crew&&) = delete;
    /// Threads that have not begun never will.
    ~Crew();

    /// Throws std::system_error if the system cannot create another thread.
    void add(std::function<void()> work);
    void begin();
    /// \return whether all have ended
    bool wait(std::chrono::milliseconds longest);
    /// Throws what a thread threw.
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
