// Queues that allocate nothing, and a pool for the objects in them.
#pragma once

#include <cstddef>
#include <deque>

namespace spf::cares_adapter {

/// The neighbours of an object in a Queue.
template <class T>
struct Links {
    T* next = nullptr;
    T* previous = nullptr;
};

/// A queue of objects that have a member of type Links. The queue does not own the objects. An
/// object with several such members can be in several queues, one for each member.
template <class T, Links<T> T::*links = &T::links>
class Queue {
public:
    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Returns the oldest object, or null.
    [[nodiscard]] T* front() const noexcept { return first_; }
    void push(T& item) noexcept {
        (item.*links).next = nullptr;
        (item.*links).previous = last_;
        (last_ == nullptr ? first_ : (last_->*links).next) = &item;
        last_ = &item;
        ++size_;
    }
    /// Removes and returns the oldest object, or returns null if the queue is empty.
    T* pop() noexcept {
        T* const item = first_;
        if (item != nullptr) remove(*item);
        return item;
    }
    /// Removes an object, which must be in the queue.
    void remove(T& item) noexcept {
        const Links<T>& at = item.*links;
        (at.previous == nullptr ? first_ : (at.previous->*links).next) = at.next;
        (at.next == nullptr ? last_ : (at.next->*links).previous) = at.previous;
        --size_;
    }

private:
    T* first_ = nullptr;
    T* last_ = nullptr;
    std::size_t size_ = 0;
};

/// A pool of objects that can be in a Queue. An object never moves, so references to it stay valid.
/// An object that is returned to the pool keeps its allocated memory for its next use.
template <class T>
class Pool {
public:
    T& take() {
        if (T* const item = free_.pop()) return *item;
        return items_.emplace_back();
    }
    void give_back(T& item) noexcept { free_.push(item); }
    [[nodiscard]] T* at(std::size_t index) noexcept {
        return index < items_.size() ? &items_[index] : nullptr;
    }
    [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }

private:
    std::deque<T> items_;
    Queue<T> free_;
};

}  // namespace spf::cares_adapter
