// Which identities of a message are checked, and in what order: RFC 7208 sections 2.3 and 2.4.
#pragma once

#include <string_view>
#include <utility>

#include "evaluation/arguments.hpp"
#include "spf/base/export.hpp"
#include "spf/mail/mail_check.hpp"

namespace spf::identities {

/// Returns whether a HELO name can be checked (2.3). It cannot if it is an address literal, or if
/// it is not a domain name of at least two labels.
[[nodiscard]] SPF_EXPORT bool is_checkable(std::string_view helo) noexcept;

[[nodiscard]] SPF_EXPORT Request of_helo(const Client& client) noexcept;
[[nodiscard]] SPF_EXPORT Request of_mail_from(const Client& client,
                                              std::string_view reverse_path) noexcept;

/// Returns whether MAIL FROM has to be checked after HELO, whose outcome is in `mail.helo`. If not,
/// sets `mail.mail_from`:
/// - After a fail that ends the check (Options::stop_on_helo_fail), it is absent.
/// - For a null reverse-path, it is a copy of the outcome for HELO. Both identities then have the
///   sender postmaster@HELO (2.4), so a second check would have the same result.
[[nodiscard]] SPF_EXPORT bool must_check_mail_from(MailCheck& mail, bool has_null_path,
                                                   const Options& options);

/// Returns whether the check of MAIL FROM is started only after that of a checkable HELO, because
/// the outcome for HELO may make it unnecessary: a fail if Options::stop_on_helo_fail is set, and
/// every outcome for a null reverse-path. Otherwise both checks may be made at the same time.
[[nodiscard]] SPF_EXPORT bool waits_for_helo(std::string_view reverse_path,
                                             const Options& options) noexcept;

/// Checks HELO and MAIL FROM, or only one of them if the other need not be checked.
/// `check(request)` is called for each check that is needed, and must return the Outcome of the
/// request.
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
