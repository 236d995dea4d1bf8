// A domain's record and all records that it includes, each once.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/lint/domain.hpp"
#include "spf/record/record.hpp"

namespace spf::lint {

/// A term that asks DNS.
struct AskingTerm {
    std::string_view term;  ///< in the node's record
    std::size_t offset = 0;
    std::optional<std::size_t> target{};  ///< the node of an include or a redirect
    bool redirect = false;
    bool unknown = false;  ///< an include or redirect whose target depends on the message
    bool ptr = false;
    bool macro_p = false;  ///< its name contains %{p}
    bool void4 = false;    ///< a void lookup for IPv4 clients
    bool void6 = false;
};

/// The maximum cost of a whole check of a record.
struct Cost {
    unsigned lookups = 0;
    unsigned void4 = 0;
    unsigned void6 = 0;
    bool at_least = false;  ///< some target could not be followed and may cost more
};

/// A domain that was asked for its record.
struct Node {
    std::string domain;
    std::optional<Record> record;
    bool foreign = false;  ///< reached by an include, so it belongs to another domain
    bool unread = false;   ///< the question for its record failed
    std::size_t parent = 0;
    /// Index of the parent's step that first led here; meaningless for the root.
    std::size_t parent_step = 0;
    std::vector<AskingTerm> steps;  ///< in order, up to "all"
    Cost cost;
};

/// The root is the first element.
using Tree = std::deque<Node>;

/// Adds a finding at a place in a node's record.
Finding& add_finding(DomainLint& out, const Node& node, Finding::Code code, std::size_t offset,
                     std::size_t length);
/// Returns one record with the terms of all records among the texts, if only that can be meant: all
/// their terms pass, and "all" does not. Otherwise returns nothing.
[[nodiscard]] std::optional<std::string> merged_record(std::span<const std::string> texts);
/// Counts lookups, and reports loops and what exceeds the limits.
void check_budget(DomainLint& out, Tree& tree, const LintOptions& options);
/// Reports records that are included more than once.
void check_repeated(DomainLint& out, const Tree& tree);

}  // namespace spf::lint
