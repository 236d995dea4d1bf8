// check_host() for all addresses: one evaluation for each range over which nothing changes.
//
// An Evaluation tells for which other addresses every step would have been the same (Outcome::scope).
// So the whole address space is covered by evaluating its first address, going on behind the range
// for which that holds, and so on: what comes out is check_host() by construction.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "spf/analysis/networks.hpp"
#include "spf/check.hpp"

namespace spf {

/// Asks each question once, and counts what the answers give an evaluation to do.
class Memo final : public dns::Resolver {
public:
    explicit Memo(dns::Resolver& upstream) noexcept : upstream_(upstream) {}

    dns::AnswerPtr resolve(const dns::Question& question) override;
    /// Directives and addresses that were brought so far.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    using Key = std::pair<std::string, dns::RecordType>;
    struct Less {
        using is_transparent = void;  // NOLINT(readability-identifier-naming): of the standard
        template <class A, class B>
        bool operator()(const A& a, const B& b) const noexcept {
            const int order = std::string_view(a.first).compare(std::string_view(b.first));
            return order != 0 ? order < 0 : a.second < b.second;
        }
    };
    dns::Resolver& upstream_;
    std::map<Key, dns::AnswerPtr, Less> answers_;
    std::size_t size_ = 0;
};

/// A piece of the address space that is all the same.
struct SweptRange {
    AddressRange range;
    const Outcome& outcome;  ///< of one of its addresses; valid until the next step
    /// The term on whose look-ups by address or sender the outcome hangs.
    std::optional<NotEnumerable> hangs_on;
    /// What the whole check of that address needed, beyond that term too.
    unsigned dns_lookups = 0;
    unsigned void_lookups = 0;
};

/// Goes through the addresses of both families, one after the other.
class Sweep {
public:
    Sweep(std::string_view domain, dns::Resolver& resolver, const NetworksOptions& options,
          bool trace);

    /// Goes to the first address of a family.
    void start(Family family) noexcept;
    /// Whether all of the family has been seen.
    [[nodiscard]] bool at_end() const noexcept { return !next_; }
    /// Whether the budget is spent.
    [[nodiscard]] bool is_exhausted() const noexcept;
    /// Evaluates for the next address. Only where not at_end().
    [[nodiscard]] SweptRange step();

    /// Whether the record of a domain that has been evaluated has an `exp=` (6.2).
    [[nodiscard]] bool is_explained(std::string_view domain);

private:
    const Outcome& evaluate(IpAddress ip, unsigned dns_lookups);
    [[nodiscard]] SweptRange upto(IpAddress last);
    [[nodiscard]] std::optional<NotEnumerable> first_dependent(IpAddress ip, unsigned lookups);

    std::string domain_;
    std::string sender_;
    Memo memo_;
    NetworksOptions options_;
    bool trace_;
    Evaluation evaluation_;
    const Outcome* outcome_ = nullptr;
    Family family_ = Family::ipv4;
    std::optional<IpAddress> next_;
    std::size_t evaluations_ = 0;
    WorkBudget own_budget_;
    WorkBudget& budget_;
};

}  // namespace spf
