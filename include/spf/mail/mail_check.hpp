/// \file mail/mail_check.hpp  The function check_mail(), which checks HELO and MAIL FROM of a
/// message (RFC 7208 sections 2.3 and 2.4).
#pragma once

#include <optional>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// The SMTP client of a session. A Client has only views of its texts. They must exist until the
/// function to which the Client is passed returns. A MailEvaluation has copies of them.
///
/// The reverse-path is not a member. It is an argument of check_mail(), which describes its forms.
struct Client {
    IpAddress ip{};           ///< the address of the client; IpAddress::from() reads a `sockaddr`
    std::string_view helo{};  ///< the name in the latest HELO or EHLO; empty if there was none
    /// The name of the server to which the client is connected, for `%{r}` (7.3). Empty if it is
    /// not known.
    std::string_view receiver{};
};

/// The outcomes for both identities of one message. Owns all its texts.
struct MailCheck {
    /// The outcome for HELO. Absent if the HELO name cannot be checked (2.3): it is missing, it is
    /// an address literal, or it is not a domain name of at least two labels.
    std::optional<Outcome> helo{};
    /// The outcome for MAIL FROM. For a null reverse-path, this is the outcome for
    /// `postmaster@HELO` (2.4). Absent only if the result for HELO is fail and
    /// Options::stop_on_helo_fail is set.
    std::optional<Outcome> mail_from{};
};

/// Checks HELO and then MAIL FROM of one message. Asks `resolver` one question after the other.
///
/// `reverse_path` is the address in MAIL FROM, with or without `<>`. If it begins with `<`, all
/// that follows the closing `>` is ignored, so ESMTP parameters may follow, as in
/// `<a@example.com> SIZE=100`. Without `<>`, it must be the address alone. If the address is empty,
/// the reverse-path is null. Then both identities have the same domain, and DNS is asked only once.
///
/// Each identity is checked by its own check_host() (4). Options::limits, with the deadline,
/// therefore apply to each identity separately. With the default deadline of 20 s, a call takes at
/// most 40 s. A resolver that ignores dns::Question::deadline can make it take longer.
///
/// Throws only std::bad_alloc and what the resolver throws. Thread-safe if the resolver is.
[[nodiscard]] SPF_EXPORT MailCheck check_mail(const Client& client, std::string_view reverse_path,
                                              dns::Resolver& resolver, const Options& options = {});

}  // namespace spf
