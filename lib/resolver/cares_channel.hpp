// Queries to one server through one channel of c-ares.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include <ares.h>

#include "resolver/cares_sockets.hpp"
#include "resolver/ldns_message.hpp"
#include "resolver/ldns_transport.hpp"
#include "spf/resolver/ldns.hpp"

namespace spf::cares_adapter {

using ldns_adapter::Bytes;
using ldns_adapter::Clock;
using ldns_adapter::Delivery;

/// One query on its way. Owned by whoever asks, who must not move it meanwhile.
struct Exchange {
    Channel* channel = nullptr;  ///< where it is on its way, or null
    Bytes query;
    Clock::time_point due;  ///< when its time is over

private:
    friend class Channel;
    Exchange* older_ = nullptr;
    Exchange* newer_ = nullptr;
};

/// Told how exchanges end, from inside c-ares: must neither throw nor call a Channel.
class Listener {
public:
    /// \param reply  empty unless replied
    virtual void on_end(Exchange& exchange, Delivery delivery,
                        std::span<const std::uint8_t> reply) noexcept = 0;

protected:
    ~Listener() = default;
    Listener() = default;
    Listener(const Listener&) = default;
    Listener& operator=(const Listener&) = default;
};

/// How a channel asks.
struct Route {
    const NameServer* server = nullptr;  ///< outlives the channel
    std::chrono::milliseconds timeout{};
    bool tcp = false;
    bool edns = true;
};

/// A channel of c-ares with one server and one try for each query: which server comes next, and how
/// often, is decided where the outcome of all tries is known (see cares_impl.cpp).
class Channel {
public:
    /// Null where c-ares has no memory, or no random numbers.
    [[nodiscard]] static std::unique_ptr<Channel> make(const Route& route, Sockets& sockets,
                                                       Listener& listener);
    /// Closes its sockets; exchanges on their way end without a word.
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// Sends `exchange.query`. May end before this returns.
    void ask(Exchange& exchange);
    /// A socket of this channel is ready.
    void process(int fd, bool readable, bool writable);
    /// A socket of this channel has failed to send.
    void fail(int fd);
    /// Ends what is due.
    void process_timeouts();
    /// When the oldest exchange is due; nothing where none is on its way.
    [[nodiscard]] std::optional<Clock::time_point> due() const noexcept;

    /// Queries sent so far, and those of them on their way.
    [[nodiscard]] std::size_t asked() const noexcept { return asked_; }
    [[nodiscard]] std::size_t outstanding() const noexcept { return outstanding_; }

    [[nodiscard]] const NameServer& server() const noexcept { return *route_.server; }
    [[nodiscard]] Sockets& sockets() noexcept { return sockets_; }

    /// Copies a datagram for c-ares to read, unless it is no reply to anything. The datagram itself has
    /// to stay until process() returns.
    /// \return its size, 0: to be passed over
    std::size_t take(std::span<const std::uint8_t> datagram, std::span<std::uint8_t> out) noexcept;

private:
    Channel(const Route& route, Sockets& sockets, Listener& listener) noexcept
        : route_(route), sockets_(sockets), listener_(listener) {}
    [[nodiscard]] bool init();
    void link(Exchange& exchange) noexcept;
    void unlink(Exchange& exchange) noexcept;
    [[nodiscard]] std::span<const std::uint8_t> uncut(
        std::span<const std::uint8_t> reply) const noexcept;
    static void on_reply(void* arg, int status, int timeouts, unsigned char* data, int size);

    Route route_;
    Sockets& sockets_;
    Listener& listener_;
    ares_channel channel_ = nullptr;
    std::size_t asked_ = 0;
    std::size_t outstanding_ = 0;
    Exchange* oldest_ = nullptr;
    Exchange* newest_ = nullptr;
    std::span<const std::uint8_t> datagram_;  // that c-ares is reading
};

}  // namespace spf::cares_adapter
