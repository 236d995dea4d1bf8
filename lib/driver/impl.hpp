// The implementation of CaresDriver: the checks in flight, the lookups for which they wait, and
// their deadlines.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <poll.h>

#include "driver/asker.hpp"
#include "driver/lookup.hpp"
#include "driver/mail.hpp"
#include "spf/driver/cares.hpp"
#include "spf/evaluation/evaluation.hpp"

namespace spf {
namespace cares_adapter {

/// Calls a function at the end of a scope, even if an exception leaves the scope.
template <class Function>
class AtExit {
public:
    explicit AtExit(Function function) noexcept : function_(std::move(function)) {}
    ~AtExit() { function_(); }
    AtExit(const AtExit&) = delete;
    AtExit& operator=(const AtExit&) = delete;
    AtExit(AtExit&&) = delete;
    AtExit& operator=(AtExit&&) = delete;

private:
    Function function_;
};

/// The deadlines of all checks in flight. When a check ends, its node is taken out of the map and
/// stays in the Check object. The next check that uses this object puts the node back into the
/// map, so no memory is allocated.
using Deadlines = std::multimap<Clock::time_point, Check*>;

/// A question that a caller of CaresDriver::submit_question() asks, and its answer.
struct Direct {
    std::string name;
    dns::Question question;  ///< its name is a view of `name`
    CaresDriver::AnswerCallback callback;
    dns::AnswerPtr answer;  ///< null until the question has been answered or its deadline passed
};

/// A check that has been submitted, or an unused object in the pool of checks. If `direct` is not
/// null, the object stands for a single question instead, and nothing is evaluated.
struct Check {
    enum class State : std::uint8_t {
        idle,
        queued,   ///< the check has not been started
        waiting,  ///< the check waits for the answer to a lookup
        finished,
    };

    Evaluation evaluation;
    /// The outcome if a policy has determined it. Allocated only if the driver has a cache of
    /// policies.
    std::unique_ptr<Outcome> known;
    CaresDriver::Callback callback;
    std::unique_ptr<Direct> direct;
    State state = State::idle;
    bool cancelled = false;
    bool is_posted = false;  ///< whether nothing is checked; see Impl::post()
    bool is_known = false;   ///< whether `known` contains the outcome, so that nothing is evaluated
    bool learns = false;     ///< whether the cache of policies learns the domain of this check
    bool counts = false;     ///< whether the check is active and is counted in Impl::counting_
    std::uint32_t index = 0;            ///< the index of this object in the pool
    std::uint64_t number = 0;           ///< the number of the CaresDriver::Ticket for this check
    std::chrono::milliseconds limit{};  ///< the time from the start of the check to its deadline
    Deadlines::iterator deadline;  ///< the node in `Deadlines`; valid while the check is waiting
    /// The node for `Deadlines` while the check is not waiting.
    Deadlines::node_type spare;
    std::vector<Lookup*> wanted;  ///< all lookups that the check has wanted so far, including hints
    Lookup* awaited = nullptr;    ///< the lookup for whose answer the evaluation waits
    Check* next_waiter = nullptr;
    Check* previous_waiter = nullptr;
    Links<Check> links;  ///< the neighbours in `queue_` or `finished_`
};

}  // namespace cares_adapter

class CaresDriver::Impl {
public:
    explicit Impl(CaresOptions options) : asker_(std::move(options)) {}

    [[nodiscard]] cares_adapter::Asker& asker() noexcept { return asker_; }
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }
    [[nodiscard]] std::size_t queued() const noexcept { return queue_.size(); }

    [[nodiscard]] CaresStatistics statistics() const noexcept;

    using Id = cares_adapter::Id;
    Id submit(const Request& request, Callback callback, const Options& options);
    /// Lets deliver() call the callback with an empty outcome, although nothing is checked.
    Id post(Callback callback);
    Id submit_question(const dns::Question& question, AnswerCallback callback);
    bool cancel(Id id);
    Id submit_mail(const receiver::Session& session, const receiver::ReceiverPolicy& policy,
                   DecisionCallback callback, const Options& options);
    bool cancel_mail(Id id);
    /// Takes back a message that has ended.
    void give_back(cares_adapter::MailInFlight& mail) noexcept { mails_.give_back(mail); }

    [[nodiscard]] std::optional<std::chrono::milliseconds> next_timeout() const;
    void process(int fd, bool readable, bool writable);
    void process_timeouts();
    void poll(std::optional<std::chrono::milliseconds> longest);
    void run();

private:
    using Check = cares_adapter::Check;
    using Lookup = cares_adapter::Lookup;

    [[nodiscard]] Check& take_check(Callback callback);
    [[nodiscard]] bool knows(Check& check, const Request& request, const Options& options) const;
    void evaluate(Check& check, const Request& request, const Options& options);
    void start(Check& check);
    /// Returns whether the next check in `queue_` may be started now.
    [[nodiscard]] bool may_start() const noexcept {
        return !queue_.empty() && counting_ < asker_.options().max_outstanding &&
               deadlines_.size() < asker_.most_outstanding();
    }
    void count(Check& check, bool counts) noexcept;
    void pass_over_late(cares_adapter::Clock::time_point now) noexcept;
    void work();
    void advance(Check& check);
    void advance_direct(Check& check);
    void accept(Check& check, const dns::AnswerPtr& answer);
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
    cares_adapter::Pool<cares_adapter::MailInFlight> mails_;
    cares_adapter::Pool<Check> checks_;
    cares_adapter::Queue<Check> queue_;  // the checks that have not been started
    // The checks that have ended, but whose callbacks have not been called.
    cares_adapter::Queue<Check> finished_;
    // The deadlines of the checks that have been started and have not ended.
    cares_adapter::Deadlines deadlines_;
    // The number of active checks, which are the checks that have been started and do not wait for
    // a late lookup.
    std::size_t counting_ = 0;
    std::size_t in_flight_ = 0;
    std::uint64_t ended_ = 0;      // the number of checks whose callbacks have been called
    std::uint64_t by_policy_ = 0;  // how many of these checks a policy decided
    std::uint64_t last_number_ = 0;
    bool delivering_ = false;
    std::vector<pollfd> polled_;
};

}  // namespace spf
