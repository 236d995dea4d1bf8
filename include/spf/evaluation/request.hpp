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

/// The identity whose authorisation is checked.
enum class Identity : std::uint8_t {
    mail_from,  ///< the reverse-path; if it is null, `postmaster@HELO` (2.4)
    helo,       ///< the name given in HELO or EHLO (2.3)
};

/// "mailfrom" or "helo", as in a Received-SPF field (9.1).
[[nodiscard]] SPF_EXPORT std::string_view to_string(Identity identity) noexcept;

/// One check. A view: the texts must live until the Evaluation has been made or reset, which copies
/// them.
struct Request {
    IpAddress ip{};  ///< the address of the SMTP client
    /// The reverse-path, with or without `<>`; empty or `<>` is the null reverse-path (2.4).
    std::string_view mail_from{};
    std::string_view helo{};                  ///< the name in the latest HELO or EHLO
    Identity identity = Identity::mail_from;  ///< the identity to check
    /// The name of the host that checks, for `%{r}`; if empty, `%{r}` is "unknown" (7.3).
    std::string_view receiver{};
    /// The time for `%{t}`; if absent, the clock is read when a `%{t}` is expanded.
    std::optional<std::chrono::sys_seconds> time{};
};

/// The processing limits of section 4.6.4. With other limits, results differ from those of other
/// receivers.
struct Limits {
    unsigned dns_lookups = 10;  ///< terms that cause lookups (4.6.4); more than 1000 counts as 1000
    unsigned void_lookups = 2;  ///< terms with a void lookup (4.6.4)
    unsigned mx_names = 10;     ///< mail exchanges of one `mx` (4.6.4); more are a permerror
    unsigned ptr_names = 10;    ///< names of one reverse mapping (4.6.4); further names are ignored
    std::size_t explanation_length = 1024;  ///< octets; a longer explanation is cut (6.2)
    /// Maximum duration of the whole check, with all questions, retries and aliases; then the
    /// result is temperror (4.6.4 requires at least 20 s). Zero or less ends the check at its first
    /// question; any value is safe. The caller of an Evaluation has to enforce it, as check_host()
    /// and CaresDriver do.
    std::chrono::milliseconds deadline{20'000};
};

/// How to check.
struct Options {
    /// The limits of the check.
    Limits limits;
    /// Fetch the explanation `exp=` after a fail (6.2): at most one more lookup, and those of
    /// `%{p}`.
    bool explanation = true;
    /// Record the steps in Outcome::trace; costs time and memory.
    bool trace = false;
    /// Find out which other addresses get the same outcome (Outcome::scope).
    bool scope = false;
    /// For both identities of a message (mail/mail_check.hpp): do not check MAIL FROM if the result
    /// for HELO is fail (2.3).
    bool stop_on_helo_fail = false;
    /// Predict the questions that will probably follow (Evaluation::hints()).
    bool hints = false;
};

}  // namespace spf
