/// \file analysis/flatten.hpp  A policy without includes: its networks written out, in few records.
///
/// For domains that need more than the ten look-ups of section 4.6.4. A flattened record goes stale as
/// soon as somebody whose record was included changes it: it has to be made again, by a machine.
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

/// How the records may look.
struct FlattenOptions {
    SweepOptions networks;
    std::size_t max_length = 450;  ///< octets of one record: with others, it fits a UDP reply (3.4)
};

/// A TXT record to publish.
struct FlatRecord {
    std::string name;
    std::string record;

    friend bool operator==(const FlatRecord&, const FlatRecord&) = default;
};

/// A flattened policy.
struct Flattened {
    std::vector<FlatRecord> records;  ///< that of the domain first, then `_spf1.domain` and on
    std::vector<std::string> kept;    ///< terms that stay as they are, as they cannot be enumerated
    unsigned dns_lookups = 0;         ///< the most any address needs now; before see NetworkMap
    /// When to look again: the smallest TTL of what was written out. Zero: the answers do not tell.
    std::chrono::seconds ttl{0};
};

/// Why a policy cannot be flattened.
struct SPF_EXPORT FlattenError {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        no_record,  ///< the domain has no usable record of its own
        no_result,  ///< some addresses get none or permerror: to be mended first
        too_large,  ///< does not fit into records of that length within the limits (4.6.4)
        // Nothing is said about the policy:
        dns_failure,    ///< a look-up failed, or there was no time left for it: try again
        too_much_work,  ///< the budget was spent before it was known
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::too_much_work) + 1;

    Code code{};
    /// What ails the record, where that is known; the look-up that failed.
    std::optional<Problem> problem;

    /// One sentence without trailing dot. Static storage.
    [[nodiscard]] std::string_view message() const noexcept;

    friend bool operator==(const FlattenError&, const FlattenError&) = default;
};

/// The code as written in the enum, such as "no_record": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(FlattenError::Code code) noexcept;

/// Maps a policy as flatten() reads it: as map_networks() does, but with room for a hundred terms with
/// look-ups, void ones too. So a record that needs eleven, a permerror to everybody else, means what its owner meant.
[[nodiscard]] SPF_EXPORT NetworkMap map_to_flatten(std::string_view domain, dns::Resolver& resolver,
                                                   const SweepOptions& options = {});

/// Writes a policy with `ip4` and `ip6` terms alone, so that every address gets the result that
/// map_to_flatten() has for it.
///
/// Terms that depend on more than the network stay where they are, and the terms between them are
/// written out in their places. Modifiers stay, but for a `redirect=` that can be written out, whose
/// target's explanation is lost. What is returned has been mapped within SweepOptions::limits and
/// compared to the original.
///
/// Costs some calls of map_networks(), which share one budget, and asks each question once. Never throws but std::bad_alloc
/// and what the resolver throws.
[[nodiscard]] SPF_EXPORT Expected<Flattened, FlattenError> flatten(
    std::string_view domain, dns::Resolver& resolver, const FlattenOptions& options = {});

}  // namespace spf::analysis
