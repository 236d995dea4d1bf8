/// \file analysis/networks.hpp  What a domain's policy comes to for every address there is.
///
/// For people: which networks may send, and which term lets them. The map is check_host() itself,
/// evaluated once for each range of addresses over which nothing changes, so that membership in a
/// network and the result of a check are the same thing. policy.hpp makes it a table for servers.
#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/dns.hpp"
#include "spf/network_set.hpp"
#include "spf/outcome.hpp"
#include "spf/request.hpp"

namespace spf {

/// How far to go. What is beyond is left open, see NetworkMap::is_complete.
struct NetworksOptions {
    Limits limits;  ///< of each check (4.6.4)
    std::size_t max_evaluations = 65'536;
    /// Terms and addresses that are compared, all evaluations together: hostile records are large.
    std::size_t max_work = 20'000'000;
};

/// A term that depends on more than the domain and the network a client is in: `ptr`, and all with
/// macros that tell addresses (i, p) or senders (s, l, h) apart (5.5, 7.2).
struct NotEnumerable {
    std::string term;    ///< as it stands in the record
    std::string domain;  ///< whose record it is

    friend auto operator<=>(const NotEnumerable&, const NotEnumerable&) = default;
};

/// Whether a term, as it stands in a record, depends on no more than the domain and the network a
/// client is in. Not about what stands in the record that it includes.
[[nodiscard]] bool is_enumerable(std::string_view term);

/// What a range of addresses comes to, and why.
struct Decision {
    Result result = Result::none;
    /// The result hangs on this entry of NetworkMap::not_enumerable; `result` means nothing then.
    std::optional<std::size_t> hangs_on;
    std::optional<Problem::Code> problem;
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
struct NetworkMap {
    /// More than this many IPv4 addresses is a policy that hardly keeps anybody out: a third of all
    /// domains does it, most because of what they include ("Lazy Gatekeepers", IMC 2023).
    static constexpr std::uint64_t lax_from = 100'000;

    std::string domain;  ///< in lower case, without trailing dot; as given where it is malformed
    /// Sorted, disjoint, IPv4 first; together all addresses of both families, where is_complete. The
    /// mapped addresses within IPv6 (`::ffff:0:0/96`) go with the range before them.
    std::vector<DecidedRange> ranges;
    std::vector<Decision> decisions;            ///< all different
    std::vector<NotEnumerable> not_enumerable;  ///< those that some address reaches
    unsigned dns_lookups = 0;                   ///< the most any address needs
    unsigned void_lookups = 0;                  ///< the most any address needs
    /// For how long this holds: the smallest TTL of all answers, see Outcome::ttl.
    std::chrono::seconds ttl{0};
    bool is_complete = true;  ///< false: the budget was spent before all addresses were seen

    /// The decision for an address; null only where not is_complete. Binary search.
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
[[nodiscard]] NetworkMap map_networks(std::string_view domain, dns::Resolver& resolver,
                                      const NetworksOptions& options = {});

/// Another resolver's answers, but with this text as the only TXT record of one name: what would be
/// if a domain published it. `upstream` has to outlive it; as thread-safe as that.
class RecordOverlay final : public dns::Resolver {
public:
    /// `name` in any case.
    RecordOverlay(std::string_view name, std::string text, dns::Resolver& upstream);

    dns::AnswerPtr resolve(const dns::Question& question) override;

private:
    std::string name_;
    dns::AnswerPtr record_;
    dns::Resolver& upstream_;
};

}  // namespace spf
