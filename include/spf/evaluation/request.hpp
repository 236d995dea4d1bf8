/// \file evaluation/request.hpp  What to check, and within which limits (RFC 7208 sections 2.3,
/// 2.4, 4.1, 4.6.4).
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// The identity that is checked. The SPF record of its domain decides whether the client may send.
enum class Identity : std::uint8_t {
    mail_from,  ///< the reverse-path; if it is null, `postmaster@HELO` (2.4)
    helo,       ///< the name given in HELO or EHLO (2.3)
};

/// Returns "mailfrom" or "helo", as in a Received-SPF field (9.1).
[[nodiscard]] SPF_EXPORT std::string_view to_string(Identity identity) noexcept;

/// What to check. A Request has only views of its texts. They must exist until an Evaluation has
/// been made from the Request, or has been reset() with it, because the Evaluation then has copies.
struct Request {
    IpAddress ip{};  ///< the address of the SMTP client
    /// The reverse-path, with or without `<>`. If it begins with `<`, all that follows the closing
    /// `>` is ignored, such as ESMTP parameters. If the address is empty, the reverse-path is null
    /// (2.4).
    std::string_view mail_from{};
    std::string_view helo{};                  ///< the name in the latest HELO or EHLO
    Identity identity = Identity::mail_from;  ///< the identity to check
    /// The name of the host that makes the check, for `%{r}`. If this is empty, `%{r}` is "unknown"
    /// (7.3).
    std::string_view receiver{};
    /// The time for `%{t}`. If this is absent, the clock is read when a `%{t}` is expanded.
    std::optional<std::chrono::sys_seconds> time{};
    /// A record to evaluate in place of the record that the domain publishes, such as "v=spf1 a
    /// -all". DNS is still asked for everything but the domain's own record. If this is empty, the
    /// domain's own record is evaluated. Outcome::ttl is a day at most, and Outcome::trace has a
    /// step for the record as if DNS had been asked for it.
    std::string_view record{};
};

/// The processing limits of section 4.6.4. With limits other than the defaults, results may differ
/// from those of other receivers.
struct Limits {
    /// The maximum number of terms that cause lookups (4.6.4). More than 1000 is treated as 1000.
    unsigned dns_lookups = 10;
    /// The maximum number of terms with a void lookup (4.6.4).
    unsigned void_lookups = 2;
    /// The maximum number of mail exchanges of one `mx` (4.6.4). If there are more, the result is
    /// permerror.
    unsigned mx_names = 10;
    /// The maximum number of names of a reverse mapping (4.6.4). Further names are ignored.
    unsigned ptr_names = 10;
    /// The maximum length of an explanation in octets. A longer explanation is cut (6.2).
    std::size_t explanation_length = 1024;
    /// The maximum duration of the whole check, with all questions, retries and aliases. After it,
    /// the result is temperror (4.6.4 requires at least 20 s). With zero or less, the check ends at
    /// its first question. No value causes an overflow. An Evaluation does not measure time, so its
    /// caller must enforce the deadline; check_host() and CaresDriver do so.
    std::chrono::milliseconds deadline{20'000};
};

/// How a check is made, and what it finds out in addition to the result.
struct Options {
    /// The limits of the check.
    Limits limits{};
    /// Whether to fetch the explanation `exp=` after a fail (6.2). This needs at most one more
    /// lookup and, if a `%{p}` has to be expanded, the lookups for `%{p}`.
    bool explanation = true;
    /// Whether to record the steps in Outcome::trace. This needs more time and memory.
    bool trace = false;
    /// Whether to find out which other addresses have the same outcome (Outcome::scope).
    bool scope = false;
    /// Whether check_mail() and MailEvaluation, which check both identities of a message, omit the
    /// check of MAIL FROM if the result for HELO is fail (2.3).
    bool stop_on_helo_fail = false;
    /// Whether Evaluation::hints() predicts the questions that will probably follow.
    bool hints = false;
};

}  // namespace spf
