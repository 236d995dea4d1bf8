// The results of a changed record for every address, compared with the wanted ones.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/analysis/authorize.hpp"
#include "spf/record/record.hpp"

namespace spf::analysis {

/// What prevented a record from being tried, so that a missing proof does not mean that it is
/// wrong.
struct Doubts {
    std::optional<Problem> failure;  ///< the first lookup that failed or took too long
    bool too_large = false;          ///< the work exceeded its budget
};

/// The domain as it is, and the addresses to be added.
struct Situation {
    std::string_view domain;
    dns::Resolver& resolver;
    const SweepOptions& options;
    /// The results of other addresses, and which addresses pass already.
    const NetworkMap& reference;
    const NetworkSet& wanted;  ///< addresses that have to pass, too
    Doubts& doubts;            ///< receives the doubts
};

/// Whether a map has the result of each address. If not, the reason is noted in `doubts`.
[[nodiscard]] bool is_known(const NetworkMap& map, Doubts& doubts);

/// Whether a problem is that a limit was exceeded (4.6.4).
[[nodiscard]] bool is_limit(Problem::Code code) noexcept;

/// Whether an address needs more than a limit of section 4.6.4 allows.
[[nodiscard]] bool breaks_limits(const NetworkMap& map, const Limits& limits);

/// Returns options with limits so wide that the meaning of a record is visible even if it exceeds
/// those of 4.6.4.
[[nodiscard]] SweepOptions without_limits(SweepOptions options);

/// Returns the part of `set` that certainly passes. Single addresses whose result depends on the
/// message are checked individually.
[[nodiscard]] NetworkSet passing(const NetworkMap& map, const NetworkSet& set,
                                 dns::Resolver& resolver);

/// Returns the proposal with its proof; nothing if `record`, published at the domain, does not do
/// what it has to, or if that is unknown.
[[nodiscard]] std::optional<Proposal> prove(const Situation& situation, Proposal::Kind kind,
                                            std::string record);

/// Returns ways to stay within the limits, all of them proved. `terms` are those that the record
/// lacks, `all_terms` those that a separate record would need.
[[nodiscard]] std::vector<Proposal> alternatives(const Situation& situation, const Record& record,
                                                 std::span<const std::string> terms,
                                                 std::span<const std::string> all_terms);

}  // namespace spf::analysis
