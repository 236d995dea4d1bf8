// The checks of one message: the check of its HELO identity and the check of its MAIL FROM
// identity.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "driver/impl.hpp"
#include "spf/driver/cares.hpp"

namespace spf::cares_adapter {

/// A message whose checks are in flight. The callbacks of the checks own this object. It is
/// destroyed when the last of these callbacks has been called or has been destroyed without a call.
class MailInFlight {
public:
    using Impl = CaresDriver::Impl;
    using Shared = std::shared_ptr<MailInFlight>;

    /// Starts the checks of a message, as CaresDriver::submit_mail() does. `impl` owns the checks,
    /// whose callbacks own the new object. Therefore `impl` exists longer than the object.
    static Shared submit(Impl& impl, const Client& client, std::string_view reverse_path,
                         CaresDriver::MailCallback callback, const Options& options);
    MailInFlight(Impl& impl, const Client& client, std::string_view reverse_path,
                 CaresDriver::MailCallback callback, const Options& options);
    /// \return true if the message was still being checked; false if its checks had ended before
    bool cancel();

private:
    [[nodiscard]] Client client() const noexcept {
        return {.ip = ip_, .helo = helo_, .receiver = receiver_};
    }
    static void check_helo(const Shared& mail);
    static void check_mail_from(const Shared& mail);
    static void helo_checked(const Shared& mail, const Outcome& outcome);
    void mail_from_checked(const Outcome& outcome);
    void hand_out();

    Impl& impl_;
    IpAddress ip_;
    std::string helo_;
    std::string receiver_;
    std::string reverse_path_;
    Options options_;
    CaresDriver::MailCallback callback_;
    MailCheck check_;
    std::optional<Impl::Id> checking_helo_;
    std::optional<Impl::Id> checking_mail_from_;
    bool is_over_ = false;
};

}  // namespace spf::cares_adapter
