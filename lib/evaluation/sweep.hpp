// Evaluates check_host() for all addresses: one evaluation for each range of addresses that have
// the same outcome.
//
// Outcome::scope is the range of addresses for which every step of an evaluation would have been
// the same. The sweep evaluates the first address of the address space, then the first address
// after the scope of that evaluation, and so on. Each range is the scope of a real evaluation, so
// the ranges agree with check_host().
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

/// A resolver that asks another resolver each question only once. It keeps the answers, and counts
/// its work in steps (see SweepOptions::max_work).
class SPF_EXPORT Memo final : public dns::Resolver {
public:
    explicit Memo(dns::Resolver& upstream)
        : upstream_(upstream), answers_(0, Hash{seed_of_process()}) {}

    dns::AnswerPtr resolve(const dns::Question& question) override;
    /// Returns the number of steps of work since the previous call. Each question is one step. A
    /// question that is asked for the first time counts additional steps, one for every four octets
    /// of text in the answer.
    [[nodiscard]] std::size_t take_work() noexcept { return std::exchange(work_, 0); }
    /// Returns the number of terms, addresses and names in all kept answers together. This number
    /// is a measure of the memory of the answers.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    struct Key {
        std::string name;
        dns::RecordType type;
    };
    // These functions let the table be searched with a dns::Question, so that a search need not
    // make a Key.
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

/// A range of addresses that have the same outcome.
struct SweptRange {
    AddressRange range;
    const Outcome& outcome;   ///< the outcome for one of the addresses; valid until the next step()
    std::string_view source;  ///< the innermost directive that matched; valid as long as `outcome`
    std::string_view source_domain;
    /// The state of the evaluation before the first term whose lookups depend on the address or the
    /// sender; null if there was no such term.
    const Survey::Dependence* depends_on = nullptr;
};

/// Evaluates a domain for all addresses of a family, range by range. start() chooses the family.
class SPF_EXPORT Sweep {
public:
    Sweep(std::string_view domain, dns::Resolver& resolver, const SweepOptions& options);
    Sweep(const Sweep&) = delete;  // a copy's evaluation_ would refer to the survey_ of this object
    Sweep& operator=(const Sweep&) = delete;

    /// Begins with the first address of a family.
    void start(Family family) noexcept;
    /// Returns whether all addresses of the family have been evaluated.
    [[nodiscard]] bool at_end() const noexcept { return !next_; }
    /// Subtracts from the work budget the steps that the caller needed to process the outcome of
    /// step().
    void spend(std::size_t work) noexcept { budget_.spend(work); }
    /// Returns whether the number of evaluations, the work or the memory for answers has reached
    /// its limit.
    [[nodiscard]] bool is_exhausted() const noexcept;
    /// Evaluates the next address, and returns its outcome with the range of addresses that have
    /// the same outcome. Call this function only if at_end() is false.
    [[nodiscard]] SweptRange step();

    /// Returns whether the record of a domain contains the modifier `exp=` (6.2). Call this
    /// function only for domains whose records have been evaluated.
    [[nodiscard]] bool is_explained(std::string_view domain);

private:
    const Outcome& evaluate(IpAddress ip);
    /// Ends the current range at `last`, and moves to the next address. IPv4-mapped IPv6 addresses
    /// are never evaluated: if `last` is one of them or the address before them, the range extends
    /// to the end of them.
    /// \return the range
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
