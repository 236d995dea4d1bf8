// The checks of one message: those of its HELO and MAIL FROM identities, and those that the policy
// of the receiver needs.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "driver/impl.hpp"
#include "spf/driver/cares.hpp"
#include "spf/receiver/reception.hpp"

namespace spf::cares_adapter {

/// Returns a policy for which both identities of every message are checked, as check_mail() does.
/// It has static storage.
[[nodiscard]] const receiver::ReceiverPolicy& check_every_message();

/// A message whose checks are in flight. The callbacks of the checks own this object. It is
/// destroyed when the last of these callbacks has been called or has been destroyed without a call.
class MailInFlight {
public:
    using Impl = CaresDriver::Impl;
    using Shared = std::shared_ptr<MailInFlight>;

    /// Starts the checks of a message, as CaresDriver::submit_reception() does. `impl` owns the
    /// checks, whose callbacks own the new object. Therefore `impl` exists longer than the object.
    static Shared submit(Impl& impl, const receiver::Session& session,
                         const receiver::ReceiverPolicy& policy,
                         CaresDriver::DecisionCallback callback, const Options& options);
    MailInFlight(Impl& impl, const receiver::Session& session,
                 const receiver::ReceiverPolicy& policy, CaresDriver::DecisionCallback callback,
                 const Options& options);
    /// \return true if the message was still being checked; false if its checks had ended before
    bool cancel();

private:
    static void start_checks(const Shared& mail);
    static void take(const Shared& mail, unsigned id, const Outcome& outcome);
    void cancel_checks();
    void hand_out();

    Impl& impl_;
    receiver::Reception reception_;
    Options options_;
    CaresDriver::DecisionCallback callback_;
    /// The checks in flight: the id in the Reception, and the id in the driver.
    std::vector<std::pair<unsigned, Impl::Id>> checks_;
    unsigned next_id_ = 0;  // the id of the first check of the Reception that was not started
    bool is_over_ = false;
};

}  // namespace spf::cares_adapter
