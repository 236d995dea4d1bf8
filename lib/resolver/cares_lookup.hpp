// What is known about one question while somebody wants to know: a Lookup, and where to find it.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "name_hash.hpp"
#include "resolver/cares_channel.hpp"
#include "resolver/ldns_message.hpp"
#include "spf/dns.hpp"

namespace spf::cares_adapter {

/// A queue of objects that have members `next` and `previous`; owns nothing. An object is in one at most.
template <class T>
class Queue {
public:
    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    void push(T& item) noexcept {
        item.next = nullptr;
        item.previous = last_;
        (last_ == nullptr ? first_ : last_->next) = &item;
        last_ = &item;
        ++size_;
    }
    /// The oldest, or null.
    T* pop() noexcept {
        T* const item = first_;
        if (item != nullptr) remove(*item);
        return item;
    }
    /// Takes out one that is in it.
    void remove(T& item) noexcept {
        (item.previous == nullptr ? first_ : item.previous->next) = item.next;
        (item.next == nullptr ? last_ : item.next->previous) = item.previous;
        --size_;
    }

private:
    T* first_ = nullptr;
    T* last_ = nullptr;
    std::size_t size_ = 0;
};

/// A pool of objects that can be in a Queue. Addresses are stable; what is given back keeps its
/// memory for the next taker.
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

struct Check;  // see cares_impl.hpp

/// A question on its way from "wanted" to "answered". As an Exchange: the try that is going on.
struct Lookup : Exchange {
    enum class State : std::uint8_t { queued, asking, answered };

    // The question
    std::string name;  ///< lower case, as in dns::Question
    dns::RecordType type{};
    std::size_t hash = 0;
    State state = State::queued;
    bool ahead = false;          ///< wanted for hints alone so far
    std::size_t references = 0;  ///< checks that want the answer
    dns::AnswerPtr answer;       ///< where answered
    Check* first_waiter = nullptr;
    Check* last_waiter = nullptr;

    // How far it has come
    std::string wire_name;  ///< of the question, or of the alias that it led to
    ldns_adapter::Chain chain;
    std::size_t server = 0;   ///< that is being tried
    unsigned round = 0;       ///< of tries
    std::vector<bool> spoke;  ///< servers that said what they had to say
    dns::Status worst = dns::Status::unreachable;
    std::uint16_t id = 0;
    bool edns = true;
    bool tcp = false;

    // How the try ended
    Delivery delivery = Delivery::silent;
    bool truncated = false;
    ldns_adapter::Reply reply;

    Lookup* next = nullptr;  ///< in a Queue
    Lookup* previous = nullptr;
    Lookup* next_in_bucket = nullptr;  ///< in a LookupTable
};

/// Questions that are queued or asked, by name and type. Owns nothing.
class LookupTable {
public:
    [[nodiscard]] std::size_t hash(const dns::Question& question) const noexcept;
    [[nodiscard]] Lookup* find(const dns::Question& question, std::size_t hash) const noexcept;
    void insert(Lookup& lookup);
    void erase(const Lookup& lookup) noexcept;

private:
    void grow();

    std::vector<Lookup*> buckets_ = std::vector<Lookup*>(256);  // a power of two
    std::size_t size_ = 0;
    std::uint64_t seed_ = random_seed();  // strangers choose the names
};

/// Random numbers for queries (RFC 5452, 4.3), no two alike among those taken.
class QueryIds {
public:
    /// More than may be taken at once, so that a free one is found soon.
    static constexpr std::size_t most = 16'384;

    [[nodiscard]] std::uint16_t take();
    void give_back(std::uint16_t id) noexcept { taken_.reset(id); }

private:
    std::bitset<65'536> taken_;
    std::vector<std::uint16_t> random_;
};

}  // namespace spf::cares_adapter
