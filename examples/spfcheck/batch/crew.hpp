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

/// Threads that begin their work together, after all of them have been created. The caller waits
/// for them with repeated calls of wait(), and can do other work between these calls.
class Crew {
public:
    /// \param stop  a flag that the work of each thread has to read: the work must end when the
    ///              flag is true. If the work of one thread throws, the flag is set to true.
    explicit Crew(std::atomic<bool>& stop) : stop_(stop) {}
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    Crew(Crew&&) = delete;
    Crew& operator=(Crew&&) = delete;
    /// Waits until all threads have ended. If begin() was not called, they end without calling the
    /// functions passed to add().
    ~Crew();

    /// Creates a thread for `work`. Throws std::system_error if the system cannot create another
    /// thread.
    void add(std::function<void()> work);
    void begin();
    /// Waits until the work of all threads has ended, but at most for `longest`.
    /// \return whether the work of all threads has ended
    bool wait(std::chrono::milliseconds longest);
    /// Waits for all threads. Then throws the exception that the work of a thread threw, if any.
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
