/// \file lint/domain.hpp  Finds what is wrong with a domain's policy, including the records that it
/// includes.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/lint/lint.hpp"

namespace spf::lint {

/// How many records and names lint_domain() looks up, and which TTLs it reports.
struct LintOptions {
    Limits limits{};                            ///< the limits that receivers use (4.6.4)
    std::chrono::seconds low_ttl{300};          ///< a TTL below this is reported as a hint
    std::chrono::seconds high_ttl{2 * 86'400};  ///< a TTL above this is reported as a hint
    /// The maximum number of different records to read. The limits of receivers are far lower.
    std::size_t most_records = 100;
    std::size_t most_names = 200;   ///< the maximum number of lookups that are not for records
    std::size_t most_terms = 1000;  ///< the maximum number of terms in DomainLint::tree
};

/// How many lookups a term of the domain's own record needs, including the lookups of the records
/// that the term includes.
struct TermCost {
    std::string term{};  ///< the term as written in the record
    /// The maximum number of lookups that the term may need (4.6.4). 1000 means 1000 or more.
    unsigned dns_lookups = 0;
    /// Whether the term may need more lookups, because not all records that it includes could be
    /// read.
    bool at_least = false;
    /// The maximum number of these lookups that may find nothing (void lookups, 4.6.4).
    unsigned void_lookups = 0;
};

/// A term that needs a lookup, in a record to which the domain's record leads.
struct TreeTerm {
    TermCost cost{};         ///< the term, and how many lookups it needs
    std::size_t offset = 0;  ///< the position of the term, in octets from the start of the record
    /// For an include or a redirect, the index in DomainLint::tree of the record to which it leads.
    /// Absent if the name of that record is not known, or if there were too many records.
    std::optional<std::size_t> leads_to{};
};

/// A record to which the domain's record leads.
struct TreeRecord {
    std::string domain{};           ///< the domain of the record
    std::string record{};           ///< its text; empty if the domain has no usable record
    bool is_unread = false;         ///< the lookup of the record failed
    std::vector<TreeTerm> terms{};  ///< in the order of evaluation, up to `all`
    /// How many more terms need lookups, but are not in `terms` because of
    /// LintOptions::most_terms.
    std::size_t left_out = 0;
};

/// The result of lint_domain(). Owns all its texts.
struct DomainLint {
    /// The domain in lower case; if it is not a domain name, as the caller passed it.
    std::string domain{};
    std::string record{};  ///< the domain's own record; empty if there is none, or more than one
    /// The domain's own records if there are several (4.5); otherwise empty.
    std::vector<std::string> records{};
    /// If the domain is an alias (CNAME), the name to which it leads. No TXT record can exist
    /// beside an alias (RFC 1034, 3.6.2). Otherwise empty.
    std::string alias_of{};
    /// Findings about the domain's own record first, then findings about included records. An
    /// included record has another owner, so only its errors are reported.
    std::vector<Finding> findings{};
    /// The maximum number of DNS lookups that a check may need (4.6.4). Receivers stop at a limit,
    /// but this number may be higher. 1000 means 1000 or more.
    unsigned dns_lookups = 0;
    /// Whether a check may need more lookups than `dns_lookups`. This is so if an included record
    /// depends on the client or the sender (`include:%{i}.example.com`), could not be looked up, or
    /// is beyond LintOptions::most_records.
    bool at_least = false;
    /// The terms of the domain's own record that need lookups, in the order of the record.
    std::vector<TermCost> costs{};
    /// The domain's own record, which is the first, and all records to which it leads, each of them
    /// once. Two terms may lead to the same record, and a term may lead back to a record above it.
    /// Empty if the domain has no usable record.
    std::vector<TreeRecord> tree{};
};

/// Examines the domain's record and all records to which it leads: those that it includes, those to
/// which it redirects, and so on. Also looks up the names in their terms. If a name depends on the
/// client or on the sender's local-part, its term is counted, but the name is not looked up.
///
/// Some problems depend on the client, so they are not found: reverse mappings with more than ten
/// names, and void lookups of `ptr` and of names with macros.
///
/// Cost: at most as many questions as `options` allow, one after the other. Each name is looked up
/// only once. There is no recursion, so the records of untrusted domains cannot exhaust the stack.
/// Throws only std::bad_alloc. Thread-safe if the resolver is.
[[nodiscard]] SPF_EXPORT DomainLint lint_domain(std::string_view domain, dns::Resolver& resolver,
                                                const LintOptions& options = {});

}  // namespace spf::lint
