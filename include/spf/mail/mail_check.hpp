/// \file mail/mail_check.hpp  What a mail server asks for each message: HELO and MAIL FROM (RFC
/// 7208 sections 2.3 and 2.4).
#pragma once

#include <optional>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// The SMTP client of a session. Refers to its texts: they must live until the function that takes
/// the Client returns; MailEvaluation copies them.
struct Client {
    IpAddress ip{};           ///< its address; IpAddress::from() reads a `sockaddr`
    std::string_view helo{};  ///< as given in the latest HELO or EHLO; empty: not given
    /// The name of the server it connected to, for `%{r}` (7.3); empty: not known.
    std::string_view receiver{};
};

/// The outcomes for both identities of one message. Owns everything.
struct MailCheck {
    /// Absent if the HELO name cannot be checked (2.3): there is none, or it is an address literal,
    /// or no domain name of two labels or more.
    std::optional<Outcome> helo;
    /// For a null reverse-path this is the outcome for `postmaster@HELO` (2.4). Absent only if HELO
    /// failed and Options::stop_on_helo_fail is set.
    std::optional<Outcome> mail_from;
};

/// Checks HELO, then MAIL FROM, of one message, asking `resolver` one question after the other.
///
/// `reverse_path` is the address in MAIL FROM, with or without `<>`; empty or "<>" is the null
/// reverse-path, for which DNS is asked once, as both identities are the same domain then.
/// Options::limits, its deadline included, apply to each identity on its own, as each is a
/// check_host() of its own (4).
///
/// Throws only std::bad_alloc and what the resolver throws. As thread-safe as the resolver.
[[nodiscard]] SPF_EXPORT MailCheck check_mail(const Client& client, std::string_view reverse_path,
                                              dns::Resolver& resolver, const Options& options = {});

}  // namespace spf
