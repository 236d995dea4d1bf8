// Queues that allocate no memory, because their links are members of the objects in them, and a
// pool of reusable objects.
#pragma once

#include <cstddef>
#include <deque>

namespace spf::cares_adapter {

/// The neighbours of an object in a Queue. Each object that can be in a Queue has a member of this
/// type.
template <class T>
struct Links {
    T* next = nullptr;
    T* previous = nullptr;
};

/// A queue of objects that it does not own. It uses the member `links` of the objects. An object
/// with several members of type Links can be in several queues at the same time.
template <class T, Links<T> T::*links = &T::links>
class Queue {
public:
    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Returns the object that has been in the queue longest; null if the queue is empty.
    [[nodiscard]] T* front() const noexcept { return first_; }
    void push(T& item) noexcept {
        (item.*links).next = nullptr;
        (item.*links).previous = last_;
        (last_ == nullptr ? first_ : (last_->*links).next) = &item;
        last_ = &item;
        ++size_;
    }
    /// Returns the object that has been in the queue longest, and removes it; null if the queue is
    /// empty.
    T* pop() noexcept {
        T* const item = first_;
        if (item != nullptr) remove(*item);
        return item;
    }
    /// Removes an object from the queue, which must contain it.
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

/// A pool of objects that can be in a Queue. The objects never move in memory, so references to
/// them stay valid. An object that is returned to the pool keeps the memory that it has allocated,
/// and uses it again.
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
