/// \file policy/policy.hpp  A domain's whole policy compiled to a table: one binary search per
/// message.
///
/// If no term of a record, or of the records it includes, depends on more than the network of the
/// client, check_host() is a function of the client's address. A Policy is the table of that
/// function. It is made by check_host() itself (the sweep of analysis/networks.hpp) and agrees with
/// check_host() until its TTL has elapsed.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// The result for an address. The members mean what those of an Outcome mean.
struct PolicyDecision {
    Result result = Result::none;          ///< see Outcome::result
    std::optional<Problem::Code> problem;  ///< see Outcome::problem
    std::string mechanism;                 ///< see Outcome::mechanism
    std::string mechanism_domain;          ///< see Outcome::mechanism_domain
    unsigned dns_lookups = 0;              ///< see Outcome::dns_lookups
    unsigned void_lookups = 0;             ///< see Outcome::void_lookups
    std::chrono::seconds ttl{0};           ///< Outcome::ttl at the time of the compilation
    bool depends_on_sender = false;        ///< see Outcome::depends_on_sender
    bool is_explained = false;  ///< the result is fail, and the record has an `exp=` (6.2)

    /// Compares all members.
    // NOLINTNEXTLINE(readability-implicit-bool-conversion): there is none
    friend auto operator<=>(const PolicyDecision&, const PolicyDecision&) = default;
};

/// How large a policy may become. Larger policies are better evaluated message by message.
struct PolicyOptions {
    Limits limits;                   ///< the limits of each check (4.6.4)
    std::size_t max_ranges = 4096;   ///< maximum number of ranges: about 100 KiB
    std::size_t max_work = 250'000;  ///< steps, see SweepOptions::max_work: about 20 ms
};

/// Why a domain's policy cannot be compiled.
struct SPF_EXPORT PolicyError {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        depends_on_message,  ///< `term` differs between addresses or senders (5.5, 5.7, 7.2)
        dns_failure,         ///< the result for some address is temperror (2.6.6)
        too_large,           ///< the policy needs more ranges or work than the options allow
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::too_large) + 1;

    Code code{};         ///< why it cannot be compiled
    std::string term;    ///< depends_on_message: the term; otherwise empty
    std::string domain;  ///< the domain whose record holds the term; otherwise the policy's domain
    /// How long the error will persist: the smallest TTL of the answers that led to it. Zero:
    /// unknown.
    std::chrono::seconds ttl{0};

    /// One sentence that says why, without trailing dot; printable US-ASCII.
    [[nodiscard]] std::string message() const;

    /// Compares all members.
    friend bool operator==(const PolicyError&, const PolicyError&) = default;
};

/// The name of the enumerator, such as "too_large": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(PolicyError::Code code) noexcept;

/// A compiled policy. Immutable; several threads may read it.
///
/// It applies to mail of any sender of the domain (MAIL FROM), or of the host of that name (HELO).
/// It does not hold explanations (6.2), which may contain the address and the sender: if
/// PolicyDecision::is_explained, check_host() provides the explanation.
class SPF_EXPORT Policy {
public:
    /// Evaluates the domain's policy for all addresses, and asks each question once.
    ///
    /// Cost: one evaluation for each range; PolicyOptions bound the cost of hostile records. Throws
    /// only std::bad_alloc and what the resolver throws. As thread-safe as the resolver.
    [[nodiscard]] static Expected<Policy, PolicyError> compile(std::string_view domain,
                                                               dns::Resolver& resolver,
                                                               const PolicyOptions& options = {});

    /// The result of check_host() for this client. One binary search, allocates nothing. The
    /// reference is valid while this object exists.
    [[nodiscard]] const PolicyDecision& check(IpAddress ip) const noexcept;

    /// How long the policy is valid, from compile() on: the smallest TTL of all answers. Zero: only
    /// for the current message.
    [[nodiscard]] std::chrono::seconds ttl() const noexcept { return ttl_; }
    /// The number of ranges in the table, of both families together.
    [[nodiscard]] std::size_t size() const noexcept {
        return v4_decisions_.size() + v6_decisions_.size();
    }
    /// The decisions of all addresses, without duplicates.
    [[nodiscard]] const std::vector<PolicyDecision>& decisions() const noexcept {
        return decisions_;
    }

private:
    using Bits = std::array<std::uint64_t, 2>;

    Policy() = default;

    // The beginning of each range, and the index of its decision. The first range begins at zero.
    std::vector<std::uint32_t> v4_begins_;
    std::vector<std::uint16_t> v4_decisions_;
    std::vector<Bits> v6_begins_;
    std::vector<std::uint16_t> v6_decisions_;
    std::vector<PolicyDecision> decisions_;
    std::chrono::seconds ttl_{0};
};

}  // namespace spf
