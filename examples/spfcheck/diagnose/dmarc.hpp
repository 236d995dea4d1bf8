// What a pass of SPF means for DMARC (RFC 7489): the alignment of two domains, and the policy that
// the domain in From publishes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "spf/dns/resolver.hpp"

namespace spfcheck {

/// Whether the domain that SPF is about, and that in From, are aligned (RFC 7489, 3.1.2).
enum class Alignment : std::uint8_t {
    strict,   ///< the domains are equal
    relaxed,  ///< they have the same organizational domain, but are not equal
    none,
    unknown,  ///< only a list of public suffixes tells, and there is none
};
/// Returns the name of the enumerator.
[[nodiscard]] std::string_view to_string(Alignment alignment) noexcept;

/// Returns whether two domains are aligned.
/// \param spf, author  in lower case and with A-labels; not empty
[[nodiscard]] Alignment alignment_of(const std::string& spf, const std::string& author);

/// The policy that a domain publishes for DMARC.
struct DmarcPolicy {
    std::string name;    ///< the name of the record, such as "_dmarc.example.com"
    std::string record;  ///< its text; empty if there is none
    /// What receivers are asked to do with mail that fails: "none", "quarantine" or "reject". Of a
    /// record that stands at the organizational domain, its `sp` if it has one (RFC 7489, 6.6.3).
    std::string policy;
    bool is_strict = false;   ///< whether SPF has to be aligned strictly (`aspf=s`)
    bool is_unknown = false;  ///< whether DNS gave no answer
};

/// Returns what a record says; nothing if it is not a usable record (RFC 7489, 6.3). A record
/// without a valid `p` counts as `p=none`.
/// \param is_of_parent  whether the record stands at the organizational domain of a sub-domain
[[nodiscard]] std::optional<DmarcPolicy> read_dmarc(std::string_view record, bool is_of_parent);

/// Asks for the policy of a domain, and of its organizational domain at the same time.
[[nodiscard]] DmarcPolicy dmarc_policy(const std::string& author, spf::dns::Resolver& resolver);

/// Returns whether a pass with this alignment counts for DMARC; nothing if that is not known.
[[nodiscard]] std::optional<bool> counts_for_dmarc(Alignment alignment, const DmarcPolicy& policy);

}  // namespace spfcheck
