// Which identities of a message are checked, and in what order: RFC 7208 sections 2.3 and 2.4.
#pragma once

#include <string_view>
#include <utility>

#include "evaluation/arguments.hpp"
#include "spf/base/export.hpp"
#include "spf/mail/mail_check.hpp"

namespace spf::identities {

/// 2.3: a HELO name cannot be checked if it is an address literal or not a domain name of several
/// labels.
[[nodiscard]] SPF_EXPORT bool is_checkable(std::string_view helo) noexcept;

[[nodiscard]] SPF_EXPORT Request of_helo(const Client& client) noexcept;
[[nodiscard]] SPF_EXPORT Request of_mail_from(const Client& client,
                                              std::string_view reverse_path) noexcept;

/// Whether MAIL FROM remains unchecked after this outcome for HELO.
[[nodiscard]] SPF_EXPORT bool is_final(const Outcome& helo, const Options& options) noexcept;

/// Turns the outcome for HELO into the outcome for the null reverse-path, whose sender is
/// postmaster@HELO too (2.4): every question and answer would be the same.
SPF_EXPORT void turn_into_mail_from(Outcome& outcome) noexcept;

/// Checks the identities that have to be checked, each by `check(request)`, which returns its
/// Outcome.
template <typename CheckIdentity>
MailCheck check_each(const Client& client, std::string_view reverse_path, const Options& options,
                     const CheckIdentity& check) {
    MailCheck mail;
    if (is_checkable(client.helo)) {
        mail.helo = check(of_helo(client));
        if (is_final(*mail.helo, options)) return mail;
        if (is_null_path(reverse_path)) {
            mail.mail_from = mail.helo;
            turn_into_mail_from(*mail.mail_from);
            return mail;
        }
    }
    mail.mail_from = check(of_mail_from(client, reverse_path));
    return mail;
}

}  // namespace spf::identities
