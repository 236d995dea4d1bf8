// Brings a record within the limits of section 4.6.4 without changing a result.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/authorize/proof.hpp"
#include "analysis/fix/plan.hpp"
#include "spf/analysis/fix.hpp"
#include "spf/analysis/networks.hpp"

namespace spf::analysis {

/// What the reduction of a record refers to.
struct Ground {
    std::string domain;
    dns::Resolver& resolver;
    const FixOptions& options;
    std::size_t max_length;
    Doubts& doubts;
};

/// The results that a record must keep: those of the record itself, those without its first term
/// that depends on the message, those without the first two of them, and so on. If two records
/// agree in all of them, they have the same results, whichever of those terms match.
using Results = std::vector<NetworkMap>;

/// Probes the terms of a plan that need lookups. Returns false if this is not possible, with the
/// reason in Ground::doubts.
[[nodiscard]] bool probe_slots(Plan& plan, const Ground& ground);

/// Returns the results of a plan; nothing if they are not known.
[[nodiscard]] std::optional<Results> results_of(const Plan& plan, const Ground& ground);

/// Makes the steps of a plan.
class Reducer {
public:
    Reducer(const Ground& ground, Plan& plan, const Results& meant)
        : ground_(ground), plan_(plan), meant_(meant) {
        last_.dns_lookups = meant.front().dns_lookups;
        last_.void_lookups = meant.front().void_lookups;
    }

    /// Replaces what FixOptions::flatten names, and then as many terms as necessary. Returns
    /// whether the record is within the limits.
    [[nodiscard]] bool reduce();
    /// Returns the steps that were made, with what each of them saves.
    [[nodiscard]] std::vector<FixStep> steps();
    /// The number of lookups that the last plan needs.
    [[nodiscard]] unsigned dns_lookups() const noexcept { return last_.dns_lookups; }
    /// The number of octets of the shortest record within the limits, if it was too long.
    [[nodiscard]] std::size_t too_long() const noexcept { return too_long_; }

private:
    struct Need {
        unsigned dns_lookups = 0;
        unsigned void_lookups = 0;
        std::size_t octets = 0;
    };
    enum class Order : std::uint8_t { most_saved, shortest };
    /// A term that may be replaced, and what this would save when it was examined.
    struct Candidate {
        std::size_t slot = 0;
        unsigned round = 0;      ///< how many terms had been replaced when it was examined
        unsigned saved = 0;      ///< the number of lookups
        std::size_t octets = 0;  ///< by how much the record would grow
        Need need;
    };

    [[nodiscard]] std::optional<Need> need();
    [[nodiscard]] unsigned excess(const Need& need) const noexcept;
    [[nodiscard]] bool is_within(const Need& need) const noexcept;
    [[nodiscard]] bool try_fate(std::size_t slot, Fate fate);
    [[nodiscard]] std::optional<Need> need_with(std::size_t slot, Order order);
    [[nodiscard]] bool is_kept(const Slot& slot) const;
    void force();
    void drop_redundant();
    void replace(bool (*is_candidate)(const Slot&), Order order);
    void undo_needless();
    [[nodiscard]] bool replace_includes(Order order);

    const Ground& ground_;
    Plan& plan_;
    const Results& meant_;
    Need last_;
    std::vector<std::size_t> order_;   ///< the slots that were changed, in order
    std::vector<std::size_t> forced_;  ///< the slots that must not be changed back
    std::size_t too_long_ = 0;
};

}  // namespace spf::analysis
