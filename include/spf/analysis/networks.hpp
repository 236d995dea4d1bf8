/// \file analysis/networks.hpp  What a domain's policy comes to for every address there is.
///
/// For people: which networks may send, and which term lets them. The map is check_host() itself,
/// evaluated once for each range of addresses over which nothing changes, so that membership in a
/// network and the result of a check are the same thing. policy.hpp makes it a table for servers.
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

/// What a range of addresses comes to, and why.
struct Decision {
    Result result = Result::none;
    /// The result hangs on this entry of NetworkMap::not_enumerable; `result` means nothing then.
    std::optional<std::size_t> hangs_on;
    std::optional<Problem::Code> problem;
    std::optional<std::size_t>
        cause;                     ///< the entry of NetworkMap::problems, where `problem` is one
    std::string mechanism;         ///< see Outcome::mechanism
    std::string mechanism_domain;  ///< see Outcome::mechanism_domain
    std::string source;         ///< the innermost directive that matched; as `mechanism` at least
    std::string source_domain;  ///< the domain whose record holds it
    unsigned dns_lookups = 0;
    unsigned void_lookups = 0;

    friend auto operator<=>(const Decision&, const Decision&) = default;
};

/// A range of addresses and the entry of NetworkMap::decisions that holds for it.
struct DecidedRange {
    AddressRange range;
    std::size_t decision = 0;
};

/// How many addresses a term lets send.
struct SourceSize {
    std::string term;
    std::string domain;  ///< whose record holds it
    AddressCount ip4;    ///< IPv4 addresses that pass because of it
};

/// The whole address space, cut into ranges.
struct SPF_EXPORT NetworkMap {
    /// More than this many IPv4 addresses is a policy that hardly keeps anybody out: a third of all
    /// domains does it, most because of what they include ("Lazy Gatekeepers", IMC 2023).
    static constexpr std::uint64_t lax_from = 100'000;
    /// A map of more networks than this, in the sense of NetworkSet::networks() and of all results
    /// together, is_too_large.
    static constexpr std::size_t most_networks = 262'144;

    std::string domain;  ///< in lower case, without trailing dot; as given where it is malformed
    /// Sorted, disjoint, IPv4 first; together all addresses of both families, but where is_too_large. The
    /// mapped addresses within IPv6 (`::ffff:0:0/96`) go with the range before them.
    std::vector<DecidedRange> ranges;
    std::vector<Decision> decisions;            ///< all different
    std::vector<NotEnumerable> not_enumerable;  ///< those that some address reaches
    unsigned dns_lookups = 0;                   ///< the most any address needs
    unsigned void_lookups = 0;                  ///< the most any address needs
    /// For how long this holds: the smallest TTL of all answers, see Outcome::ttl.
    std::chrono::seconds ttl{0};
    /// What keeps addresses from a result (none, permerror and temperror), all different, in the order in
    /// which the addresses meet it.
    std::vector<Problem> problems;
    bool is_too_large = false;  ///< the budget was spent before all addresses were seen

    /// Whether nothing is missing that another try, or a larger budget, might bring: neither is_too_large,
    /// nor did DNS fail for any address. Only then may anything be concluded from what is not in the map.
    /// What hangs on the message is not missing, see unknown().
    [[nodiscard]] bool is_complete() const noexcept {
        return !is_too_large && failure() == nullptr;
    }
    /// The first failure of DNS or of time, which leaves addresses at temperror (2.6.6); null: there is none.
    [[nodiscard]] const Problem* failure() const noexcept;
    /// The first mistake in a record that leaves addresses at permerror (2.6.7), or the reason why there is
    /// no record (none, 2.6.1); null: there is none.
    [[nodiscard]] const Problem* mistake() const noexcept;

    /// The decision for an address; null only where is_too_large. Binary search.
    [[nodiscard]] const Decision* find(IpAddress address) const noexcept;
    /// All addresses with a result.
    [[nodiscard]] NetworkSet with(Result result) const;
    /// All addresses whose result hangs on a term that is not enumerable.
    [[nodiscard]] NetworkSet unknown() const;
    /// The terms that let IPv4 addresses send, the largest first.
    [[nodiscard]] std::vector<SourceSize> sources() const;
};

/// Maps a domain's policy, for the sender `postmaster@domain`. Asks each question once. Costs one
/// evaluation for each range, at the most as many as `options` allows.
/// Never throws but std::bad_alloc and what the resolver throws. As thread-safe as the resolver.
[[nodiscard]] SPF_EXPORT NetworkMap map_networks(std::string_view domain, dns::Resolver& resolver,
                                                 const SweepOptions& options = {});

}  // namespace spf::analysis
