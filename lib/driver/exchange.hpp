// The types for queries in flight, which the code for UDP and the code for TCP share.
//
// The driver sends and receives queries itself, because no library can do what it needs. ldns waits
// for one reply at a time. From version 1.28 on, c-ares does not send a query as the caller made
// it, but parses it and writes a new one. Moreover, c-ares has these faults:
// - It refuses names that are not host names. Macros can make such names ("a+b._spf.example.com").
// - When it asks again without EDNS, it uses the same id.
// - It derives the timeout from the time that the server has needed for earlier replies, so it may
//   not wait long enough for a slow one.
// - It ignores a reply that it cannot read. If this reply came over TCP, it also closes the
//   connection, and all queries on the connection are lost.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "driver/queue.hpp"
#include "spf/driver/cares.hpp"
#include "wire/message.hpp"
#include "wire/transport.hpp"

namespace spf::cares_adapter {

using ldns_adapter::Bytes;
using ldns_adapter::Clock;
using ldns_adapter::Delivery;

/// A query in flight and the state of its latest try. It must not be moved in memory until the try
/// has ended.
struct Exchange {
    Bytes query;
    std::size_t server = 0;  ///< the index of the server in CaresOptions::servers
    bool tcp = false;
    Clock::time_point due;  ///< the time at which the wait for a reply ends
    /// The number of the Udp::Port or Tcp::Connection through which the query was sent last; zero
    /// if it has not been sent.
    std::uint64_t socket = 0;
    /// The number of TCP connections that were closed while this query waited on them, and on which
    /// the server had sent no reply at all.
    unsigned closed = 0;
    Links<Exchange> in_time;
};

/// The interface for the object that is told how each exchange ended.
class Listener {
public:
    /// \param reply  the message if `delivery` is `replied`; empty otherwise
    virtual void on_end(Exchange& exchange, Delivery delivery,
                        std::span<const std::uint8_t> reply) noexcept = 0;

protected:
    ~Listener() = default;
    Listener() = default;
    Listener(const Listener&) = default;
    Listener& operator=(const Listener&) = default;
};

/// All exchanges in flight, in the order in which the wait for their replies ends.
class Pending {
public:
    Pending(std::chrono::milliseconds timeout, Listener& listener) noexcept
        : timeout_(timeout), listener_(listener) {}

    void begin(Exchange& exchange) noexcept {
        exchange.due = Clock::now() + timeout_;
        queue_.push(exchange);
    }
    void end(Exchange& exchange, Delivery delivery,
             std::span<const std::uint8_t> reply = {}) noexcept {
        queue_.remove(exchange);
        listener_.on_end(exchange, delivery, reply);
    }
    /// Returns the exchange whose wait ends first; null if there is none.
    [[nodiscard]] Exchange* first() const noexcept { return queue_.front(); }

private:
    std::chrono::milliseconds timeout_;
    Listener& listener_;
    Queue<Exchange, &Exchange::in_time> queue_;
};

/// The exchanges that wait for a reply through the same socket.
class Awaited {
public:
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
    void add(Exchange& exchange) { all_.push_back({id_of(exchange.query), &exchange}); }
    void remove(const Exchange& exchange) noexcept {
        std::erase_if(all_, [&exchange](const One& one) { return one.exchange == &exchange; });
    }
    /// Returns the exchange to which the message is the reply, and removes it; null if there is no
    /// such exchange.
    [[nodiscard]] Exchange* take(std::span<const std::uint8_t> message) noexcept {
        if (message.size() < 2) return nullptr;
        const auto found = std::ranges::find_if(all_, [message](const One& one) {
            return one.id == id_of(message) && ldns_adapter::is_reply(message, one.exchange->query);
        });
        if (found == all_.end()) return nullptr;
        Exchange* const exchange = found->exchange;
        *found = all_.back();
        all_.pop_back();
        return exchange;
    }
    /// Returns any one of the exchanges, and removes it; null if there is none.
    [[nodiscard]] Exchange* take_any() noexcept {
        if (all_.empty()) return nullptr;
        Exchange* const exchange = all_.back().exchange;
        all_.pop_back();
        return exchange;
    }

private:
    struct One {
        unsigned id = 0;
        Exchange* exchange = nullptr;
    };
    [[nodiscard]] static unsigned id_of(std::span<const std::uint8_t> message) noexcept {
        return message[0] * 256U + message[1];
    }

    std::vector<One> all_;
};

/// The sockets of the driver, with the events for which the driver waits at each socket.
class Watches {
public:
    [[nodiscard]] std::span<const SocketWatch> all() const noexcept { return all_; }
    void on_change(CaresDriver::WatchCallback callback) { on_change_ = std::move(callback); }

    /// Sets the events for which the driver waits at a socket. If neither `read` nor `write` is
    /// true, the socket is removed. This must be done before the socket is closed.
    void set(int fd, bool read, bool write) {
        const SocketWatch watch{fd, read, write};
        const auto known = std::ranges::find(all_, fd, &SocketWatch::fd);
        if (known == all_.end()) {
            if (!read && !write) return;
            all_.push_back(watch);
        } else if (*known == watch) {
            return;
        } else if (read || write) {
            *known = watch;
        } else {
            *known = all_.back();
            all_.pop_back();
        }
        if (on_change_) on_change_(watch);
    }

private:
    std::vector<SocketWatch> all_;
    CaresDriver::WatchCallback on_change_;
};

}  // namespace spf::cares_adapter
