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

/// Asks name servers what is wanted: each question once, so many at a time, as often as it takes.
///
/// Nothing calls back: whoever wants something calls work() after each step, and next_answered()
/// until there is no more.
class Asker final : Listener {  // NOLINT(cppcoreguidelines-virtual-class-destructor): it is final
public:
    explicit Asker(CaresOptions options);
    ~Asker() = default;
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;

    /// The look-up for a question, counted as wanted once more: answered, on its way, or queued behind
    /// all that are needed.
    [[nodiscard]] Lookup& want(const dns::Question& question);
    /// That somebody cannot go on without it.
    void need(Lookup& lookup) noexcept;
    /// Takes want() back. A look-up that nobody wants is not asked, or not once more.
    void release(Lookup& lookup);
    /// How many may need a look-up soon: what is wanted ahead leaves so much room.
    void keep_room_for(std::size_t needed) noexcept { room_ = needed; }

    /// Goes on with what has ended, and asks what may be asked.
    void work();
    /// Sends what work() and process() have left to be sent; afterwards there may be work again.
    void flush();
    /// The next one that was answered by work(), or null; to be released afterwards.
    [[nodiscard]] Lookup* next_answered() noexcept { return answered_.pop(); }
    /// Whether work() would do something.
    [[nodiscard]] bool has_work() noexcept {
        return !ended_.empty() || !answered_.empty() || next_queue() != nullptr;
    }

    /// The next look-up that was not answered soon, or null. It holds up nobody else any more: it counts
    /// only against most_outstanding(), so that what strangers' servers do not answer takes the room of
    /// nobody's questions. Where the server itself is slow, that room is left to it for longer.
    [[nodiscard]] Lookup* next_late(Clock::time_point now) noexcept;

    void process(int fd, bool readable, bool writable);
    void process_timeouts(Clock::time_point now);
    /// When process_timeouts() has something to do next, or, where somebody waits for room, next_late().
    [[nodiscard]] std::optional<Clock::time_point> due(bool somebody_waits) const noexcept;

    [[nodiscard]] Watches& watches() noexcept { return watches_; }
    [[nodiscard]] const Watches& watches() const noexcept { return watches_; }
    [[nodiscard]] const CaresOptions& options() const noexcept { return options_; }
    [[nodiscard]] const CaresStatistics& statistics() const noexcept { return statistics_; }
    [[nodiscard]] std::size_t outstanding() const noexcept { return outstanding_; }
    /// How many may be on their way, the late ones included.
    [[nodiscard]] std::size_t most_outstanding() const noexcept {
        constexpr std::size_t late_for_each = 15;
        return std::min(QueryIds::most, options_.max_outstanding * (late_for_each + 1));
    }

private:
    void on_end(Exchange& exchange, Delivery delivery,
                std::span<const std::uint8_t> reply) noexcept override;

    /// Where the next question to be asked stands; null where none may be asked now.
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
    CaresStatistics statistics_;  // but for the checks
    Pending pending_;
    Watches watches_;
    Udp udp_;
    Tcp tcp_;
    QueryIds ids_;
    Pool<Lookup> lookups_;
    LookupTable table_;
    Queue<Lookup> needed_;               // wait for their turn
    Queue<Lookup> ahead_;                // wait until there is nothing better to do
    Queue<Lookup> ended_;                // whose try has ended
    Queue<Lookup> again_;                // late ones to be tried once more
    Queue<Lookup> answered_;             // to be handed out
    Queue<Lookup, &Lookup::soon> soon_;  // asked, and not late yet, the oldest first
    std::size_t soon_ahead_ = 0;         // of them
    Clock::time_point overtaken_;        // what was asked before, others have overtaken
    Clock::time_point busy_until_;       // when servers are taken for fast again
    std::size_t outstanding_ = 0;
    std::size_t room_ = 0;
};

}  // namespace spf::cares_adapter
