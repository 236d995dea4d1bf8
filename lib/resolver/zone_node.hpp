// A name of the zone data, and the facts that follow from its place in the tree.
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

/// The negative answers below an apex.
struct Negative {
    dns::AnswerPtr no_data;
    dns::AnswerPtr nxdomain;
};

using OwnAnswer = std::shared_ptr<dns::Answer>;

struct Node {
    std::string name;
    std::array<OwnAnswer, type_count> answers;  ///< the records by type
    /// By type, the answers that set_status() put in place of the records.
    std::unique_ptr<std::array<dns::AnswerPtr, type_count>> overrides;
    std::unique_ptr<Alias> alias;
    std::unique_ptr<Negative> apex;  ///< if the node has an SOA record, and at the root
    Node* parent = nullptr;          ///< null only for the root
    Node* wildcard = nullptr;        ///< the child `*`
    bool has_soa = false;
    bool has_ns = false;
    bool is_owner = false;  ///< whether anything was added at the node itself, not only below it
};

[[nodiscard]] inline std::unique_ptr<Negative> negative(seconds ttl) {
    return std::make_unique<Negative>(Negative{dns::make_answer(dns::Status::no_data, ttl),
                                               dns::make_answer(dns::Status::nxdomain, ttl)});
}

[[nodiscard]] inline const Negative& negative_at(const Node& node) noexcept {
    const Node* at = &node;
    while (!at->apex) at = at->parent;  // ends: the root has an apex
    return *at->apex;
}

/// Whether a name at or above a node has data of its own; a wildcard counts for its parent.
[[nodiscard]] inline bool is_owned(const Node* node) noexcept {
    while (node != nullptr && !node->is_owner && node->wildcard == nullptr) node = node->parent;
    return node != nullptr;
}

/// Whether a name is at or below a zone cut: the closest SOA or NS records at or above it are NS
/// records, and the data has the SOA record of a zone above these (RFC 1034, 4.2.1). Records there
/// belong to other zones.
[[nodiscard]] inline bool is_delegated(const Node* node) noexcept {
    while (node != nullptr && !node->has_soa && !node->has_ns) node = node->parent;
    if (node == nullptr || node->has_soa) return false;
    while (node != nullptr && !node->has_soa) node = node->parent;
    return node != nullptr;
}

}  // namespace spf::zone_tree
