// The inside of a CaresDriver: checks, what they wait for, and until when.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <poll.h>

#include "driver/asker.hpp"
#include "driver/lookup.hpp"
#include "spf/driver/cares.hpp"
#include "spf/evaluation/evaluation.hpp"

namespace spf {
namespace cares_adapter {

/// When checks have to be over. Each keeps its node, so that later ones need no memory.
using Deadlines = std::multimap<Clock::time_point, Check*>;

/// One check.
struct Check {
    enum class State : std::uint8_t {
        idle,
        queued,   ///< for its turn
        waiting,  ///< for an answer
        finished,
    };

    Evaluation evaluation;
    std::unique_ptr<Outcome> known;  ///< said by a policy; made where there are any
    CaresDriver::Callback callback;
    State state = State::idle;
    bool cancelled = false;
    bool is_known = false;              ///< not evaluated
    bool counts = false;                ///< among those that have their turn
    std::uint32_t index = 0;            ///< in the pool
    std::uint64_t number = 0;           ///< of the ticket
    std::chrono::milliseconds limit{};  ///< from its turn to its deadline
    Deadlines::iterator deadline;       ///< where waiting
    Deadlines::node_type spare;         ///< where not
    std::vector<Lookup*> wanted;        ///< asked so far, those that hints named included
    Lookup* awaited = nullptr;          ///< whose answer evaluation waits for
    Check* next_waiter = nullptr;
    Check* previous_waiter = nullptr;
    Links<Check> links;  ///< in a Queue
};

}  // namespace cares_adapter

class CaresDriver::Impl {
public:
    explicit Impl(CaresOptions options) : asker_(std::move(options)) {}

    [[nodiscard]] cares_adapter::Asker& asker() noexcept { return asker_; }
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }
    [[nodiscard]] std::size_t queued() const noexcept { return queue_.size(); }

    [[nodiscard]] CaresStatistics statistics() const noexcept;

    /// The index and number of a ticket.
    using Id = std::pair<std::uint32_t, std::uint64_t>;
    Id submit(const Request& request, Callback callback, const Options& options);
    bool cancel(Id id);

    [[nodiscard]] std::optional<std::chrono::milliseconds> next_timeout() const;
    void process(int fd, bool readable, bool writable);
    void process_timeouts();
    void poll(std::optional<std::chrono::milliseconds> longest);
    void run();

private:
    using Check = cares_adapter::Check;
    using Lookup = cares_adapter::Lookup;

    [[nodiscard]] bool knows(Check& check, const Request& request, const Options& options) const;
    void evaluate(Check& check, const Request& request, const Options& options);
    void start(Check& check);
    /// Whether it is the turn of another check.
    [[nodiscard]] bool may_start() const noexcept {
        return !queue_.empty() && counting_ < asker_.options().max_outstanding &&
               deadlines_.size() < asker_.most_outstanding();
    }
    void count(Check& check, bool counts) noexcept;
    void pass_over_late(cares_adapter::Clock::time_point now) noexcept;
    void work();
    void advance(Check& check);
    [[nodiscard]] Lookup& lookup_for(Check& check, const dns::Question& question);
    void wait_for(Check& check, Lookup& lookup) noexcept;
    static void stop_waiting(Check& check) noexcept;
    void finish(Check& check);
    void hand_in(Check& check) noexcept;
    void recycle(Check& check) noexcept;
    void expire(cares_adapter::Clock::time_point now);
    void deliver();
    void hand_out(const Callback& callback, const Check& check);

    cares_adapter::Asker asker_;
    cares_adapter::Pool<Check> checks_;
    cares_adapter::Queue<Check> queue_;     // whose turn has not come
    cares_adapter::Queue<Check> finished_;  // to be handed out
    cares_adapter::Deadlines deadlines_;    // of those whose turn has come
    std::size_t counting_ = 0;              // of them, those that do not wait for a late look-up
    std::size_t in_flight_ = 0;
    std::uint64_t ended_ = 0;      // and their callbacks called
    std::uint64_t by_policy_ = 0;  // of those
    std::uint64_t last_number_ = 0;
    bool delivering_ = false;
    std::vector<pollfd> polled_;
};

}  // namespace spf
