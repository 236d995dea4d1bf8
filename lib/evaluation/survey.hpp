// What the evaluations of one sweep share (evaluation/sweep.hpp).
//
// These evaluations meet the same records and answers for thousands of addresses, so comparisons
// are not made one by one. The first address that reaches a run of terms, or an answer, cuts the
// address space into ranges within which all comparisons give the same results. From then on a
// binary search replaces the comparisons. It finds what walking through the terms finds; the range
// is the widest possible, see Outcome::scope.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "spf/dns/resolver.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/record.hpp"

namespace spf {

/// The address space of one family, cut into ranges; each has a number or none.
class RangeTable {
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    /// A range and its number. Where ranges overlap, the smallest number counts.
    struct Entry {
        AddressRange range;
        std::uint32_t number = none;
    };
    struct Found {
        std::uint32_t number = none;
        AddressRange range;  ///< all adjacent addresses that have that number
    };

    RangeTable() = default;
    /// n entries result in at most 2n + 1 ranges: O(n log n).
    RangeTable(Family family, std::vector<Entry> entries);

    /// Binary search.
    [[nodiscard]] Found find(IpAddress address) const noexcept;

private:
    Family family_ = Family::ipv4;
    std::vector<IpAddress> begins_;  ///< the first element is the first address of the family
    std::vector<std::uint32_t> numbers_;
};

/// Tables for successive evaluations of requests of one domain. One thread at a time may use them.
class Survey {
public:
    /// Where a run of directives that ask no DNS ends.
    struct Skipped {
        /// The directive that matches; otherwise the next directive that asks DNS, or the end.
        std::size_t at = 0;
        bool is_match = false;
        AddressRange range;
    };
    /// Skips from the directive `at` on. The record has to outlive this object.
    [[nodiscard]] Skipped skip_unmatched(const Record& record, std::size_t at, IpAddress ip);

    /// Whether a network around one of an answer's addresses contains a client's.
    struct Contained {
        bool is_contained = false;
        AddressRange range;
    };
    /// The answer has to outlive this object.
    [[nodiscard]] Contained contains(const dns::Answer& answer, unsigned prefix_length,
                                     IpAddress ip);

    /// The state of a check right before its first term whose lookups depend on the address or
    /// sender.
    struct Dependence {
        std::string term;
        std::string domain;
        std::optional<AddressRange> scope;
        std::chrono::seconds ttl{0};
        unsigned dns_lookups = 0;  ///< includes that term
        unsigned void_lookups = 0;
    };

    // About the current evaluation:
    void begin() noexcept {
        source_ = {};
        source_domain_.clear();
        dependence_.reset();
    }
    /// Notes that a directive other than an include matched. The last one noted is the innermost of
    /// the directives that decide.
    void note_match(std::string_view directive, std::string_view domain) {
        source_ = directive;
        source_domain_.assign(domain);
    }
    [[nodiscard]] std::string_view source() const noexcept { return source_; }
    [[nodiscard]] const std::string& source_domain() const noexcept { return source_domain_; }
    void note_dependence(Dependence dependence) {
        if (!dependence_) dependence_ = std::move(dependence);
    }
    [[nodiscard]] const std::optional<Dependence>& dependence() const noexcept {
        return dependence_;
    }

    /// Counts the work of reading a macro string of that many octets.
    void count_macro(std::size_t octets) noexcept { work_ += 1 + octets / octets_a_step; }
    /// Returns the steps since the previous call: runs and answers looked up, terms and addresses
    /// put into tables, and macros read.
    [[nodiscard]] std::size_t take_work() noexcept { return std::exchange(work_, 0); }

private:
    static constexpr std::size_t octets_a_step = 16;
    /// A record and a place in it, or an answer and a prefix length.
    using Key = std::tuple<const void*, std::size_t, Family>;
    struct Run {
        RangeTable table;
        std::size_t end = 0;  ///< the first directive after the run
    };
    [[nodiscard]] Run run_of(const Record& record, std::size_t at, Family family);

    std::map<Key, Run> runs_;
    std::map<Key, RangeTable> answers_;
    std::string_view source_;
    std::string source_domain_;
    std::optional<Dependence> dependence_;
    std::size_t work_ = 0;
};

}  // namespace spf
