/// \file lint/domain.hpp  What is wrong with a domain's policy, including the records it includes.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/lint/lint.hpp"

namespace spf::lint {

/// How much lint_domain() reads, and what it reports as unusual.
struct LintOptions {
    Limits limits{};                            ///< the limits of receivers (4.6.4)
    std::chrono::seconds low_ttl{300};          ///< a smaller TTL is a hint
    std::chrono::seconds high_ttl{2 * 86'400};  ///< a larger TTL is a hint
    /// Maximum number of different records to read; receivers stop far earlier.
    std::size_t most_records = 100;
    std::size_t most_names = 200;  ///< maximum number of other lookups
};

/// The lookups that a term of the domain's own record costs, including those of included records.
struct TermCost {
    std::string term;          ///< the term as written in the record
    unsigned dns_lookups = 0;  ///< the maximum (4.6.4); 1000 means 1000 or more
    bool at_least = false;     ///< it may cost more: not all records below it could be followed
};

/// The findings of lint_domain(). Owns everything.
struct DomainLint {
    std::string domain;  ///< in lower case; as given if it is not a domain name
    std::string record;  ///< the domain's own record; empty if there is none, or more than one
    /// Findings about the domain's own record first, then findings about the included records,
    /// which belong to other owners: of those only errors.
    std::vector<Finding> findings;
    /// The maximum number of terms with lookups that a check may need, also beyond the limit; 1000
    /// means 1000 or more.
    unsigned dns_lookups = 0;
    /// Whether a check may need more lookups than `dns_lookups`: an included record depends on the
    /// client or the sender (`include:%{i}.example.com`), could not be looked up, or is beyond
    /// LintOptions::most_records.
    bool at_least = false;
    /// The terms with lookups of the domain's own record, in order.
    std::vector<TermCost> costs;
};

/// Examines the domain's record and all records below it: those that it includes and redirects to,
/// and the names in their terms. Terms whose names depend on the sender are counted, but not looked
/// up.
///
/// Does not find reverse mappings with more than ten names, as these depend on the client. For the
/// same reason it does not count void lookups of `ptr` and of names with macros.
///
/// Cost: at most as many questions as LintOptions allow, one after the other, each name once. No
/// recursion, whatever untrusted domains publish. Throws only std::bad_alloc. Thread-safe if the
/// resolver is.
[[nodiscard]] SPF_EXPORT DomainLint lint_domain(std::string_view domain, dns::Resolver& resolver,
                                                const LintOptions& options = {});

}  // namespace spf::lint
