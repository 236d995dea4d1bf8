/// \file evaluation/outcome.hpp  The result of a check, and why (RFC 7208 sections 2.6 and 4.6).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "spf/evaluation/problem.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/evaluation/result.hpp"
#include "spf/evaluation/trace.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// The result of one check, with everything that reports on it need. Owns everything.
struct Outcome {
    Result result = Result::none;  ///< the result of check_host() (2.6)

    // What was checked.
    IpAddress ip;                             ///< the address of the SMTP client
    Identity identity = Identity::mail_from;  ///< the identity that was checked
    std::string domain;        ///< `<domain>` at the start of check_host(); as given if malformed
    std::string sender;        ///< `<sender>`; local-part `postmaster` if none was given (2.4, 4.3)
    std::string helo;          ///< Request::helo
    std::string receiver;      ///< Request::receiver; empty if not given
    Limits limits;             ///< the limits of the check (4.6.4)
    bool null_sender = false;  ///< the reverse-path was null: the sender is `postmaster@HELO` (2.4)

    // What decided.
    /// The directive that matched, in the outermost record or in the record it redirected to; empty
    /// if no directive matched.
    std::string mechanism;
    /// The domain of the record that decided: by `mechanism`, or because no directive matched
    /// (4.7). Empty if no record was evaluated to its end.
    std::string mechanism_domain;
    /// Why the result is none, temperror or permerror; absent for all other results.
    std::optional<Problem> problem;

    /// The domain owner's explanation of a fail (6.2); empty if there is none. Printable US-ASCII
    /// from an untrusted source.
    std::string explanation;
    std::string explanation_domain;  ///< the domain that published the explanation

    unsigned dns_lookups = 0;   ///< terms that caused lookups (4.6.4), the exceeding term included
    unsigned void_lookups = 0;  ///< terms with a void lookup (4.6.4), the exceeding term included
    /// How long the outcome may be kept for the same request: the smallest TTL of all answers used;
    /// zero if an answer was a failure, or negative without a TTL. Answers from a CachingResolver
    /// have the TTL that they had when they were stored, although part of it has elapsed. A
    /// PolicyCache subtracts the elapsed time.
    std::chrono::seconds ttl{0};

    /// Addresses around `ip` for which every step would have been the same, so that result,
    /// mechanism, problem and counts hold for all of them. Requires Options::scope. Absent if a
    /// question depended on the address itself (`ptr`, `%{i}`, `%{p}`). Explanations, which may
    /// contain the address, are not taken into account. Not always the widest such range.
    std::optional<AddressRange> scope;
    /// Whether an evaluated term has a macro that differs between senders: s, l, o or h (7.3). If
    /// not, all mail of the domain from these addresses has the same result.
    bool depends_on_sender = false;

    Trace trace;  ///< the steps of the evaluation; empty unless Options::trace

    /// What the result is based on.
    enum class DecidedBy : std::uint8_t {
        nothing,         ///< no record was evaluated to its end: `problem` says why
        directive,       ///< the directive `mechanism`
        default_result,  ///< no directive of the record matched: neutral (4.7)
    };
    /// What the result is based on.
    [[nodiscard]] DecidedBy decided_by() const noexcept {
        if (mechanism_domain.empty()) return DecidedBy::nothing;
        return mechanism.empty() ? DecidedBy::default_result : DecidedBy::directive;
    }
    /// Whether the MAIL FROM address itself was checked: not HELO, and not the postmaster of the
    /// HELO name, which replaces a null reverse-path (2.4).
    [[nodiscard]] bool is_about_mail_from() const noexcept {
        return identity == Identity::mail_from && !null_sender;
    }
};

}  // namespace spf
