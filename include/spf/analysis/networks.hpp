/// \file analysis/networks.hpp  Finds the result of a domain's policy for every possible address.
///
/// A NetworkMap shows people which networks may send, and which term authorises them. It is made by
/// check_host() itself, which evaluates the policy once for each range of addresses with the same
/// result. A map therefore never contradicts the result of a check. Servers, which need results
/// quickly, use a Policy instead (policy/policy.hpp): a smaller table of the results for all
/// addresses.
#pragma once

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/enumerable.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/work.hpp"
#include "spf/net/network_set.hpp"

namespace spf::analysis {

/// The result for a range of addresses, and the reason for it.
struct Decision {
    Result result = Result::none;  ///< the result; meaningless if `depends_on` is set
    /// If the result depends on a term that is not enumerable (NotEnumerable), the index of this
    /// term in NetworkMap::not_enumerable.
    std::optional<std::size_t> depends_on{};
    std::optional<Problem::Code> problem{};  ///< see Outcome::problem
    std::optional<std::size_t> cause{};      ///< the index of `problem` in NetworkMap::problems
    std::string mechanism{};                 ///< see Outcome::mechanism
    std::string mechanism_domain{};          ///< see Outcome::mechanism_domain
    /// The directive that matched in the innermost included record. If `mechanism` is not an
    /// include, `source` is equal to `mechanism`.
    std::string source{};
    std::string source_domain{};  ///< the domain whose record contains `source`
    unsigned dns_lookups = 0;     ///< see Outcome::dns_lookups
    unsigned void_lookups = 0;    ///< see Outcome::void_lookups

    /// Compares all members.
    friend auto operator<=>(const Decision&, const Decision&) = default;
};

/// A range of addresses with the same decision.
struct DecidedRange {
    AddressRange range{};      ///< the addresses
    std::size_t decision = 0;  ///< the index of the decision in NetworkMap::decisions
};

/// How many addresses a term authorises.
struct SourceSize {
    std::string term{};    ///< the term as written in the record
    std::string domain{};  ///< the domain whose record contains `term`
    AddressCount ip4{};    ///< the number of IPv4 addresses that pass because of `term`
};

/// All addresses, divided into ranges with one result each.
struct SPF_EXPORT NetworkMap {
    /// If a policy authorises more IPv4 addresses than this number, it is called lax, because it
    /// restricts the possible senders only a little. A third of all domains authorise more, most of
    /// them because of the records that they include ("Lazy Gatekeepers", IMC 2023).
    static constexpr std::uint64_t lax_from = 100'000;
    /// The maximum number of networks in a map. The networks of each result
    /// (NetworkSet::networks()) are counted, and the numbers are added. If there are more, the
    /// evaluation ends, and is_too_large is set.
    static constexpr std::size_t most_networks = 262'144;

    /// The domain in lower case, without trailing dot. A malformed domain is left as the caller
    /// passed it.
    std::string domain{};
    /// The ranges in ascending order without overlaps, IPv4 first. Unless the map is_too_large,
    /// they cover all addresses of both families. IPv4-mapped addresses ("::ffff:0:0/96") have no
    /// range of their own: the IPv6 range before them includes them.
    std::vector<DecidedRange> ranges{};
    std::vector<Decision> decisions{};  ///< the decisions of all ranges, without duplicates
    /// The terms on which the result of at least one address depends because they are not
    /// enumerable.
    std::vector<NotEnumerable> not_enumerable{};
    unsigned dns_lookups = 0;  ///< the maximum number of lookups that a check of an address needs
    /// The maximum number of void lookups that a check of an address needs.
    unsigned void_lookups = 0;
    /// How long the map is valid: the smallest TTL of all answers (see Outcome::ttl).
    std::chrono::seconds ttl{0};
    /// The problems that cause the results none, permerror and temperror, without duplicates. They
    /// are in the order of the addresses: the problem of the lowest address comes first.
    std::vector<Problem> problems{};
    /// Whether the budget was spent before all addresses were evaluated.
    bool is_too_large = false;

    /// Returns whether the map is complete: all addresses were evaluated (is_too_large is false),
    /// and DNS failed for none of them. Another attempt or a larger budget would then add nothing.
    /// Only a complete map shows that no address has a certain result. Addresses whose result
    /// depends on the message (see unknown()) do not make a map incomplete.
    [[nodiscard]] bool is_complete() const noexcept {
        return !is_too_large && failure() == nullptr;
    }
    /// Returns the first problem that gives addresses the result temperror (2.6.6): DNS failed, or
    /// there was no time left. Null if there is no such problem.
    [[nodiscard]] const Problem* failure() const noexcept;
    /// Returns the first problem that gives addresses the result permerror (2.6.7) or none (2.6.1):
    /// an error in a record, or a missing record. Null if there is no such problem.
    [[nodiscard]] const Problem* mistake() const noexcept;

    /// Returns the decision for an address. Null only if the map is_too_large. Takes logarithmic
    /// time.
    [[nodiscard]] const Decision* find(IpAddress address) const noexcept;
    /// Returns all addresses that have this result.
    [[nodiscard]] NetworkSet with(Result result) const;
    /// Returns all addresses whose result depends on a term that is not enumerable.
    [[nodiscard]] NetworkSet unknown() const;
    /// Returns the terms that authorise IPv4 addresses, in descending order of the number of
    /// addresses.
    [[nodiscard]] std::vector<SourceSize> sources() const;
};

/// Evaluates the policy of a domain for every address, with the sender `postmaster@domain`. Asks
/// each DNS question once. Needs one evaluation for each range of addresses with the same outcome;
/// `options` limits how many are made.
///
/// Throws only std::bad_alloc and what the resolver throws. Is as thread-safe as the resolver.
[[nodiscard]] SPF_EXPORT NetworkMap map_networks(std::string_view domain, dns::Resolver& resolver,
                                                 const SweepOptions& options = {});

}  // namespace spf::analysis
