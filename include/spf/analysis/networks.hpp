/// \file analysis/networks.hpp  The result of a domain's policy for every address there is.
///
/// For people: which networks may send, and which term authorises them. The map is made by
/// check_host() itself, evaluated once for each range of addresses over which nothing changes, so a
/// network of the map and the result of a check never disagree. Policy (policy/policy.hpp) is the
/// same as a table for servers.
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

/// The result for a range of addresses, and why.
struct Decision {
    Result result = Result::none;  ///< meaningless if `depends_on` is set
    /// Index of the entry of NetworkMap::not_enumerable that the result depends on.
    std::optional<std::size_t> depends_on;
    std::optional<Problem::Code> problem;  ///< see Outcome::problem
    std::optional<std::size_t> cause;      ///< index of `problem` in NetworkMap::problems
    std::string mechanism;                 ///< see Outcome::mechanism
    std::string mechanism_domain;          ///< see Outcome::mechanism_domain
    /// The directive that matched in the innermost included record; equal to `mechanism` if the
    /// directive is not an include.
    std::string source;
    std::string source_domain;  ///< the domain whose record holds `source`
    unsigned dns_lookups = 0;   ///< see Outcome::dns_lookups
    unsigned void_lookups = 0;  ///< see Outcome::void_lookups

    /// Compares all members.
    friend auto operator<=>(const Decision&, const Decision&) = default;
};

/// A range of addresses with one decision.
struct DecidedRange {
    AddressRange range;        ///< the addresses
    std::size_t decision = 0;  ///< index of their decision in NetworkMap::decisions
};

/// How many addresses a term authorises.
struct SourceSize {
    std::string term;    ///< the term as written in the record
    std::string domain;  ///< the domain whose record holds `term`
    AddressCount ip4;    ///< the number of IPv4 addresses that pass because of `term`
};

/// The whole address space, divided into ranges of one result each.
struct SPF_EXPORT NetworkMap {
    /// A policy that authorises more IPv4 addresses than this excludes hardly any sender. A third
    /// of all domains authorise more, most of them by what they include ("Lazy Gatekeepers", IMC
    /// 2023).
    static constexpr std::uint64_t lax_from = 100'000;
    /// Maximum number of networks in a map (NetworkSet::networks(), summed over all results). A map
    /// that has more is_too_large.
    static constexpr std::size_t most_networks = 262'144;

    /// The domain in lower case, without trailing dot; as the caller gave it if it is malformed.
    std::string domain;
    /// Sorted, disjoint, IPv4 first. Together they are all addresses of both families, unless the
    /// map is_too_large. Mapped addresses within IPv6 ("::ffff:0:0/96") belong to the range before
    /// them.
    std::vector<DecidedRange> ranges;
    std::vector<Decision> decisions;            ///< the decisions of all ranges, without duplicates
    std::vector<NotEnumerable> not_enumerable;  ///< those that at least one address reaches
    unsigned dns_lookups = 0;                   ///< the maximum that an address needs
    unsigned void_lookups = 0;                  ///< the maximum that an address needs
    /// How long the map is valid: the smallest TTL of all answers, see Outcome::ttl.
    std::chrono::seconds ttl{0};
    /// Why addresses have no result of the policy (none, permerror, temperror), without duplicates,
    /// in the order in which the addresses meet the problems.
    std::vector<Problem> problems;
    bool is_too_large = false;  ///< the budget was spent before all addresses were evaluated

    /// Whether the map lacks nothing that another attempt or a larger budget might add: it is not
    /// is_too_large, and DNS failed for no address. Absence from a map proves something only if
    /// this is true. Addresses whose result depends on the message do not make a map incomplete;
    /// see unknown().
    [[nodiscard]] bool is_complete() const noexcept {
        return !is_too_large && failure() == nullptr;
    }
    /// The first failure of DNS or of time, which leaves addresses at temperror (2.6.6); null: no
    /// failure.
    [[nodiscard]] const Problem* failure() const noexcept;
    /// The first error in a record that leaves addresses at permerror (2.6.7), or the reason why
    /// there is no record (none, 2.6.1); null: no such error.
    [[nodiscard]] const Problem* mistake() const noexcept;

    /// The decision for an address; null only if the map is_too_large. Binary search.
    [[nodiscard]] const Decision* find(IpAddress address) const noexcept;
    /// All addresses that have this result.
    [[nodiscard]] NetworkSet with(Result result) const;
    /// All addresses whose result depends on a term that is not enumerable.
    [[nodiscard]] NetworkSet unknown() const;
    /// The terms that authorise IPv4 addresses, in descending order of size.
    [[nodiscard]] std::vector<SourceSize> sources() const;
};

/// Maps a domain's policy for the sender `postmaster@domain`. Asks each question once. Evaluates
/// the policy once for each range, and at most as often as `options` allows.
///
/// Throws only std::bad_alloc and what the resolver throws. As thread-safe as the resolver.
[[nodiscard]] SPF_EXPORT NetworkMap map_networks(std::string_view domain, dns::Resolver& resolver,
                                                 const SweepOptions& options = {});

}  // namespace spf::analysis
