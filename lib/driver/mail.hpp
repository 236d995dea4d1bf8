// The checks of one message: those of its HELO and MAIL FROM identities, and those that the policy
// of the receiver needs.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "driver/queue.hpp"
#include "spf/driver/cares.hpp"
#include "spf/receiver/reception.hpp"

namespace spf::cares_adapter {

/// Returns a policy for which both identities of every message are checked, as check_mail() does.
/// It has static storage.
[[nodiscard]] const receiver::ReceiverPolicy& check_every_message();

/// The members of a CaresDriver::Ticket or MailTicket: the index of an object in its pool, and the
/// number of the check or of the message.
using Id = std::pair<std::uint32_t, std::uint64_t>;

/// A message whose checks are in flight, or an unused object in the pool of messages, which owns
/// it. An object that is used again has the memory of its earlier messages.
class MailInFlight {
public:
    using Impl = CaresDriver::Impl;

    /// Starts the checks of a message, as CaresDriver::submit_reception() does. `impl` owns the
    /// checks and this object. When the callback has been called, the object is given back to
    /// `impl`.
    void submit(Impl& impl, const receiver::Session& session,
                const receiver::ReceiverPolicy& policy, CaresDriver::DecisionCallback callback,
                const Options& options);
    /// Ends the checks, and gives the object back, without a call of the callback.
    void cancel();
    /// Returns whether the message is still being checked.
    [[nodiscard]] bool is_in_flight() const noexcept { return is_in_flight_; }

    std::uint32_t index = 0;    ///< the index of this object in the pool
    std::uint64_t number = 0;   ///< the number of the CaresDriver::MailTicket for this message
    Links<MailInFlight> links;  ///< the neighbours in the pool

private:
    void start_checks();
    void take(unsigned id, const Outcome& outcome);
    void end_checks();
    void hand_out();
    void give_back();

    Impl* impl_ = nullptr;
    std::optional<receiver::Reception> reception_;
    Options options_;
    CaresDriver::DecisionCallback callback_;
    /// The checks in flight: the id in the Reception, and the id in the driver.
    std::vector<std::pair<unsigned, Id>> checks_;
    unsigned next_id_ = 0;  // the id of the first check of the Reception that was not started
    bool is_in_flight_ = false;
    bool is_large_ = false;  // whether the memory of the Reception is not worth keeping
};

}  // namespace spf::cares_adapter
