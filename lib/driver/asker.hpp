// The part of the driver that asks name servers: it accepts many questions at a time and returns
// their answers.
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
/// An Asker calls no callbacks. After each step, the caller calls work(), and then next_answered()
/// until it returns null.
class Asker final : Listener {  // NOLINT(cppcoreguidelines-virtual-class-destructor): it is final
public:
    explicit Asker(CaresOptions options);
    ~Asker() = default;
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;

    /// Returns the lookup for a question and adds one to its reference count. The lookup may have
    /// its answer already, or be in flight, or be in the queue. In the queue, it comes after all
    /// lookups that need() has marked.
    [[nodiscard]] Lookup& want(const dns::Question& question);
    /// Tells the Asker that a check cannot go on without this lookup.
    void need(Lookup& lookup) noexcept;
    /// Undoes one call of want(). A lookup without references is neither sent nor retried.
    void release(Lookup& lookup);
    /// Sets how many checks may soon need a lookup. Lookups that only hints want are sent only
    /// while at least that many of CaresOptions::max_outstanding remain for other lookups.
    void keep_room_for(std::size_t needed) noexcept { room_ = needed; }

    /// Processes the exchanges that have ended, and sends as many lookups as may be in flight.
    void work();
    /// Sends the queries that work() and process() have collected. Afterwards has_work() may be
    /// true again.
    void flush();
    /// Returns the next lookup that has its answer, or null. The caller has to release() the
    /// lookup.
    [[nodiscard]] Lookup* next_answered() noexcept { return answered_.pop(); }
    /// Returns whether work() would do something.
    [[nodiscard]] bool has_work() noexcept {
        return !ended_.empty() || !answered_.empty() || next_queue() != nullptr;
    }

    /// Returns the next lookup that has become late, or null. A late lookup counts only against
    /// most_outstanding(), not against CaresOptions::max_outstanding. Remote servers that do not
    /// answer therefore do not keep other lookups from being sent. While the recursive server
    /// itself is slow, lookups become late only after a longer time.
    [[nodiscard]] Lookup* next_late(Clock::time_point now) noexcept;

    void process(int fd, bool readable, bool writable);
    void process_timeouts(Clock::time_point now);
    /// Returns the time when process_timeouts() next has something to do. If lookups, or checks
    /// (`somebody_waits`), wait to be started, returns the time when next_late() has a lookup to
    /// return, if that time is earlier.
    [[nodiscard]] std::optional<Clock::time_point> due(bool somebody_waits) const noexcept;

    [[nodiscard]] Watches& watches() noexcept { return watches_; }
    [[nodiscard]] const Watches& watches() const noexcept { return watches_; }
    [[nodiscard]] const CaresOptions& options() const noexcept { return options_; }
    [[nodiscard]] const CaresStatistics& statistics() const noexcept { return statistics_; }
    [[nodiscard]] std::size_t outstanding() const noexcept { return outstanding_; }
    /// Returns how many lookups may be in flight, including late ones.
    [[nodiscard]] std::size_t most_outstanding() const noexcept {
        constexpr std::size_t late_for_each = 15;
        return std::min(QueryIds::most, options_.max_outstanding * (late_for_each + 1));
    }

private:
    void on_end(Exchange& exchange, Delivery delivery,
                std::span<const std::uint8_t> reply) noexcept override;

    /// Returns the queue from which the next lookup is sent, or null if none may be sent now.
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
    CaresStatistics statistics_;  // the counts of checks stay zero here
    Pending pending_;
    Watches watches_;
    Udp udp_;
    Tcp tcp_;
    QueryIds ids_;
    Pool<Lookup> lookups_;
    LookupTable table_;
    Queue<Lookup> needed_;    // queued lookups without which a check cannot go on
    Queue<Lookup> ahead_;     // queued lookups that only hints want, sent when `needed_` is empty
    Queue<Lookup> ended_;     // lookups whose latest try has ended
    Queue<Lookup> again_;     // late lookups that wait for their next try
    Queue<Lookup> answered_;  // lookups that next_answered() will return
    Queue<Lookup, &Lookup::soon> soon_;  // lookups in flight that are not late, the oldest first
    std::size_t soon_ahead_ = 0;         // the number of lookups in `soon_` that only hints want
    // Lookups that were sent before this time have been overtaken: a later lookup got its reply
    // first.
    Clock::time_point overtaken_;
    Clock::time_point busy_until_;  // the servers are treated as busy until this time
    std::size_t outstanding_ = 0;
    std::size_t room_ = 0;
};

}  // namespace spf::cares_adapter
