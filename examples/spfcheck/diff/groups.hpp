// The changes from one policy to another, grouped by what people ask first: who no longer passes,
// who passes now, and who else gets another result, each with the terms that cause it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/language.hpp"
#include "spf/analysis/diff.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/net/network_set.hpp"

namespace spfcheck {

/// What a change means for the addresses concerned, in the order of importance.
enum class ChangeKind : std::uint8_t {
    lost,    ///< they passed; now they do not, or it depends on the message
    gained,  ///< they pass now, and did not, or it depended on the message
    other,   ///< they get another result, but certainly pass on neither side
};

/// Returns the name of the enumerator, for programs.
[[nodiscard]] std::string_view to_string(ChangeKind kind) noexcept;

/// The result on one side, and the term that decides it.
struct Reason {
    std::optional<spf::Result> result;  ///< absent if it depends on the message or is not known
    /// The term of the domain's own record, or of the record to which it redirects; empty if none
    /// matches, or if the result is not known.
    std::string term;
    Spoken text;  ///< the result and its reason for people, such as "fail by -all"

    /// Compares all members.
    friend auto operator<=>(const Reason&, const Reason&) = default;
};

/// Addresses whose results change in the same way because of the same terms.
struct ChangeGroup {
    ChangeKind kind = ChangeKind::other;
    Reason from;
    Reason to;
    spf::NetworkSet addresses;
};

/// Returns the changes as groups: the lost ones first, and of each kind those with the most
/// addresses first, where the share of its family decides.
[[nodiscard]] std::vector<ChangeGroup> groups_of(std::span<const spf::analysis::Change> changes,
                                                 const spf::analysis::NetworkMap& from,
                                                 const spf::analysis::NetworkMap& to);

}  // namespace spfcheck
