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

/// The result of one check, and everything that a report on the check may contain. Owns all its
/// texts.
struct Outcome {
    Result result = Result::none;  ///< the result of check_host() (2.6)

    // These members describe what was checked.
    IpAddress ip{};                           ///< the address of the SMTP client
    Identity identity = Identity::mail_from;  ///< the identity that was checked
    /// The `<domain>` with which check_host() began: in lower case and without trailing dot, or
    /// unchanged if it is malformed.
    std::string domain{};
    /// The `<sender>`. Its local-part is `postmaster` if none was given (2.4, 4.3).
    std::string sender{};
    std::string helo{};      ///< the name in HELO or EHLO, as in Request::helo
    std::string receiver{};  ///< the name in Request::receiver; empty if it was not given
    Limits limits{};         ///< the limits of the check (4.6.4)
    /// Whether the reverse-path was null, so that the sender is `postmaster@HELO` (2.4).
    bool null_sender = false;

    // These members describe what decided the result.
    /// The directive that matched, as written in the outermost record or in the record to which
    /// that record redirects. Empty if no directive matched.
    std::string mechanism{};
    /// The domain of the record that decided the result, either by the directive `mechanism` or
    /// because no directive matched (4.7). Empty if an error or a missing record ended the check;
    /// see `problem`.
    std::string mechanism_domain{};
    /// Why the result is none, temperror or permerror; absent for all other results.
    std::optional<Problem> problem{};

    /// The domain owner's explanation of a fail (6.2), in printable US-ASCII. Its source is
    /// untrusted. Empty if there is no explanation.
    std::string explanation{};
    std::string explanation_domain{};  ///< the domain that published the explanation

    /// The number of terms that caused lookups (4.6.4). A term that exceeds the limit is counted,
    /// too.
    unsigned dns_lookups = 0;
    /// The number of terms with a void lookup (4.6.4). A term that exceeds the limit is counted,
    /// too.
    unsigned void_lookups = 0;
    /// How long the outcome may be kept for the same request: the smallest TTL of all answers used.
    /// Zero if a lookup failed, or if an answer without records had no TTL. Answers from a
    /// CachingResolver have the TTL that they had when they were stored, although part of it has
    /// elapsed. Outcomes from a PolicyCache have the part of the TTL that has not yet elapsed.
    std::chrono::seconds ttl{0};

    /// A range of addresses around `ip` for which every step would have been the same, so that
    /// result, mechanism, problem and counts are the same for all of them. There may be a wider
    /// range for which this is true. Absent if Options::scope is not set, or if a question depended
    /// on the address itself (`ptr`, `%{i}`, `%{p}`). The explanation may contain the address, so
    /// it may differ within the range.
    std::optional<AddressRange> scope{};
    /// Whether an evaluated term has a macro whose value differs between senders: s, l, o or h
    /// (7.3). If false, all mail of the domain from `ip`, and from the addresses in `scope`, has
    /// the same result.
    bool depends_on_sender = false;

    Trace trace{};  ///< the steps of the evaluation; empty unless Options::trace is set

    /// What the result is based on.
    enum class DecidedBy : std::uint8_t {
        nothing,         ///< an error or a missing record ended the check; see `problem`
        directive,       ///< the directive `mechanism` matched
        default_result,  ///< no directive of the record matched, so the result is neutral (4.7)
    };
    /// Returns what the result is based on.
    [[nodiscard]] DecidedBy decided_by() const noexcept {
        if (mechanism_domain.empty()) return DecidedBy::nothing;
        return mechanism.empty() ? DecidedBy::default_result : DecidedBy::directive;
    }
    /// Returns whether the MAIL FROM address itself was checked. False if the HELO identity was
    /// checked, or the address `postmaster@HELO`, which replaces a null reverse-path (2.4).
    [[nodiscard]] bool is_about_mail_from() const noexcept {
        return identity == Identity::mail_from && !null_sender;
    }
};

}  // namespace spf
