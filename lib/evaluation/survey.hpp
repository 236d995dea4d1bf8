// The tables that all evaluations of one sweep use (evaluation/sweep.hpp).
//
// These evaluations process the same records and answers for thousands of addresses, so the
// networks are not compared one by one each time. When a run of terms, or an answer, is processed
// for the first time, the address space is divided into ranges within which all comparisons have
// the same results. From then on, a binary search replaces the comparisons and finds the same term.
// The range that it finds is the widest possible (see Outcome::scope).
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

/// The address space of one family, divided into ranges. Each range has a number or `none`.
class RangeTable {
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    /// A range and its number. Where ranges overlap, the smallest number applies.
    struct Entry {
        AddressRange range;
        std::uint32_t number = none;
    };
    struct Found {
        std::uint32_t number = none;
        AddressRange range;  ///< the address and all adjacent ones with that number
    };

    RangeTable() = default;
    /// Divides the address space. `n` entries result in at most 2n + 1 ranges, in O(n log n) steps.
    RangeTable(Family family, std::vector<Entry> entries);

    /// Returns the range that contains an address, and its number. Uses binary search.
    [[nodiscard]] Found find(IpAddress address) const noexcept;

private:
    Family family_ = Family::ipv4;
    std::vector<IpAddress> begins_;  ///< the first element is the first address of the family
    std::vector<std::uint32_t> numbers_;
};

/// Tables for successive evaluations of one domain. They may be used by one thread at a time.
class Survey {
public:
    /// The end of a run of directives that need no DNS.
    struct Skipped {
        /// The index of the directive that matches. If none matches: the index of the next
        /// directive that needs DNS, or the number of directives.
        std::size_t at = 0;
        /// Whether the directive `at` matches.
        bool is_match = false;
        AddressRange range;  ///< all adjacent addresses with the same result
    };
    /// Skips directives from index `at` on that need no DNS, until one matches. The record must
    /// outlive this object.
    [[nodiscard]] Skipped skip_unmatched(const Record& record, std::size_t at, IpAddress ip);

    /// Whether a client's address is in the network of an address in an answer.
    struct Contained {
        bool is_contained = false;
        AddressRange range;  ///< all adjacent addresses with the same result
    };
    /// Returns whether `ip` is in a network that is made of an address in the answer and the prefix
    /// length. The answer must outlive this object.
    [[nodiscard]] Contained contains(const dns::Answer& answer, unsigned prefix_length,
                                     IpAddress ip);

    /// The state of a check immediately before its first term whose lookups depend on the address
    /// or the sender.
    struct Dependence {
        std::string term;
        std::string domain;
        std::optional<AddressRange> scope;
        std::chrono::seconds ttl{0};
        unsigned dns_lookups = 0;  ///< the terms counted so far, that term included
        unsigned void_lookups = 0;
    };

    // About the current evaluation:
    void begin() noexcept {
        source_ = {};
        source_domain_.clear();
        dependence_.reset();
    }
    /// Stores a directive that matched and is not an include. The last one stored is the innermost
    /// of the directives that decide the result.
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

    /// Counts the work of reading a macro string that has `octets` octets.
    void count_macro(std::size_t octets) noexcept { work_ += 1 + octets / octets_a_step; }
    /// Returns the number of steps since the previous call. Each use of a table is a step, and so
    /// is each term or address that was put into a table. Macro strings that were read are counted
    /// by count_macro().
    [[nodiscard]] std::size_t take_work() noexcept { return std::exchange(work_, 0); }

private:
    static constexpr std::size_t octets_a_step = 16;
    /// A record and the index of a directive in it, or an answer and a prefix length.
    using Key = std::tuple<const void*, std::size_t, Family>;
    struct Run {
        RangeTable table;
        std::size_t end = 0;  ///< the index of the first directive after the run
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
