// Finds out which addresses a single term of a record matches.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analysis/authorize/proof.hpp"
#include "spf/net/network_set.hpp"

namespace spf::analysis {

/// What a term does, evaluated as the only term of a record of its domain, with higher limits than
/// those of section 4.6.4.
struct Probe {
    NetworkSet pass;            ///< the addresses that the term matches
    NetworkSet broken;          ///< the addresses for which the term results in an error
    bool is_enumerable = true;  ///< whether the result is known for all addresses
    /// The problem of the first address in `broken`; absent if `broken` is empty.
    std::optional<Problem> problem;
    unsigned dns_lookups = 0;  ///< the maximum number of lookups that an address needs

    /// Returns whether the term either matches or does not match each address, and it is known
    /// which.
    [[nodiscard]] bool is_exact() const noexcept { return is_enumerable && broken.empty(); }
};

/// Probes a term of a record of `domain`. A qualifier of the term is ignored. Returns nothing if a
/// lookup failed, or if the work exceeded its budget; the reason is stored in `doubts`.
[[nodiscard]] std::optional<Probe> probe_of(std::string_view domain, std::string_view term,
                                            dns::Resolver& resolver, const SweepOptions& options,
                                            Doubts& doubts);

}  // namespace spf::analysis
