// Questions in, answers out, many at a time.
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

/// Sends questions to name servers: each question once, a limited number at a time, with retries.
///
/// There are no callbacks: after each step the caller calls work(), and then next_answered() until
/// it returns null.
class Asker final : Listener {  // NOLINT(cppcoreguidelines-virtual-class-destructor): it is final
public:
    explicit Asker(CaresOptions options);
    ~Asker() = default;
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;

    /// Returns the lookup for a question and counts one more reference to it. The lookup is
    /// answered, in flight, or queued after all lookups that are needed.
    [[nodiscard]] Lookup& want(const dns::Question& question);
    /// Marks a lookup without which a check cannot go on.
    void need(Lookup& lookup) noexcept;
    /// Takes want() back. A lookup without references is not sent, and not retried.
    void release(Lookup& lookup);
    /// Sets how many checks may soon need a lookup; lookups that are only hints leave room for that
    /// many.
    void keep_room_for(std::size_t needed) noexcept { room_ = needed; }

    /// Processes exchanges that have ended, and sends the lookups that may be sent.
    void work();
    /// Sends what work() and process() have left to be sent; afterwards has_work() may be true
    /// again.
    void flush();
    /// Returns the next lookup that work() has finished, or null. The caller has to release it.
    [[nodiscard]] Lookup* next_answered() noexcept { return answered_.pop(); }
    /// Whether work() would do something.
    [[nodiscard]] bool has_work() noexcept {
        return !ended_.empty() || !answered_.empty() || next_queue() != nullptr;
    }

    /// Returns the next lookup that has become late, or null. A late lookup no longer holds up
    /// others: it counts only against most_outstanding(), so that remote servers which do not
    /// answer take no room from other lookups. While the recursive server itself is slow, lookups
    /// become late only after a longer time.
    [[nodiscard]] Lookup* next_late(Clock::time_point now) noexcept;

    void process(int fd, bool readable, bool writable);
    void process_timeouts(Clock::time_point now);
    /// When process_timeouts() has something to do next or, if checks wait for room, when
    /// next_late() has.
    [[nodiscard]] std::optional<Clock::time_point> due(bool somebody_waits) const noexcept;

    [[nodiscard]] Watches& watches() noexcept { return watches_; }
    [[nodiscard]] const Watches& watches() const noexcept { return watches_; }
    [[nodiscard]] const CaresOptions& options() const noexcept { return options_; }
    [[nodiscard]] const CaresStatistics& statistics() const noexcept { return statistics_; }
    [[nodiscard]] std::size_t outstanding() const noexcept { return outstanding_; }
    /// How many lookups may be in flight, late ones included.
    [[nodiscard]] std::size_t most_outstanding() const noexcept {
        constexpr std::size_t late_for_each = 15;
        return std::min(QueryIds::most, options_.max_outstanding * (late_for_each + 1));
    }

private:
    void on_end(Exchange& exchange, Delivery delivery,
                std::span<const std::uint8_t> reply) noexcept override;

    /// The queue of the next lookup to be sent; null if none may be sent now.
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
    CaresStatistics statistics_;  // all but the counts of checks
    Pending pending_;
    Watches watches_;
    Udp udp_;
    Tcp tcp_;
    QueryIds ids_;
    Pool<Lookup> lookups_;
    LookupTable table_;
    Queue<Lookup> needed_;               // needed by a check, and queued
    Queue<Lookup> ahead_;                // wanted only by hints: sent when no needed lookup waits
    Queue<Lookup> ended_;                // lookups whose try has ended
    Queue<Lookup> again_;                // late lookups to be tried once more
    Queue<Lookup> answered_;             // to be returned by next_answered()
    Queue<Lookup, &Lookup::soon> soon_;  // sent and not late yet, the oldest first
    std::size_t soon_ahead_ = 0;         // those of soon_ that only hints want
    Clock::time_point overtaken_;        // replies have overtaken what was sent before this
    Clock::time_point busy_until_;       // until then, servers count as busy
    std::size_t outstanding_ = 0;
    std::size_t room_ = 0;
};

}  // namespace spf::cares_adapter
