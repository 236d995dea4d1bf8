// Each of the two maps that are compared divides the address space into ranges with one result. The
// maps are read side by side. This divides the address space into smaller ranges, each with one
// result in the first map and one in the second.

#include "spf/analysis/diff.hpp"

#include <algorithm>
#include <span>

namespace spf::analysis {
namespace {

/// Reads a map in the order of addresses, including the addresses for which it has no result.
class Reader {
public:
    Reader(const NetworkMap& map, Family family) : map_(map), family_(family) {
        while (at_ < map.ranges.size() && map.ranges[at_].range.family != family) ++at_;
    }
    /// Skips the ranges that end before `address`, which must not be less than in the previous call
    /// of this function.
    void move_to(IpAddress address) noexcept {
        while (is_within() && map_.ranges[at_].range.last < address) ++at_;
    }
    /// Returns the result for an address; nothing if it is unknown.
    [[nodiscard]] std::optional<Result> result(IpAddress address) const noexcept {
        if (!is_within() || address < map_.ranges[at_].range.first) return std::nullopt;
        const Decision& decision = map_.decisions[map_.ranges[at_].decision];
        // After a DNS failure the result is not known yet (2.6.6).
        const bool is_known = !decision.depends_on && decision.result != Result::temperror;
        return is_known ? std::optional(decision.result) : std::nullopt;
    }
    /// Returns the end of a range that begins at `address` and whose addresses all have the same
    /// result().
    [[nodiscard]] IpAddress last(IpAddress address) const noexcept {
        if (!is_within()) return AddressRange::all(family_).last;
        const AddressRange& range = map_.ranges[at_].range;
        return address < range.first ? range.first.previous() : range.last;
    }

private:
    [[nodiscard]] bool is_within() const noexcept {
        return at_ < map_.ranges.size() && map_.ranges[at_].range.family == family_;
    }
    const NetworkMap& map_;
    Family family_;
    std::size_t at_ = 0;
};

/// Consecutive addresses whose results change in the same way.
struct Run {
    AddressRange range;
    std::optional<Result> from;
    std::optional<Result> to;
};

void append(std::vector<Run>& runs, const Run& run) {
    if (!runs.empty() && runs.back().from == run.from && runs.back().to == run.to &&
        runs.back().range.last.next() == run.range.first) {
        runs.back().range.last = run.range.last;
    } else {
        runs.push_back(run);
    }
}

}  // namespace

std::vector<Change> diff(const NetworkMap& from, const NetworkMap& to) {
    std::vector<Change> out;
    for (const Family family : {Family::ipv4, Family::ipv6}) {
        std::vector<Run> runs;
        Reader old_map(from, family);
        Reader new_map(to, family);
        const AddressRange all = AddressRange::all(family);
        for (IpAddress at = all.first;;) {
            old_map.move_to(at);
            new_map.move_to(at);
            const IpAddress last = std::min(old_map.last(at), new_map.last(at));
            const std::optional<Result> before = old_map.result(at);
            const std::optional<Result> after = new_map.result(at);
            if (before != after) append(runs, {{family, at, last}, before, after});
            if (last == all.last) break;
            at = last.next();
        }
        for (const Run& run : runs) {
            for (const Network& network : networks_of(run.range)) {
                out.push_back({network, run.from, run.to});
            }
        }
    }
    return out;
}

}  // namespace spf::analysis
