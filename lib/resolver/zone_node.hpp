// A name in the zone data, and the properties of the name that follow from its ancestors.
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

/// The negative answers for names at and below an apex.
struct Negative {
    dns::AnswerPtr no_data;
    dns::AnswerPtr nxdomain;
};

using OwnAnswer = std::shared_ptr<dns::Answer>;

struct Node {
    std::string name;
    /// The answer for each type, with all records of the name, or null.
    std::array<OwnAnswer, type_count> answers;
    /// For each type, the answer that set_status() put in place of the records, or null.
    std::unique_ptr<std::array<dns::AnswerPtr, type_count>> overrides;
    std::unique_ptr<Alias> alias;
    std::unique_ptr<Negative> apex;  ///< set if the node has an SOA record, and always for the root
    Node* parent = nullptr;          ///< null only for the root
    Node* wildcard = nullptr;        ///< the child `*`
    bool has_soa = false;
    bool has_ns = false;
    /// Whether data was added at the node itself, not only below it.
    bool is_owner = false;
};

[[nodiscard]] inline std::unique_ptr<Negative> negative(seconds ttl) {
    return std::make_unique<Negative>(Negative{dns::make_answer(dns::Status::no_data, ttl),
                                               dns::make_answer(dns::Status::nxdomain, ttl)});
}

[[nodiscard]] inline const Negative& negative_at(const Node& node) noexcept {
    const Node* at = &node;
    while (!at->apex) at = at->parent;  // ends at the latest at the root
    return *at->apex;
}

/// Returns whether the node or one of its ancestors has data of its own. A wildcard counts as data
/// of its parent.
[[nodiscard]] inline bool is_owned(const Node* node) noexcept {
    while (node != nullptr && !node->is_owner && node->wildcard == nullptr) node = node->parent;
    return node != nullptr;
}

/// Returns whether a name is at or below a zone cut (RFC 1034, 4.2.1), so that its records are in
/// another zone. This is so if the closest node at or above the name that has SOA or NS records has
/// no SOA record, and a node above that node has one.
[[nodiscard]] inline bool is_delegated(const Node* node) noexcept {
    while (node != nullptr && !node->has_soa && !node->has_ns) node = node->parent;
    if (node == nullptr || node->has_soa) return false;
    while (node != nullptr && !node->has_soa) node = node->parent;
    return node != nullptr;
}

}  // namespace spf::zone_tree
