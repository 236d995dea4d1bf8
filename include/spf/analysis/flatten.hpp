/// \file analysis/flatten.hpp  Rewrites a policy as a few records that list its networks, without
/// includes.
///
/// This is for domains that need more than the ten lookups of section 4.6.4. A flattened record
/// becomes wrong when the owner of an included record changes that record. A program therefore has
/// to flatten the policy again regularly.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/analysis/networks.hpp"
#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/base/language.hpp"
#include "spf/dns/resolver.hpp"

namespace spf::analysis {

/// How much work flatten() may do, and how long a flattened record may be.
struct FlattenOptions {
    /// The limits for map_networks(), which evaluates a policy for all addresses.
    SweepOptions networks{};
    /// The maximum length of one record in octets. The default 450 leaves space for other TXT
    /// records of the name in the same UDP reply (3.4).
    std::size_t max_length = 450;
};

/// A TXT record to publish.
struct FlatRecord {
    std::string name{};    ///< the domain name at which to publish the record
    std::string record{};  ///< the text of the record

    /// Compares all members.
    friend bool operator==(const FlatRecord&, const FlatRecord&) = default;
};

/// A policy, rewritten as records that list its networks. If there are several records, the
/// domain's record includes the others. Terms that cannot be replaced by networks remain (`kept`).
struct Flattened {
    /// First the record of the domain, then the records of `_spf1.domain`, `_spf2.domain` and so
    /// on.
    std::vector<FlatRecord> records{};
    /// Terms of the original policy that are still in the records, because they are not enumerable
    /// (NotEnumerable).
    std::vector<std::string> kept{};
    /// The maximum number of lookups that a check of an address needs with the new records. For the
    /// published record, see NetworkMap::dns_lookups.
    unsigned dns_lookups = 0;
    /// The time after which to flatten the policy again: the smallest TTL of the DNS answers that
    /// contained the networks. Zero if it is unknown.
    std::chrono::seconds ttl{0};
};

/// Why a policy cannot be flattened.
struct SPF_EXPORT FlattenError {
    /// The codes are stable: new codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        no_record,  ///< the domain has no usable SPF record of its own
        /// The result of some addresses is none or permerror; the owner has to fix this first.
        no_result,
        /// The networks do not fit into records of FlattenOptions::max_length octets within the
        /// limits (4.6.4).
        too_large,
        // With the following codes, the policy could not be evaluated. It may be correct.
        dns_failure,    ///< a lookup failed or there was no time left for it, so try again
        too_much_work,  ///< the budget was spent before all addresses were evaluated
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::too_much_work) + 1;

    Code code{};  ///< why the policy cannot be flattened
    /// What is wrong with the record, or which lookup failed. Absent if this is not known.
    std::optional<Problem> problem{};

    /// Returns what is wrong in one line of English, without trailing dot. The text has static
    /// storage.
    [[nodiscard]] std::string_view message() const noexcept;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string_view message(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const FlattenError&, const FlattenError&) = default;
};

/// Returns the name of the enumerator, such as "no_record". The name is stable, so programs may
/// compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(FlattenError::Code code) noexcept;

/// Returns a map as map_networks() does, but with higher limits: up to a hundred terms with lookups
/// are allowed, and all of them may be void lookups. For receivers, a record that needs eleven
/// lookups is a permerror. This map shows what the owner of such a record meant. flatten() starts
/// from this map.
[[nodiscard]] SPF_EXPORT NetworkMap map_to_flatten(std::string_view domain, dns::Resolver& resolver,
                                                   const SweepOptions& options = {});

/// Replaces terms of a policy by `ip4` and `ip6` terms, so that every address has the result that
/// it has in map_to_flatten().
///
/// Terms that are not enumerable (NotEnumerable), such as `exists:%{i}`, are kept. The terms
/// before, between and after them are replaced separately, so the order of evaluation does not
/// change. Modifiers are kept, except for a `redirect=` that can be replaced by networks. In this
/// case, the explanation (`exp=`) in the record to which it redirects is lost. Before flatten()
/// returns the new records, it evaluates them for all addresses with SweepOptions::limits, and
/// checks that the results are equal to those of map_to_flatten().
///
/// Makes several maps (map_networks()) with one common budget, and asks each question once. Throws
/// only std::bad_alloc and what the resolver throws.
[[nodiscard]] SPF_EXPORT Expected<Flattened, FlattenError> flatten(
    std::string_view domain, dns::Resolver& resolver, const FlattenOptions& options = {});

}  // namespace spf::analysis
