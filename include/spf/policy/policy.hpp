/// \file policy/policy.hpp  A domain's whole policy compiled to a table: one binary search per message.
///
/// Where no term of a record, or of those it includes, depends on more than the network a client is in,
/// check_host() is a function of the client's address. A Policy is that function, tabulated by check_host()
/// itself (the sweep of analysis/networks.hpp); it says the same as check_host() until its time is over.
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

/// What an address comes to. The members mean what those of an Outcome do.
struct PolicyDecision {
    Result result = Result::none;
    std::optional<Problem::Code> problem;
    std::string mechanism;
    std::string mechanism_domain;
    unsigned dns_lookups = 0;
    unsigned void_lookups = 0;
    std::chrono::seconds ttl{0};  ///< when it was compiled
    bool depends_on_sender = false;
    /// The record that fails it has an `exp=` (6.2).
    bool is_explained = false;

    // NOLINTNEXTLINE(readability-implicit-bool-conversion): there is none
    friend auto operator<=>(const PolicyDecision&, const PolicyDecision&) = default;
};

/// How large a policy may become. What is beyond is better evaluated message by message.
struct PolicyOptions {
    Limits limits;                   ///< of each check (4.6.4)
    std::size_t max_ranges = 4096;   ///< about 100 KiB
    std::size_t max_work = 250'000;  ///< steps, see SweepOptions::max_work: some 20 ms
};

/// Why a domain's policy cannot be compiled.
struct SPF_EXPORT PolicyError {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        depends_on_message,  ///< `term` tells addresses or senders apart (5.5, 5.7, 7.2)
        dns_failure,         ///< some address ends in temperror, which is no policy (2.6.6)
        too_large,           ///< more ranges or more work than the options allow
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::too_large) + 1;

    Code code{};
    std::string term;    ///< depends_on_message: the term; else empty
    std::string domain;  ///< the domain whose record holds it; else the policy's
    /// For how long it will stay so: the smallest TTL of the answers that led there. Zero: unknown.
    std::chrono::seconds ttl{0};

    /// One sentence without trailing dot; printable US-ASCII.
    [[nodiscard]] std::string message() const;

    friend bool operator==(const PolicyError&, const PolicyError&) = default;
};

/// The code as written in the enum, such as "too_large": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(PolicyError::Code code) noexcept;

/// A compiled policy. Immutable once made; may be read by several threads.
///
/// It is about mail of any sender of one domain (MAIL FROM), or of the host of that name (HELO).
/// Explanations (6.2), which may name address and sender, are no part of it: for mail that it fails,
/// check_host() brings them where PolicyDecision::is_explained.
class SPF_EXPORT Policy {
public:
    /// Evaluates the domain's policy for all addresses, and asks each question once.
    ///
    /// Cost: one evaluation for each range; hostile records end at PolicyOptions. Never throws but
    /// std::bad_alloc and what the resolver throws. As thread-safe as the resolver.
    [[nodiscard]] static Expected<Policy, PolicyError> compile(std::string_view domain,
                                                               dns::Resolver& resolver,
                                                               const PolicyOptions& options = {});

    /// What check_host() says for this client. One binary search, no allocation. Valid as long as
    /// this object.
    [[nodiscard]] const PolicyDecision& check(IpAddress ip) const noexcept;

    /// For how long it holds from compile() on: the smallest TTL of all answers. Zero: not beyond the
    /// message at hand.
    [[nodiscard]] std::chrono::seconds ttl() const noexcept { return ttl_; }
    /// How many ranges the table has, both families together.
    [[nodiscard]] std::size_t size() const noexcept {
        return v4_decisions_.size() + v6_decisions_.size();
    }
    /// All that an address may come to; all different.
    [[nodiscard]] const std::vector<PolicyDecision>& decisions() const noexcept {
        return decisions_;
    }

private:
    using Bits = std::array<std::uint64_t, 2>;

    Policy() = default;

    // Where each range begins, and what holds from there on. The first begins at zero.
    std::vector<std::uint32_t> v4_begins_;
    std::vector<std::uint16_t> v4_decisions_;
    std::vector<Bits> v6_begins_;
    std::vector<std::uint16_t> v6_decisions_;
    std::vector<PolicyDecision> decisions_;
    std::chrono::seconds ttl_{0};
};

}  // namespace spf
