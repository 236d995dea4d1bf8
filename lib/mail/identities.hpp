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

/// Returns whether MAIL FROM has to be checked once `mail.helo` is known. If not, sets
/// `mail.mail_from`: absent after a fail that Options::stop_on_helo_fail makes final, otherwise the
/// outcome for HELO. That is for a null reverse-path, whose sender is postmaster@HELO too (2.4), so
/// that every question and answer would be the same.
[[nodiscard]] SPF_EXPORT bool must_check_mail_from(MailCheck& mail, bool has_null_path,
                                                   const Options& options);

/// Checks the identities that have to be checked, each by `check(request)`, which returns its
/// Outcome.
template <typename CheckIdentity>
MailCheck check_each(const Client& client, std::string_view reverse_path, const Options& options,
                     const CheckIdentity& check) {
    MailCheck mail;
    if (is_checkable(client.helo)) {
        mail.helo = check(of_helo(client));
        if (!must_check_mail_from(mail, is_null_path(reverse_path), options)) return mail;
    }
    mail.mail_from = check(of_mail_from(client, reverse_path));
    return mail;
}

}  // namespace spf::identities
