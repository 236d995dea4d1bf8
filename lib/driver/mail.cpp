#include "driver/mail.hpp"

#include <utility>

#include "mail/identities.hpp"

namespace spf::cares_adapter {

MailInFlight::MailInFlight(Impl& impl, const Client& client, std::string_view reverse_path,
                           CaresDriver::MailCallback callback, const Options& options)
    : impl_(impl),
      ip_(client.ip),
      helo_(client.helo),
      receiver_(client.receiver),
      reverse_path_(reverse_path),
      options_(options),
      callback_(std::move(callback)) {}

MailInFlight::Shared MailInFlight::submit(Impl& impl, const Client& client,
                                          std::string_view reverse_path,
                                          CaresDriver::MailCallback callback,
                                          const Options& options) {
    const auto mail =
        std::make_shared<MailInFlight>(impl, client, reverse_path, std::move(callback), options);
    if (identities::is_checkable(client.helo)) check_helo(mail);
    if (!identities::waits_for_helo(client, reverse_path, options)) check_mail_from(mail);
    return mail;
}

void MailInFlight::check_helo(const Shared& mail) {
    mail->checking_helo_ = mail->impl_.submit(
        identities::of_helo(mail->client()),
        [mail](const Outcome& outcome) { helo_checked(mail, outcome); }, mail->options_);
}

void MailInFlight::check_mail_from(const Shared& mail) {
    mail->checking_mail_from_ = mail->impl_.submit(
        identities::of_mail_from(mail->client(), mail->reverse_path_),
        [mail](const Outcome& outcome) { mail->mail_from_checked(outcome); }, mail->options_);
}

void MailInFlight::helo_checked(const Shared& mail, const Outcome& outcome) {
    mail->checking_helo_.reset();
    mail->check_.helo = outcome;
    const bool remains = identities::must_check_mail_from(
        mail->check_, is_null_path(mail->reverse_path_), mail->options_);
    if (!remains || mail->check_.mail_from) {
        mail->hand_out();
    } else if (!mail->checking_mail_from_) {
        check_mail_from(mail);
    }
}

void MailInFlight::mail_from_checked(const Outcome& outcome) {
    checking_mail_from_.reset();
    check_.mail_from = outcome;
    if (!checking_helo_) hand_out();
}

void MailInFlight::hand_out() {
    is_over_ = true;
    const auto callback = std::exchange(callback_, nullptr);
    if (callback) callback(check_);
}

bool MailInFlight::cancel() {
    if (is_over_) return false;
    is_over_ = true;
    callback_ = nullptr;
    if (checking_helo_) impl_.cancel(*checking_helo_);
    if (checking_mail_from_) impl_.cancel(*checking_mail_from_);
    return true;
}

}  // namespace spf::cares_adapter
