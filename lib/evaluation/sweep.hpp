// check_host() for all addresses, by one evaluation for each range of addresses that have the same
// outcome.
//
// Outcome::scope contains the addresses for which every step of an evaluation would have been the
// same. The sweep evaluates the first address of the address space, then the first address after
// the scope of that evaluation, and so on to the end. Therefore its ranges agree with check_host().
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

/// A resolver that asks each question only once, keeps the answers, and counts the work.
class SPF_EXPORT Memo final : public dns::Resolver {
public:
    explicit Memo(dns::Resolver& upstream)
        : upstream_(upstream), answers_(0, Hash{random_seed()}) {}

    dns::AnswerPtr resolve(const dns::Question& question) override;
    /// Returns the number of steps since the previous call. Each question is one step. A new
    /// question is more steps, according to the size of its answer.
    [[nodiscard]] std::size_t take_work() noexcept { return std::exchange(work_, 0); }
    /// Returns the number of terms, addresses and names in all kept answers together, as a measure
    /// of their memory.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    struct Key {
        std::string name;
        dns::RecordType type;
    };
    // The table can be searched for a dns::Question, so that no Key has to be made from the
    // question.
    struct Hash {
        using is_transparent = void;  // NOLINT(readability-identifier-naming): a standard name
        std::uint64_t seed = 0;
        template <class T>
        std::size_t operator()(const T& key) const noexcept {
            return hash_name(key.name, seed) + static_cast<std::size_t>(key.type);
        }
    };
    struct Equal {
        using is_transparent = void;  // NOLINT(readability-identifier-naming): a standard name
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
    std::string_view source;  ///< the innermost directive that matched; valid as long as `outcome`
    std::string_view source_domain;
    /// The state before the first term whose lookups depend on the address or the sender; null if
    /// there is no such term.
    const Survey::Dependence* depends_on = nullptr;
};

/// Evaluates a domain for all addresses, range by range. start() chooses the family.
class SPF_EXPORT Sweep {
public:
    Sweep(std::string_view domain, dns::Resolver& resolver, const SweepOptions& options);
    Sweep(const Sweep&) = delete;  // evaluation_ refers to survey_
    Sweep& operator=(const Sweep&) = delete;

    /// Goes to the first address of a family.
    void start(Family family) noexcept;
    /// Returns whether all addresses of the family have been processed.
    [[nodiscard]] bool at_end() const noexcept { return !next_; }
    /// Subtracts from the budget the work that the caller did with the outcome of a step.
    void spend(std::size_t work) noexcept { budget_.spend(work); }
    /// Returns whether the number of evaluations, the work or the memory has reached its limit.
    [[nodiscard]] bool is_exhausted() const noexcept;
    /// Evaluates the next address. Call this function only if at_end() is false.
    [[nodiscard]] SweptRange step();

    /// Returns whether the record of a domain has an `exp=` (6.2). The domain must have been
    /// evaluated.
    [[nodiscard]] bool is_explained(std::string_view domain);

private:
    const Outcome& evaluate(IpAddress ip);
    /// Moves to the address after `last`, or after the IPv4-mapped addresses if `last` is one of
    /// them or the address before them.
    /// \return the range from the previous address to the address before the new one
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
