/// \file evaluation/request.hpp  What is to be checked, and within which limits (RFC 7208 sections 2.3, 2.4, 4.1, 4.6.4).
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// Whose authorisation is checked.
enum class Identity : std::uint8_t {
    mail_from,  ///< the reverse-path; where it is null, postmaster@HELO (2.4)
    helo,       ///< the name given in HELO or EHLO (2.3)
};

/// "mailfrom" or "helo", as in a Received-SPF field (9.1).
[[nodiscard]] SPF_EXPORT std::string_view to_string(Identity identity) noexcept;

/// One check. A view: what the members point to has to live until the Evaluation is made or reset
/// (it copies), not longer.
struct Request {
    IpAddress ip{};  ///< the SMTP client's address
    std::string_view
        mail_from{};          ///< the reverse-path, with or without <>; empty or "<>": null (2.4)
    std::string_view helo{};  ///< as given in HELO/EHLO, the most recent one
    Identity identity = Identity::mail_from;
    std::string_view
        receiver{};  ///< the name of the host that checks, for %{r}; empty: "unknown" (7.3)
    /// For %{t}; absent: the clock, and only if it is asked for.
    std::optional<std::chrono::sys_seconds> time{};
};

/// The processing limits of 4.6.4. Raising them makes the results differ from everybody else's.
struct Limits {
    unsigned dns_lookups = 10;  ///< terms that cause look-ups (4.6.4); at most 1000 is used
    unsigned void_lookups = 2;  ///< terms with a void look-up (4.6.4)
    unsigned mx_names = 10;     ///< mail exchanges of one `mx` (4.6.4): more is permerror
    unsigned ptr_names = 10;    ///< names of one reverse mapping (4.6.4): more are ignored
    std::size_t explanation_length = 1024;  ///< octets; what is longer is cut (6.2)
    /// Over the whole check, with all questions, tries and aliases, then temperror (4.6.4 wants at least
    /// 20 s). Zero or less: over at once, at the first question; any value is safe. Kept by whoever
    /// drives the Evaluation: check_host() and the CaresDriver do.
    std::chrono::milliseconds deadline{20'000};
};

/// How to check.
struct Options {
    Limits limits;
    bool explanation =
        true;  ///< fetch `exp=` after a fail (6.2): up to one look-up more, and what %{p} needs
    bool trace = false;  ///< keep what was evaluated, see trace.hpp; costs time and memory
    bool scope = false;  ///< find out for which other addresses the same holds, see Outcome::scope
    /// For both identities of a message (mail/mail_check.hpp): after a fail for HELO, MAIL FROM is not
    /// checked any more (2.3).
    bool stop_on_helo_fail = false;
    bool hints = false;  ///< name the questions that will probably follow, see Evaluation::hints()
};

}  // namespace spf
