// A receiver::Reception knows which checks a message needs, and which of them may be made at the
// same time. This file makes these checks with the driver.

#include "driver/mail.hpp"

#include <cstddef>
#include <utility>

#include "driver/impl.hpp"

namespace spf::cares_adapter {
namespace {

/// A Reception has some ten copies of the texts of its session. If they are longer than this, its
/// memory is not kept for the next message.
constexpr std::size_t longest_kept = 1024;

}  // namespace

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

void MailInFlight::submit(Impl& impl, const receiver::Session& session,
                          const receiver::ReceiverPolicy& policy,
                          CaresDriver::DecisionCallback callback, const Options& options) {
    impl_ = &impl;
    options_ = options;
    next_id_ = 0;
    is_in_flight_ = true;
    is_large_ = session.client.helo.size() + session.client.receiver.size() +
                    session.reverse_path.size() + session.recipient.size() >
                longest_kept;
    if (reception_) {
        reception_->reset(session, policy, options);
    } else {
        reception_.emplace(session, policy, options);
    }
    callback_ = std::move(callback);
    if (reception_->done()) {
        checks_.emplace_back(0, impl.post([this](const Outcome&) { hand_out(); }));
    } else {
        start_checks();
    }
}

/// Starts the checks that the Reception has added since the last call.
void MailInFlight::start_checks() {
    for (const receiver::Reception::Check& check : reception_->checks()) {
        const unsigned id = check.id;
        if (id < next_id_) continue;
        next_id_ = id + 1;
        const auto taken = [this, id](const Outcome& outcome) { take(id, outcome); };
        checks_.emplace_back(id, impl_->submit(check.request(), taken, options_));
    }
}

void MailInFlight::take(unsigned id, const Outcome& outcome) {
    std::erase_if(checks_, [id](const auto& check) { return check.first == id; });
    reception_->take(id, outcome);
    if (reception_->done()) {
        hand_out();
    } else {
        start_checks();
    }
}

void MailInFlight::end_checks() {
    is_in_flight_ = false;
    for (const auto& [id, check] : checks_) impl_->cancel(check);
    checks_.clear();
}

/// Calls the callback. Checks that are still in flight are cancelled first, because the decision
/// does not depend on them.
void MailInFlight::hand_out() {
    end_checks();
    const AtExit done{[this] { give_back(); }};
    const auto callback = std::exchange(callback_, nullptr);
    if (callback) callback(reception_->decision());
}

void MailInFlight::cancel() {
    callback_ = nullptr;
    end_checks();
    give_back();
}

void MailInFlight::give_back() {
    if (is_large_) reception_.reset();
    impl_->give_back(*this);
}

}  // namespace spf::cares_adapter

namespace spf {

CaresDriver::Impl::Id CaresDriver::Impl::submit_mail(const receiver::Session& session,
                                                     const receiver::ReceiverPolicy& policy,
                                                     DecisionCallback callback,
                                                     const Options& options) {
    const std::size_t known = mails_.size();
    cares_adapter::MailInFlight& mail = mails_.take();
    if (mails_.size() > known) mail.index = static_cast<std::uint32_t>(known);
    mail.number = ++last_number_;
    mail.submit(*this, session, policy, std::move(callback), options);
    return {mail.index, mail.number};
}

bool CaresDriver::Impl::cancel_mail(Id id) {
    cares_adapter::MailInFlight* const mail = mails_.at(id.first);
    if (mail == nullptr || mail->number != id.second || !mail->is_in_flight()) return false;
    mail->cancel();
    return true;
}

}  // namespace spf
