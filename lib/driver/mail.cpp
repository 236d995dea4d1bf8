// A receiver::Reception knows which checks a message needs, and which of them may be made at the
// same time. This file makes these checks with the driver.

#include "driver/mail.hpp"

#include <utility>

namespace spf::cares_adapter {

const receiver::ReceiverPolicy& check_every_message() {
    static const receiver::ReceiverPolicy policy = [] {
        receiver::ReceiverPolicy all;
        all.skip_networks = {};
        // Only a HELO that the policy refuses makes the check of MAIL FROM unnecessary if
        // Options::stop_on_helo_fail is set. check_mail() always omits it.
        all.rules.helo.fail = receiver::Action::reject;
        return all;
    }();
    return policy;
}

MailInFlight::MailInFlight(Impl& impl, const receiver::Session& session,
                           const receiver::ReceiverPolicy& policy,
                           CaresDriver::DecisionCallback callback, const Options& options)
    : impl_(impl),
      reception_(session, policy, options),
      options_(options),
      callback_(std::move(callback)) {}

MailInFlight::Shared MailInFlight::submit(Impl& impl, const receiver::Session& session,
                                          const receiver::ReceiverPolicy& policy,
                                          CaresDriver::DecisionCallback callback,
                                          const Options& options) {
    auto mail = std::make_shared<MailInFlight>(impl, session, policy, std::move(callback), options);
    if (mail->reception_.done()) {
        const Impl::Id id = impl.post([mail](const Outcome&) { mail->hand_out(); });
        mail->checks_.emplace_back(0, id);
    } else {
        start_checks(mail);
    }
    return mail;
}

/// Starts the checks that the Reception has added since the last call.
void MailInFlight::start_checks(const Shared& mail) {
    for (const receiver::Reception::Check& check : mail->reception_.checks()) {
        const unsigned id = check.id;
        if (id < mail->next_id_) continue;
        mail->next_id_ = id + 1;
        mail->checks_.emplace_back(
            id,
            mail->impl_.submit(
                check.request(), [mail, id](const Outcome& outcome) { take(mail, id, outcome); },
                mail->options_));
    }
}

void MailInFlight::take(const Shared& mail, unsigned id, const Outcome& outcome) {
    std::erase_if(mail->checks_, [id](const auto& check) { return check.first == id; });
    mail->reception_.take(id, outcome);
    if (mail->reception_.done()) {
        mail->hand_out();
    } else {
        start_checks(mail);
    }
}

void MailInFlight::cancel_checks() {
    for (const auto& [id, check] : std::exchange(checks_, {})) impl_.cancel(check);
}

/// Calls the callback. Checks that are still in flight are cancelled first, because the decision
/// does not depend on them.
void MailInFlight::hand_out() {
    is_over_ = true;
    cancel_checks();
    const auto callback = std::exchange(callback_, nullptr);
    if (callback) callback(reception_.decision());
}

bool MailInFlight::cancel() {
    if (is_over_) return false;
    is_over_ = true;
    callback_ = nullptr;
    cancel_checks();
    return true;
}

}  // namespace spf::cares_adapter
