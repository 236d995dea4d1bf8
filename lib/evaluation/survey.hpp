// The class Survey: tables that all evaluations of one sweep use. A sweep evaluates a domain for
// all addresses (evaluation/sweep.hpp).
//
// The evaluations of a sweep process the same records and answers for thousands of addresses.
// Comparing each address with each network would be slow. Therefore the address space is divided
// into ranges when an answer, or a sequence of directives that need no DNS, is processed for the
// first time. For all addresses in such a range, the comparisons have the same results. From then
// on, a binary search finds the range of an address, and with it the directive that matches. The
// range is the widest one with this property (see Outcome::scope).
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

/// All addresses of one family, divided into ranges. Each range has a number, whose meaning the
/// owner of the table chooses. A range without a number has `none`.
class RangeTable {
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    /// A range and its number. If ranges overlap, an address in several of them has the smallest of
    /// their numbers.
    struct Entry {
        AddressRange range;
        std::uint32_t number = none;
    };
    struct Found {
        std::uint32_t number = none;
        AddressRange range;  ///< the address and all adjacent addresses with the same number
    };

    RangeTable() = default;
    /// Divides the addresses of the family into ranges. `n` entries result in at most 2n + 1
    /// ranges. The time is O(n log n).
    RangeTable(Family family, std::vector<Entry> entries);

    /// Returns the range that contains an address, and the number of the range. Uses binary search.
    [[nodiscard]] Found find(IpAddress address) const noexcept;

private:
    Family family_ = Family::ipv4;
    std::vector<IpAddress> begins_;  ///< the first element is the first address of the family
    std::vector<std::uint32_t> numbers_;
};

/// Tables that the evaluations of a sweep share. A sweep evaluates one domain for many client
/// addresses. An object may be used by one thread at a time.
class Survey {
public:
    /// The result of skip_unmatched().
    struct Skipped {
        /// The index of the directive that matches. If no directive matches, this is the index of
        /// the next directive that needs DNS, or the number of directives if there is no such
        /// directive.
        std::size_t at = 0;
        /// Whether the directive with the index `at` matches.
        bool is_match = false;
        AddressRange range;  ///< the address and all adjacent addresses with the same result
    };
    /// Skips the directives that need no DNS and do not match, beginning with the directive `at`.
    /// The record must outlive this object.
    [[nodiscard]] Skipped skip_unmatched(const Record& record, std::size_t at, IpAddress ip);

    /// The result of contains().
    struct Contained {
        bool is_contained = false;
        AddressRange range;  ///< the address and all adjacent addresses with the same result
    };
    /// Returns whether `ip` is in one of the networks that are made of the addresses in the answer
    /// and the prefix length. The answer must outlive this object.
    [[nodiscard]] Contained contains(const dns::Answer& answer, unsigned prefix_length,
                                     IpAddress ip);

    /// The state of a check before its first term whose lookups depend on the client's address or
    /// the sender.
    struct Dependence {
        std::string term;
        std::string domain;
        std::optional<AddressRange> scope;
        std::chrono::seconds ttl{0};
        unsigned dns_lookups = 0;  ///< the number of terms counted so far (4.6.4), including `term`
        unsigned void_lookups = 0;
    };

    // The following functions are about the current evaluation.
    void begin() noexcept {
        source_ = {};
        source_domain_.clear();
        dependence_.reset();
    }
    /// Stores a directive that matched and is not an include. When the check has ended, the
    /// directive that was stored last is the innermost one of those that decided the result.
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

    /// Counts the steps of work that reading a macro string of `octets` octets takes.
    void count_macro(std::size_t octets) noexcept { work_ += 1 + octets / octets_a_step; }
    /// Returns the number of steps of work since the previous call (steps: see
    /// SweepOptions::max_work). Each use of a table is one step, and so is each term or address
    /// that is put into a table. The steps of count_macro() are included.
    [[nodiscard]] std::size_t take_work() noexcept { return std::exchange(work_, 0); }

private:
    static constexpr std::size_t octets_a_step = 16;
    /// Identifies a table: a record and the index of a directive in the record, or an answer and a
    /// prefix length. The address family is that of the table.
    using Key = std::tuple<const void*, std::size_t, Family>;
    struct Run {
        RangeTable table;
        std::size_t end = 0;  ///< the index of the first directive after the sequence
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
