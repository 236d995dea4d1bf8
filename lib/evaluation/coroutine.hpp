// The machinery that lets mechanisms be written as straight-line code, whatever they ask: coroutines
// whose frames come from the arena of the evaluation. Nothing of it shows outside.
//
// One that is awaited gets control and hands it back by symmetric transfer. They nest three deep at the most:
// checks that are nested in each other are no coroutines.
#pragma once

#include <coroutine>
#include <cstddef>
#include <new>
#include <utility>

#include "evaluation/arena.hpp"

namespace spf {

/// A coroutine that yields one T. Begins once it is awaited, or started by its owner: an exception then
/// leaves a frame that is suspended for good and has an owner to destroy it.
/// Its first parameter is the object it belongs to, which has an `arena()`.
template <class T>
class Task {
public:
    class promise_type {
    public:
        template <class Owner, class... Arguments>
        static void* operator new(std::size_t size, Owner& owner, Arguments&&...) {
            Arena& arena = owner.arena();
            void* const memory = arena.take(size + header);
            ::new (memory) Arena*(&arena);
            return static_cast<std::byte*>(memory) + header;
        }
        static void operator delete(void* frame, std::size_t size) noexcept {
            Arena** const arena = std::launder(
                static_cast<Arena**>(static_cast<void*>(static_cast<std::byte*>(frame) - header)));
            (*arena)->give_back(size + header);
        }

        Task get_return_object() noexcept {
            return Task{std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }

        struct FinalAwaiter {
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(
                std::coroutine_handle<promise_type> handle) const noexcept {
                return handle.promise().continuation_;
            }
            void await_resume() const noexcept {}
        };
        FinalAwaiter final_suspend() noexcept { return {}; }

        void return_value(T value) noexcept { value_ = value; }
        /// Only std::bad_alloc can get here; it leaves through start() or the resumption of whoever asked.
        [[noreturn]] void unhandled_exception() { throw; }

    private:
        friend class Task;
        static constexpr std::size_t header = alignof(std::max_align_t);
        std::coroutine_handle<> continuation_ = std::noop_coroutine();
        T value_{};
    };

    Task() noexcept = default;
    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Task& operator=(Task&& other) noexcept {
        if (this != &other) {
            destroy();
            handle_ = std::exchange(other.handle_, {});
        }
        return *this;
    }
    ~Task() { destroy(); }

    void destroy() noexcept {
        if (handle_) std::exchange(handle_, {}).destroy();
    }
    void start() { handle_.resume(); }
    [[nodiscard]] bool done() const noexcept { return handle_.done(); }
    [[nodiscard]] T value() const noexcept { return handle_.promise().value_; }

    // Awaiting a task starts it and yields its value.
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) noexcept {
        handle_.promise().continuation_ = parent;
        return handle_;
    }
    T await_resume() noexcept { return value(); }

private:
    explicit Task(std::coroutine_handle<promise_type> handle) noexcept : handle_(handle) {}
    std::coroutine_handle<promise_type> handle_;
};

}  // namespace spf
