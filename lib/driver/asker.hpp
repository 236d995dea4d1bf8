// The part of the driver that asks name servers. It accepts many questions at the same time and
// returns their answers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "driver/exchange.hpp"
#include "driver/lookup.hpp"
#include "driver/tcp.hpp"
#include "driver/udp.hpp"
#include "spf/driver/cares.hpp"

namespace spf::cares_adapter {

/// Asks name servers for the answers to questions. A question that is in flight is not sent a
/// second time for another check. The number of questions in flight is limited. A question without
/// a reply is sent again.
///
/// An Asker calls no callbacks. Instead, the caller calls work(), and then next_answered() until it
/// returns null, whenever it has called other functions of the Asker.
class Asker final : Listener {  // NOLINT(cppcoreguidelines-virtual-class-destructor): it is final
public:
    explicit Asker(CaresOptions options);
    ~Asker() = default;
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;

    /// Returns the Lookup for a question, and adds a reference to it. The Lookup may be new, may be
    /// in flight, or may have its answer already. A new Lookup waits in a queue. Lookups for which
    /// need() has been called are sent before it.
    [[nodiscard]] Lookup& want(const dns::Question& question);
    /// Notes that a check cannot continue until this Lookup has its answer. If it still waits in a
    /// queue, it is sent before the lookups that only hints (Evaluation::hints()) want.
    void need(Lookup& lookup) noexcept;
    /// Removes a reference that want() or next_answered() added. A Lookup without references is
    /// neither sent nor sent again.
    void release(Lookup& lookup);
    /// Sets the number of checks that may soon need a Lookup. One of the
    /// CaresOptions::max_outstanding lookups in flight is reserved for each of these checks.
    /// Lookups that only hints (Evaluation::hints()) want may use only those that are not reserved.
    void keep_room_for(std::size_t needed) noexcept { room_ = needed; }

    /// Processes all tries that have ended, and sends as many lookups as may be in flight.
    void work();
    /// Sends the queries that have been collected by work() and process(). After this, has_work()
    /// may be true again.
    void flush();
    /// Returns the next Lookup that has its answer; null if there is none. The caller must
    /// release() it.
    [[nodiscard]] Lookup* next_answered() noexcept { return answered_.pop(); }
    /// Returns whether a call of work() or next_answered() would do something.
    [[nodiscard]] bool has_work() noexcept {
        return !ended_.empty() || !answered_.empty() || next_queue() != nullptr;
    }

    /// Returns the next Lookup that has become late; null if there is none. A late Lookup no longer
    /// counts for CaresOptions::max_outstanding, but only for most_outstanding(). Therefore name
    /// servers that do not answer do not prevent other lookups from being sent. If the recursive
    /// server itself is slow, lookups become late after a longer time.
    [[nodiscard]] Lookup* next_late(Clock::time_point now) noexcept;

    void process(int fd, bool readable, bool writable);
    void process_timeouts(Clock::time_point now);
    /// Returns the time at which process_timeouts() must be called next; nothing if it need not be
    /// called. This is the time at which the first wait for a reply ends. The result may be earlier
    /// if lookups wait to be sent, or checks wait to be started (`somebody_waits`): it is then the
    /// time at which the next Lookup becomes late, because another lookup can be sent in its place.
    [[nodiscard]] std::optional<Clock::time_point> due(bool somebody_waits) const noexcept;

    [[nodiscard]] Watches& watches() noexcept { return watches_; }
    [[nodiscard]] const Watches& watches() const noexcept { return watches_; }
    [[nodiscard]] const CaresOptions& options() const noexcept { return options_; }
    [[nodiscard]] const CaresStatistics& statistics() const noexcept { return statistics_; }
    [[nodiscard]] std::size_t outstanding() const noexcept { return outstanding_; }
    /// Returns the maximum number of lookups in flight, including late ones (see next_late()).
    [[nodiscard]] std::size_t most_outstanding() const noexcept {
        constexpr std::size_t late_for_each = 15;
        return std::min(QueryIds::most, options_.max_outstanding * (late_for_each + 1));
    }

private:
    void on_end(Exchange& exchange, Delivery delivery,
                std::span<const std::uint8_t> reply) noexcept override;

    /// Returns the queue from which the next Lookup is sent; null if none may be sent now.
    [[nodiscard]] Queue<Lookup>* next_queue() noexcept {
        if (soon_.size() >= options_.max_outstanding) return nullptr;
        const std::size_t most = most_outstanding();
        if (!again_.empty()) return &again_;
        if (outstanding_ >= most) return nullptr;
        if (!needed_.empty()) return &needed_;
        const bool has_room =
            soon_ahead_ + room_ < options_.max_outstanding && outstanding_ < most / 2;
        return has_room && !ahead_.empty() ? &ahead_ : nullptr;
    }
    [[nodiscard]] bool next_waits() const noexcept {
        return !again_.empty() || !needed_.empty() || !ahead_.empty();
    }
    void begin(Lookup& lookup);
    void enter_soon(Lookup& lookup) noexcept;
    void note_reply(const Lookup& lookup) noexcept;
    [[nodiscard]] Clock::time_point late_at(const Lookup& lookup) const noexcept;
    void ask_for(Lookup& lookup, std::string&& wire_name);
    void first_way(Lookup& lookup) const noexcept;
    void send(Lookup& lookup);
    void settle(Lookup& lookup);
    void next_try(Lookup& lookup, dns::Status failure);
    void finish(Lookup& lookup, dns::Answer&& answer);
    void finish(Lookup& lookup, dns::Status status);
    void forget(Lookup& lookup);
    void leave_soon(Lookup& lookup) noexcept;

    CaresOptions options_;
    CaresStatistics statistics_;  // the numbers of checks in it remain zero
    Pending pending_;
    Watches watches_;
    Udp udp_;
    Tcp tcp_;
    QueryIds ids_;
    Pool<Lookup> lookups_;
    LookupTable table_;
    Queue<Lookup> needed_;  // lookups to be sent that a check needs to continue
    Queue<Lookup> ahead_;  // lookups to be sent that only hints want; sent after those in `needed_`
    Queue<Lookup> ended_;  // lookups whose latest try has ended
    Queue<Lookup> again_;  // late lookups to be sent again
    Queue<Lookup> answered_;             // lookups that next_answered() will return
    Queue<Lookup, &Lookup::soon> soon_;  // lookups in flight that are not late, the oldest first
    std::size_t soon_ahead_ = 0;         // the number of lookups in `soon_` that only hints want
    // Lookups that were sent before this time have been overtaken: another lookup that was sent
    // later has already got a reply.
    Clock::time_point overtaken_;
    Clock::time_point busy_until_;  // until this time, the servers are regarded as busy
    std::size_t outstanding_ = 0;
    std::size_t room_ = 0;
};

}  // namespace spf::cares_adapter
