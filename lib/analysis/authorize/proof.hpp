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

/// Why a record could not be tried. With such a reason, a missing proof does not mean that the
/// record is wrong.
struct Doubts {
    std::optional<Problem> failure;  ///< the first lookup that failed or took too long
    bool too_large = false;          ///< the work exceeded its budget
};

/// The domain before the change, and the addresses to be authorised.
struct Situation {
    std::string_view domain;
    dns::Resolver& resolver;
    const SweepOptions& options;
    /// The map before the change. It shows which addresses pass already, and which results other
    /// addresses must keep.
    const NetworkMap& reference;
    const NetworkSet& wanted;  ///< the addresses that must pass after the change
    Doubts& doubts;            ///< receives the reasons why a record could not be tried
};

/// Returns whether a map contains the result of each address. If it does not, the reason is noted
/// in `doubts`.
[[nodiscard]] bool is_known(const NetworkMap& map, Doubts& doubts);

/// Returns whether a problem is that a limit was exceeded (4.6.4).
[[nodiscard]] bool is_limit(Problem::Code code) noexcept;

/// Returns whether some address needs more than a limit of section 4.6.4 allows.
[[nodiscard]] bool breaks_limits(const NetworkMap& map, const Limits& limits);

/// Returns options with higher limits. With them, a map shows what a record means even if the
/// record exceeds the limits of section 4.6.4.
[[nodiscard]] SweepOptions without_limits(SweepOptions options);

/// Returns the part of `set` that certainly passes. A range of one address is checked with
/// check_host() if the map does not contain its result, because the result depends on the message.
[[nodiscard]] NetworkSet passing(const NetworkMap& map, const NetworkSet& set,
                                 dns::Resolver& resolver);

/// Returns the proposal with its proof. Returns nothing if `record`, published at the domain, would
/// not have the wanted results, or if this is unknown.
[[nodiscard]] std::optional<Proposal> prove(const Situation& situation, Proposal::Kind kind,
                                            std::string record);

/// Returns other changes that stay within the limits, each of them proved. `terms` are the terms
/// that the record lacks. `all_terms` are the terms that a separate record would need.
[[nodiscard]] std::vector<Proposal> alternatives(const Situation& situation, const Record& record,
                                                 std::span<const std::string> terms,
                                                 std::span<const std::string> all_terms);

}  // namespace spf::analysis
