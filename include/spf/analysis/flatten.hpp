/// \file analysis/flatten.hpp  A policy without includes: its networks written out, in few records.
///
/// For domains that need more than the ten lookups of section 4.6.4. A flattened record is stale as
/// soon as the owner of an included record changes it, so a program has to make it again regularly.
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
#include "spf/dns/resolver.hpp"

namespace spf::analysis {

/// What the flattened records may look like.
struct FlattenOptions {
    SweepOptions networks;  ///< limits and budget of the maps that flatten() makes
    /// Maximum length of one record in octets; 450 leaves room for other records in a UDP reply
    /// (3.4).
    std::size_t max_length = 450;
};

/// A TXT record to publish.
struct FlatRecord {
    std::string name;    ///< the name to publish the record at
    std::string record;  ///< the text of the record

    /// Compares all members.
    friend bool operator==(const FlatRecord&, const FlatRecord&) = default;
};

/// A flattened policy.
struct Flattened {
    std::vector<FlatRecord> records;  ///< the domain's record first, then `_spf1.domain`, and so on
    std::vector<std::string> kept;    ///< terms that are unchanged because they are not enumerable
    /// The maximum that an address needs now; NetworkMap::dns_lookups has the maximum before.
    unsigned dns_lookups = 0;
    /// When to flatten again: the smallest TTL of the answers that were written out. Zero: unknown.
    std::chrono::seconds ttl{0};
};

/// Why a policy cannot be flattened.
struct SPF_EXPORT FlattenError {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        no_record,  ///< the domain has no usable record of its own
        no_result,  ///< some addresses get none or permerror, which has to be fixed first
        too_large,  ///< does not fit into records of that length within the limits (4.6.4)
        // These codes say nothing about the policy:
        dns_failure,    ///< a lookup failed, or no time was left for it: try again
        too_much_work,  ///< the budget was spent before the policy was known
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::too_much_work) + 1;

    Code code{};  ///< why it cannot be flattened
    /// What is wrong with the record, or which lookup failed; absent if that is not known.
    std::optional<Problem> problem;

    /// One sentence without trailing dot. Static storage.
    [[nodiscard]] std::string_view message() const noexcept;

    /// Compares all members.
    friend bool operator==(const FlattenError&, const FlattenError&) = default;
};

/// The name of the enumerator, such as "no_record": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(FlattenError::Code code) noexcept;

/// The map that flatten() starts from: as map_networks() makes it, but up to a hundred terms with
/// lookups, void lookups included, are allowed. A record that needs eleven lookups, which is a
/// permerror for receivers, is mapped to what its owner meant.
[[nodiscard]] SPF_EXPORT NetworkMap map_to_flatten(std::string_view domain, dns::Resolver& resolver,
                                                   const SweepOptions& options = {});

/// Rewrites a policy with `ip4` and `ip6` terms, so that every address gets the result that it has
/// in map_to_flatten().
///
/// Terms that depend on more than the network keep their places, and the terms between them are
/// written out in order. Modifiers are kept, except for a `redirect=` that can be written out; the
/// explanation of its target is lost. The returned records have been mapped within
/// SweepOptions::limits, and the map has been compared with the original.
///
/// Makes several maps (map_networks()), which share one budget, and asks each question once. Throws
/// only std::bad_alloc and what the resolver throws.
[[nodiscard]] SPF_EXPORT Expected<Flattened, FlattenError> flatten(
    std::string_view domain, dns::Resolver& resolver, const FlattenOptions& options = {});

}  // namespace spf::analysis
