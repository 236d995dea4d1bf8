// What a map of networks leaves open, said the same way by all commands that draw conclusions from one.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "spf/analysis/networks.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// The time that begin_check() gives, seen from outside.
class TimeLimit {
public:
    explicit TimeLimit(std::chrono::milliseconds limit) : end_(spf::dns::deadline_after(limit)) {}
    [[nodiscard]] bool is_over() const { return spf::dns::Clock::now() >= end_; }

private:
    spf::dns::Clock::time_point end_;
};

/// Why not all addresses have a result that will last, or why none has one.
struct Missing {
    /// The failure of DNS or of time before all; else what is wrong with the record.
    std::optional<spf::Problem> problem;
    bool is_complete = true;  ///< see NetworkMap
    bool is_too_large = false;
    bool is_everything = false;  ///< no address at all has another result than an error or none
    int exit_status = 0;         ///< as of a check: 4, 5 or 6

    /// One sentence without trailing dot; empty where nothing is missing.
    [[nodiscard]] std::string message() const;
};

/// Reads it off a map that was made within that time.
[[nodiscard]] Missing missing_from(const spf::analysis::NetworkMap& map, const TimeLimit& limit);

/// A failed look-up that got no answer because there was no time left is a matter of time (4.6.4).
void blame_time(std::optional<spf::Problem>& problem, const TimeLimit& limit);

}  // namespace spfcheck
