/// \file evaluation/outcome.hpp  What a check came to, and why (RFC 7208 sections 2.6 and 4.6).
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

/// The result of one check, with all that reports on it need. Owns everything.
struct Outcome {
    Result result = Result::none;

    // What was checked.
    IpAddress ip;
    Identity identity = Identity::mail_from;
    std::string domain;  ///< the `<domain>` that check_host() began with; as given where malformed
    std::string
        sender;        ///< the `<sender>`, local-part `postmaster` where there was none (2.4, 4.3)
    std::string helo;  ///< as given
    std::string receiver;  ///< as given; empty where not
    Limits limits;         ///< those of the check (4.6.4)
    bool null_sender =
        false;  ///< the reverse-path was null, so the sender is postmaster@HELO (2.4)

    // What decided.
    /// The directive that matched, in the outermost record or the one it redirected to; empty if none did.
    std::string mechanism;
    /// The domain of that record: the one with `mechanism`, or without any that matches (4.7); empty if no
    /// record was evaluated to its end.
    std::string mechanism_domain;
    std::optional<Problem> problem;

    /// The publisher's explanation of a fail (6.2); empty: none. Printable US-ASCII, foreign text.
    std::string explanation;
    std::string explanation_domain;  ///< the domain that gave it

    unsigned dns_lookups = 0;   ///< terms that caused look-ups (4.6.4), the exceeding one included
    unsigned void_lookups = 0;  ///< terms with a void look-up (4.6.4), the exceeding one included
    /// How long the outcome may be kept for the same request: the smallest TTL of all answers used, as
    /// they came; zero where any of them failed or was negative without a TTL. Behind a CachingResolver
    /// some of it is over already; a PolicyCache, which keeps outcomes, takes that off.
    std::chrono::seconds ttl{0};

    /// Addresses around `ip` for which every step would have been the same, so that result,
    /// mechanism, problem and counts hold for all of them. Only with Options::scope; absent where a
    /// question that was asked hangs on the address itself (`ptr`, `%{i}`, `%{p}`). Explanations,
    /// which may name the address, are left out of account. Not always the widest such range.
    std::optional<AddressRange> scope;
    /// Whether a term that was evaluated has a macro that tells senders apart: s, l, o or h (7.3).
    /// Where not, all mail of the domain from these addresses comes to the same.
    bool depends_on_sender = false;

    Trace trace;  ///< empty unless Options::trace

    /// What the result rests on.
    enum class DecidedBy : std::uint8_t {
        nothing,         ///< no record was evaluated to its end: `problem` says why
        directive,       ///< `mechanism`
        default_result,  ///< no directive of the record matches: neutral (4.7)
    };
    [[nodiscard]] DecidedBy decided_by() const noexcept {
        if (mechanism_domain.empty()) return DecidedBy::nothing;
        return mechanism.empty() ? DecidedBy::default_result : DecidedBy::directive;
    }
};

}  // namespace spf
