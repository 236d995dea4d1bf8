// Compares the results of a changed record with the wanted results, for every address.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/analysis/authorize.hpp"
#include "spf/record/record.hpp"

namespace spf::analysis {

/// Why it is unknown which results a record has. Then a missing proof does not mean that the record
/// is wrong.
struct Doubts {
    std::optional<Problem> failure;  ///< the first lookup that failed or took too long
    bool too_large = false;          ///< the work exceeded its budget
};

/// A domain before its record is changed, and the addresses that the change has to authorise.
struct Situation {
    std::string_view domain;
    dns::Resolver& resolver;
    const SweepOptions& options;
    /// The results of all addresses before the change. They show which addresses pass already, and
    /// which results must stay the same.
    const NetworkMap& reference;
    const NetworkSet& wanted;  ///< the addresses that must pass after the change
    Doubts& doubts;            ///< receives the reasons why results are unknown
};

/// Returns whether a map is complete: no lookup failed, and the work did not exceed its budget. If
/// the map is not complete, stores the reason in `doubts`.
[[nodiscard]] bool is_known(const NetworkMap& map, Doubts& doubts);

/// Returns whether a problem is that a limit was exceeded (4.6.4).
[[nodiscard]] bool is_limit(Problem::Code code) noexcept;

/// Returns whether the check of some address exceeds a limit of section 4.6.4.
[[nodiscard]] bool breaks_limits(const NetworkMap& map, const Limits& limits);

/// Returns the options with higher limits. With them, map_networks() determines the results that a
/// record would have if it did not exceed the limits of section 4.6.4.
[[nodiscard]] SweepOptions without_limits(SweepOptions options);

/// Returns the part of `set` that certainly passes. If the map does not contain a result, because
/// the result depends on the message, a range of one address is checked with check_host(). Longer
/// ranges without a result are left out.
[[nodiscard]] NetworkSet passing(const NetworkMap& map, const NetworkSet& set,
                                 dns::Resolver& resolver);

/// Returns a proposal to publish `record` at the domain, with samples of its results. Returns
/// nothing if the record would exceed a limit (4.6.4) or not give the wanted results, or if its
/// results are unknown.
[[nodiscard]] std::optional<Proposal> prove(const Situation& situation, Proposal::Kind kind,
                                            std::string record);

/// Returns other changes of the record that stay within the limits (4.6.4), each of them proved.
/// `terms` are the terms that the record lacks. `all_terms` are the terms for a new record at a
/// sub-domain.
[[nodiscard]] std::vector<Proposal> alternatives(const Situation& situation, const Record& record,
                                                 std::span<const std::string> terms,
                                                 std::span<const std::string> all_terms);

}  // namespace spf::analysis
