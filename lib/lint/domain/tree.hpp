// The tree of a domain's record and the records below it: those that it includes or redirects to,
// each of them once.
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
    std::string_view term;  ///< the text of the term, a view into the node's record
    std::size_t offset = 0;
    std::optional<std::size_t> target{};  ///< index of the node of an include or a redirect
    bool redirect = false;
    bool unknown = false;  ///< the target of the include or redirect is not known
    bool ptr = false;
    bool macro_p = false;  ///< the name in the term contains %{p}
    bool void4 = false;    ///< the lookup is void for IPv4 clients
    bool void6 = false;
};

/// The maximum number of lookups that a check of a record needs, including the records below it.
struct Cost {
    unsigned lookups = 0;
    unsigned void4 = 0;
    unsigned void6 = 0;
    bool at_least = false;  ///< a check may need more, because a target is not known
};

/// A domain whose record is looked up, and what is known about it.
struct Node {
    std::string domain;
    std::optional<Record> record;
    bool foreign = false;  ///< the record is that of another domain, reached by an include
    bool unread = false;   ///< the lookup of the record failed
    std::size_t parent = 0;
    /// The index, in the `steps` of the parent, of the term through which this domain was found
    /// first. The root has no parent, so its value has no meaning.
    std::size_t parent_step = 0;
    std::vector<AskingTerm> steps;  ///< the terms that ask DNS, in order, up to "all"
    Cost cost;
};

/// All nodes. The first one is the root.
using Tree = std::deque<Node>;

/// Adds a finding about the octets at `offset` in a node's record.
Finding& add_finding(DomainLint& out, const Node& node, Finding::Code code, std::size_t offset,
                     std::size_t length);
/// Completes a finding about a failed lookup: which name and type could not be looked up, and why.
void describe_failure(Finding& finding, std::string_view name, const dns::Answer& answer,
                      dns::RecordType type);
/// Completes a finding about a name without record that is an alias (CNAME): where the alias leads,
/// and what the owner of the name can do.
void describe_alias(Finding& finding, const std::string& name, const dns::Answer& answer);
/// Reports a record of type SPF, which RFC 4408 allowed and RFC 7208 does not (RFC 7208, 3.1). Does
/// not report a failed lookup, because no check needs this type. If the domain has no TXT record
/// with a policy (`is_alone`), the text is probably meant to be published as TXT.
void tell_obsolete_type(DomainLint& out, const Node& node, const dns::Answer& answer,
                        bool is_alone);
/// Returns one record with the terms of all SPF records among the texts. Returns nothing if
/// something else may be meant, for example because a term other than "all" has a result other than
/// pass, or because the result of "all" is pass or neutral.
[[nodiscard]] std::optional<std::string> merged_record(std::span<const std::string> texts);
/// Counts the lookups that a check of the domain needs at most. Reports this number, loops, and
/// limits that are exceeded (4.6.4).
void check_budget(DomainLint& out, Tree& tree, const LintOptions& options);
/// Reports records that are included more than once.
void check_repeated(DomainLint& out, const Tree& tree);

}  // namespace spf::lint
