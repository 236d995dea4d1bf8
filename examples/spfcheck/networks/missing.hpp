// What a map of networks does not contain, reported in the same way by all commands that use maps.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "spf/analysis/networks.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// The deadline that begin_check() starts, measured by the caller.
class TimeLimit {
public:
    explicit TimeLimit(std::chrono::milliseconds limit) : end_(spf::dns::deadline_after(limit)) {}
    [[nodiscard]] bool is_over() const { return spf::dns::Clock::now() >= end_; }

private:
    spf::dns::Clock::time_point end_;
};

/// Why some addresses have no lasting result, or why no address has one.
struct Missing {
    /// A failure of DNS or an expired deadline, before anything else; otherwise an error in the
    /// record.
    std::optional<spf::Problem> problem;
    bool is_complete = true;  ///< see NetworkMap
    bool is_too_large = false;
    bool is_everything = false;  ///< every address results in an error or none
    int exit_status = 0;         ///< that of a check: 4, 5 or 6

    /// One sentence without trailing dot; empty if nothing is missing.
    [[nodiscard]] std::string message() const;
};

/// Derives this from a map that was made within `limit`.
[[nodiscard]] Missing missing_from(const spf::analysis::NetworkMap& map, const TimeLimit& limit);

/// If a lookup failed because no time was left, replaces the problem by that of the deadline
/// (4.6.4).
void blame_time(std::optional<spf::Problem>& problem, const TimeLimit& limit);

}  // namespace spfcheck
