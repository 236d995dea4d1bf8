/// \file policy/policy.hpp  A domain's whole policy as a table of address ranges, in which one
/// binary search finds the result for a client.
///
/// If a record and the records that it includes have no term such as `ptr` or `exists:%{i}`
/// (NotEnumerable), the result of check_host() depends only on the client's address, and is the
/// same for large ranges of addresses. A Policy is a table of these ranges and their results. The
/// table is made by calls of check_host(), one for each range of addresses with the same outcome.
/// It therefore has the results of check_host() until the TTL of the policy has elapsed.
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

/// The result for an address. The members have the meaning of the members of Outcome with the same
/// names.
struct PolicyDecision {
    Result result = Result::none;            ///< see Outcome::result
    std::optional<Problem::Code> problem{};  ///< see Outcome::problem
    std::string mechanism{};                 ///< see Outcome::mechanism
    std::string mechanism_domain{};          ///< see Outcome::mechanism_domain
    unsigned dns_lookups = 0;                ///< see Outcome::dns_lookups
    unsigned void_lookups = 0;               ///< see Outcome::void_lookups
    std::chrono::seconds ttl{0};             ///< Outcome::ttl when the policy was compiled
    bool depends_on_sender = false;          ///< see Outcome::depends_on_sender
    /// Whether the result is fail and the record has an explanation, `exp=` (6.2).
    bool is_explained = false;
    /// Problem::text if the problem is `no_record`: a TXT record that looks like an SPF record;
    /// otherwise empty.
    std::string almost_record{};

    /// Compares all members.
    // NOLINTNEXTLINE(readability-implicit-bool-conversion): a false finding
    friend auto operator<=>(const PolicyDecision&, const PolicyDecision&) = default;
};

/// How large a policy may become. If a policy is larger, it is not compiled, because it is better
/// to evaluate each message.
struct PolicyOptions {
    Limits limits{};  ///< the limits of each check (4.6.4)
    /// The maximum number of address ranges in the table. The default allows about 100 KiB.
    std::size_t max_ranges = 4096;
    /// The maximum amount of work for compiling a policy, in steps as in SweepOptions::max_work.
    /// The default allows about 20 ms.
    std::size_t max_work = 250'000;
};

/// Why a domain's policy cannot be compiled.
struct SPF_EXPORT PolicyError {
    /// What is wrong. New codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        /// `term` may match one single address or sender and not another (5.5, 5.7, 7.2)
        depends_on_message,
        dns_failure,  ///< the result for some addresses is temperror (2.6.6)
        too_large,    ///< the policy needs more ranges or more work than PolicyOptions allows
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::too_large) + 1;

    Code code{};         ///< why the policy cannot be compiled
    std::string term{};  ///< for `depends_on_message`, the term; otherwise empty
    /// For `depends_on_message`, the domain whose record contains `term`. Otherwise the domain of
    /// the policy.
    std::string domain{};
    /// How long the error will persist: the smallest TTL of the answers that caused it. Zero if
    /// this is not known.
    std::chrono::seconds ttl{0};

    /// Returns one sentence that describes why the policy cannot be compiled, in printable US-ASCII
    /// without trailing dot.
    [[nodiscard]] std::string message() const;

    /// Compares all members.
    friend bool operator==(const PolicyError&, const PolicyError&) = default;
};

/// Returns the name of the enumerator, such as "too_large". The name never changes, so programs may
/// rely on it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(PolicyError::Code code) noexcept;

/// A compiled policy. A Policy never changes, and several threads may read it at once.
///
/// A policy applies to all mail with the domain in MAIL FROM, and to all clients with the domain as
/// their HELO name. It does not contain explanations (6.2), because they may contain the address
/// and the sender. If PolicyDecision::is_explained is set, call check_host() for the explanation.
class SPF_EXPORT Policy {
public:
    /// Evaluates the domain's policy for all addresses, and asks each question only once.
    ///
    /// This needs one evaluation for each range of addresses. PolicyOptions limits the work that
    /// the records of an attacker can cause. Throws only std::bad_alloc and what the resolver
    /// throws. Thread-safe if the resolver is.
    [[nodiscard]] static Expected<Policy, PolicyError> compile(std::string_view domain,
                                                               dns::Resolver& resolver,
                                                               const PolicyOptions& options = {});

    /// Returns the result of check_host() for a client with this address. Makes one binary search
    /// and allocates nothing. The reference is valid while this object exists.
    [[nodiscard]] const PolicyDecision& check(IpAddress ip) const& noexcept;
    /// Deleted for a temporary Policy, because its decisions are destroyed with it.
    const PolicyDecision& check(IpAddress ip) const&& = delete;

    /// Returns how long the policy is valid, counted from compile(): the smallest TTL of all
    /// answers. If this is zero, the policy is valid only for the current message.
    [[nodiscard]] std::chrono::seconds ttl() const noexcept { return ttl_; }
    /// Returns the number of address ranges in the table, for both families together.
    [[nodiscard]] std::size_t size() const noexcept {
        return v4_decisions_.size() + v6_decisions_.size();
    }
    /// Returns the decisions of all addresses, without duplicates.
    [[nodiscard]] const std::vector<PolicyDecision>& decisions() const& noexcept {
        return decisions_;
    }
    /// Deleted for a temporary Policy, because its decisions are destroyed with it.
    const std::vector<PolicyDecision>& decisions() const&& = delete;

private:
    using Bits = std::array<std::uint64_t, 2>;

    Policy() = default;

    /// Appends the range that begins at `first`, unless the range before it has the same decision.
    void append(Family family, IpAddress first, std::uint16_t decision);

    // For each range of addresses, its first address, and the index of its decision in decisions_.
    // In each family, the first range begins at address zero.
    std::vector<std::uint32_t> v4_begins_;
    std::vector<std::uint16_t> v4_decisions_;
    std::vector<Bits> v6_begins_;
    std::vector<std::uint16_t> v6_decisions_;
    std::vector<PolicyDecision> decisions_;
    std::chrono::seconds ttl_{0};
};

}  // namespace spf
