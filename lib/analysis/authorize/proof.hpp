// What a changed record comes to for every address, compared with what it has to.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/analysis/authorize.hpp"
#include "spf/record/record.hpp"

namespace spf::analysis {

/// What kept a record from being tried, so that nothing follows from its not being proved.
struct Doubts {
    std::optional<Problem> failure;  ///< the first look-up that failed, or took too long
    bool too_large = false;          ///< the work was cut off
};

/// The domain as it is, and who shall be added.
struct Situation {
    std::string_view domain;
    dns::Resolver& resolver;
    const SweepOptions& options;
    const NetworkMap& reference;  ///< what strangers get, and who passes already
    const NetworkSet& wanted;     ///< what has to pass besides
    Doubts& doubts;               ///< noted here
};

/// Whether a map tells the result of each address; what keeps it from that is noted.
[[nodiscard]] bool is_known(const NetworkMap& map, Doubts& doubts);

/// Whether this is a limit that was exceeded (4.6.4).
[[nodiscard]] bool is_limit(Problem::Code code) noexcept;

/// Whether some address needs more than a limit of section 4.6.4 allows.
[[nodiscard]] bool breaks_limits(const NetworkMap& map, const Limits& limits);

/// Limits so wide that what a record means shows, whether or not it keeps to those of 4.6.4.
[[nodiscard]] SweepOptions without_limits(SweepOptions options);

/// What of `set` passes for sure. Single addresses that hang on the message are checked themselves.
[[nodiscard]] NetworkSet passing(const NetworkMap& map, const NetworkSet& set,
                                 dns::Resolver& resolver);

/// The proposal with its proof, or nothing where `record` at the domain does not do what it has to, or
/// where that is not known.
[[nodiscard]] std::optional<Proposal> prove(const Situation& situation, Proposal::Kind kind,
                                            std::string record);

/// Ways to stay within the limits, all proved. `terms` are those that the record lacks, `all_terms` those
/// that a record of its own would need.
[[nodiscard]] std::vector<Proposal> alternatives(const Situation& situation, const Record& record,
                                                 std::span<const std::string> terms,
                                                 std::span<const std::string> all_terms);

}  // namespace spf::analysis
