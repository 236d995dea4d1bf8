// check_host() for all addresses: one evaluation for each range over which nothing changes.
//
// An Evaluation reports for which other addresses every step would have been the same
// (Outcome::scope). So the sweep evaluates the first address of the address space, then the first
// address after that scope, and so on to the end: its ranges agree with check_host() by
// construction.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/name_hash.hpp"
#include "base/seed.hpp"
#include "evaluation/survey.hpp"
#include "spf/base/export.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/evaluation/work.hpp"

namespace spf {

/// Asks each question only once, and counts the work.
class SPF_EXPORT Memo final : public dns::Resolver {
public:
    explicit Memo(dns::Resolver& upstream)
        : upstream_(upstream), answers_(0, Hash{random_seed()}) {}

    dns::AnswerPtr resolve(const dns::Question& question) override;
    /// Returns the steps since the previous call: one for each question, plus, for each new
    /// question, steps by the size of its answer.
    [[nodiscard]] std::size_t take_work() noexcept { return std::exchange(work_, 0); }
    /// Terms, addresses and names that all answers hold together, a measure of their memory.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    struct Key {
        std::string name;
        dns::RecordType type;
    };
    // Questions are looked up without being copied.
    struct Hash {
        using is_transparent = void;  // NOLINT(readability-identifier-naming): of the standard
        std::uint64_t seed = 0;
        template <class T>
        std::size_t operator()(const T& key) const noexcept {
            return hash_name(key.name, seed) + static_cast<std::size_t>(key.type);
        }
    };
    struct Equal {
        using is_transparent = void;  // NOLINT(readability-identifier-naming): of the standard
        template <class A, class B>
        bool operator()(const A& a, const B& b) const noexcept {
            return a.type == b.type && a.name == b.name;
        }
    };
    dns::Resolver& upstream_;
    std::unordered_map<Key, dns::AnswerPtr, Hash, Equal> answers_;
    std::size_t work_ = 0;
    std::size_t size_ = 0;
};

/// A range of addresses for which the outcome is the same.
struct SweptRange {
    AddressRange range;
    const Outcome& outcome;   ///< the outcome for one of the addresses; valid until the next step
    std::string_view source;  ///< the innermost directive that matched; valid while the outcome is
    std::string_view source_domain;
    /// The state before the first term whose lookups depend on the address or sender; null if there
    /// is no such term.
    const Survey::Dependence* depends_on = nullptr;
};

/// Goes through the addresses of both families, one family after the other.
class SPF_EXPORT Sweep {
public:
    Sweep(std::string_view domain, dns::Resolver& resolver, const SweepOptions& options);
    Sweep(const Sweep&) = delete;  // the evaluation refers to the survey
    Sweep& operator=(const Sweep&) = delete;

    /// Goes to the first address of a family.
    void start(Family family) noexcept;
    /// Whether the whole family has been covered.
    [[nodiscard]] bool at_end() const noexcept { return !next_; }
    /// Charges the budget with work done with the outcome of a step.
    void spend(std::size_t work) noexcept { budget_.spend(work); }
    /// Whether the budget is spent.
    [[nodiscard]] bool is_exhausted() const noexcept;
    /// Evaluates for the next address. It may be called only if not at_end().
    [[nodiscard]] SweptRange step();

    /// Whether the record of a domain that has been evaluated has an `exp=` (6.2).
    [[nodiscard]] bool is_explained(std::string_view domain);

private:
    const Outcome& evaluate(IpAddress ip);
    /// Moves on to the address after `last`, or after the mapped ones.
    /// \return the range from the previous position up to there
    [[nodiscard]] AddressRange take_upto(IpAddress last);

    std::string domain_;
    std::string sender_;
    Memo memo_;
    SweepOptions options_;
    Survey survey_;
    Evaluation evaluation_;
    Family family_ = Family::ipv4;
    std::optional<IpAddress> next_;
    std::size_t evaluations_ = 0;
    WorkBudget own_budget_;
    WorkBudget& budget_;
};

}  // namespace spf
