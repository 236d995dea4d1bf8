// The type of a node in the tree of zone data, which represents a domain name, and functions for
// those properties of a name that depend on its ancestors.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "spf/dns/resolver.hpp"

namespace spf::zone_tree {

using std::chrono::seconds;

inline constexpr std::size_t type_count = dns::record_types.size();

struct Alias {
    std::string target;
    seconds ttl{0};
};

/// The negative answers for all names of one zone. Their TTL comes from the SOA record at the apex
/// of the zone.
struct Negative {
    dns::AnswerPtr no_data;
    dns::AnswerPtr nxdomain;
};

using OwnAnswer = std::shared_ptr<dns::Answer>;

struct Node {
    std::string name;
    /// For each type, an answer with all records of this name; null if the name has no records of
    /// the type.
    std::array<OwnAnswer, type_count> answers;
    /// For each type, the answer that set_status() has set instead of the records; null if it has
    /// set none.
    std::unique_ptr<std::array<dns::AnswerPtr, type_count>> overrides;
    std::unique_ptr<Alias> alias;
    /// The negative answers of the zone. Set if this name has an SOA record, and always for the
    /// root.
    std::unique_ptr<Negative> apex;
    Node* parent = nullptr;    ///< null for the root only
    Node* wildcard = nullptr;  ///< the child with the label `*`
    bool has_soa = false;
    bool has_ns = false;
    /// Whether data has been added for this name itself, not only for names below it.
    bool is_owner = false;
};

[[nodiscard]] inline std::unique_ptr<Negative> negative(seconds ttl) {
    return std::make_unique<Negative>(Negative{dns::make_answer(dns::Status::no_data, ttl),
                                               dns::make_answer(dns::Status::nxdomain, ttl)});
}

[[nodiscard]] inline const Negative& negative_at(const Node& node) noexcept {
    const Node* at = &node;
    while (!at->apex) at = at->parent;  // ends at the root at the latest
    return *at->apex;
}

/// Returns whether data has been added for the name of the node or for one of its ancestors. If a
/// name has a wildcard, the data of the wildcard counts as data of this name.
[[nodiscard]] inline bool is_owned(const Node* node) noexcept {
    while (node != nullptr && !node->is_owner && node->wildcard == nullptr) node = node->parent;
    return node != nullptr;
}

/// Returns whether a zone cut (RFC 1034, 4.2.1) is at this name or above it, so that the records of
/// the name are in another zone. This is so in the following case: starting at the name and going
/// up, the first node with SOA or NS records has no SOA record, and one of the nodes above it has
/// an SOA record.
[[nodiscard]] inline bool is_delegated(const Node* node) noexcept {
    while (node != nullptr && !node->has_soa && !node->has_ns) node = node->parent;
    if (node == nullptr || node->has_soa) return false;
    while (node != nullptr && !node->has_soa) node = node->parent;
    return node != nullptr;
}

}  // namespace spf::zone_tree
