// A domain's record and all that it includes, each record once.
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
    bool unknown = false;  ///< an include or a redirect that cannot be followed from here
    bool ptr = false;
    bool macro_p = false;  ///< %{p} stands in its name
    bool void4 = false;    ///< nothing there for IPv4 clients
    bool void6 = false;
};

/// What a whole check of a record may cost.
struct Cost {
    unsigned lookups = 0;
    unsigned void4 = 0;
    unsigned void6 = 0;
    bool at_least = false;  ///< something could not be followed, and may cost more
};

/// A domain that was asked for its record.
struct Node {
    std::string domain;
    std::optional<Record> record;
    bool foreign = false;  ///< reached by an include, so it is somebody else's
    bool unread = false;   ///< the question for its record failed
    std::size_t parent = 0;
    std::size_t parent_step = 0;    ///< which of its steps led here first; the root has none
    std::vector<AskingTerm> steps;  ///< in order, up to "all"
    Cost cost;
};

/// The root is the first.
using Tree = std::deque<Node>;

/// A finding at a place of a node's record.
Finding& add_finding(DomainLint& out, const Node& node, Finding::Code code, std::size_t offset,
                     std::size_t length);
/// One record with all terms of those among the texts, in which only one thing can be meant: all of
/// their terms pass, and "all" does not. Else nothing.
[[nodiscard]] std::optional<std::string> merged_record(std::span<const std::string> texts);
/// Counts look-ups, and reports loops and what exceeds the limits.
void check_budget(DomainLint& out, Tree& tree, const LintOptions& options);
/// Reports records that come in more than once.
void check_repeated(DomainLint& out, const Tree& tree);

}  // namespace spf::lint
