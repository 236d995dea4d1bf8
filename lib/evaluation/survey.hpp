// What the evaluations of one sweep share (evaluation/sweep.hpp).
//
// They meet the same records and answers for thousands of addresses, so comparisons are not made
// one by one: the first address that comes to a run of terms, or to an answer, has the address
// space cut into the ranges for which those come out alike. From then on one binary search takes
// their place. What is found is what walking through them finds; the range is the widest one, see
// Outcome::scope.
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

/// The address space of one family, cut into ranges that each have a number or none.
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
        AddressRange range;  ///< of that number, as far as it goes on both sides
    };

    RangeTable() = default;
    /// n entries make at most 2n + 1 ranges: O(n log n).
    RangeTable(Family family, std::vector<Entry> entries);

    /// Binary search.
    [[nodiscard]] Found find(IpAddress address) const noexcept;

private:
    Family family_ = Family::ipv4;
    std::vector<IpAddress> begins_;  ///< the first begins where the family does
    std::vector<std::uint32_t> numbers_;
};

/// For one evaluation after another, of requests of one domain. One thread at a time.
class Survey {
public:
    /// Where a run of directives that ask no DNS leads.
    struct Skipped {
        std::size_t at =
            0;  ///< the directive that matches; else the next that asks DNS, or the end
        bool is_match = false;
        AddressRange range;
    };
    /// From the directive `at` on. The record has to outlive this object.
    [[nodiscard]] Skipped skip_unmatched(const Record& record, std::size_t at, IpAddress ip);

    /// Whether a network around one of an answer's addresses contains a client's.
    struct Contained {
        bool is_contained = false;
        AddressRange range;
    };
    /// The answer has to outlive this object.
    [[nodiscard]] Contained contains(const dns::Answer& answer, unsigned prefix_length,
                                     IpAddress ip);

    /// The state of a check right before its first term that tells addresses or senders apart.
    struct Dependence {
        std::string term;
        std::string domain;
        std::optional<AddressRange> scope;
        std::chrono::seconds ttl{0};
        unsigned dns_lookups = 0;  ///< that term included
        unsigned void_lookups = 0;
    };

    // Of the evaluation at hand:
    void begin() noexcept {
        source_ = {};
        source_domain_.clear();
        dependence_.reset();
    }
    /// A directive other than an include matched: the last one is the innermost of those that
    /// decide.
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

    /// Records that octets of macros were read.
    void count_macro(std::size_t octets) noexcept { work_ += 1 + octets / octets_a_step; }
    /// Steps taken since it was asked last: runs and answers looked up, terms and addresses put
    /// into tables, and macros.
    [[nodiscard]] std::size_t take_work() noexcept { return std::exchange(work_, 0); }

private:
    static constexpr std::size_t octets_a_step = 16;
    /// A record and a place in it, or an answer and a prefix length.
    using Key = std::tuple<const void*, std::size_t, Family>;
    struct Run {
        RangeTable table;
        std::size_t end = 0;  ///< the first directive after it
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
