// Describes which results of an spf::analysis::NetworkMap are not known, and why. All sub-commands
// that use such maps report this in the same way.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "io/language.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// The time limit that Dns::begin_check() starts. With a TimeLimit made at the same time, a
/// sub-command can find out whether this limit has passed.
class TimeLimit {
public:
    explicit TimeLimit(std::chrono::milliseconds limit) : end_(spf::dns::deadline_after(limit)) {}
    [[nodiscard]] bool is_over() const { return spf::dns::Clock::now() >= end_; }

private:
    spf::dns::Clock::time_point end_;
};

/// The reason why some or all addresses in a map have no known result, or have an error or `none`
/// as their result.
struct Missing {
    /// The DNS failure or the exceeded deadline, if there was one; otherwise the error in the
    /// record. Absent if there is no problem.
    std::optional<spf::Problem> problem;
    bool is_complete = true;  ///< see NetworkMap::is_complete()
    bool is_too_large = false;
    bool is_everything = false;  ///< the result of every address is an error or none
    int exit_status = 0;         ///< 4, 5 or 6, as for a check; 0 if nothing is missing

    /// Returns one sentence without trailing dot; empty if nothing is missing.
    [[nodiscard]] Spoken message() const;
};

/// Returns what is missing from a map, and why. `limit` is the time limit within which the map was
/// made. If this limit has passed, a lookup that timed out is reported as an exceeded deadline.
[[nodiscard]] Missing missing_from(const spf::analysis::NetworkMap& map, const TimeLimit& limit);

/// Changes the code of the problem to `deadline` (4.6.4) if the problem is a lookup that timed out
/// and the time limit of the check has passed.
void blame_time(std::optional<spf::Problem>& problem, const TimeLimit& limit);

}  // namespace spfcheck
