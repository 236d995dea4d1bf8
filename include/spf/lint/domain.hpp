/// \file lint/domain.hpp  What is wrong with a domain's policy, with all that it includes.
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

/// How far lint_domain() goes, and what it takes for unusual.
struct LintOptions {
    Limits limits{};                            ///< those of receivers (4.6.4)
    std::chrono::seconds low_ttl{300};          ///< less is a hint
    std::chrono::seconds high_ttl{2 * 86'400};  ///< more is a hint
    std::size_t most_records = 100;  ///< different records to read; receivers end far earlier
    std::size_t most_names = 200;    ///< other look-ups
};

/// What a term of the domain's own record costs, with all below it.
struct TermCost {
    std::string term;          ///< as it stands in the record
    unsigned dns_lookups = 0;  ///< at most (4.6.4); 1000 stands for more
    bool at_least = false;     ///< it may be more: not all below it can be followed
};

/// What lint_domain() found. Owns everything.
struct DomainLint {
    std::string domain;  ///< lower case, or as given where that is no domain
    std::string record;  ///< the domain's own; empty where there is none, or several
    /// Those about the domain's own record first, then those about records that it includes: of
    /// these, which are others', errors alone.
    std::vector<Finding> findings;
    /// The most terms with look-ups that a check may need, also beyond the limit; 1000 stands for
    /// more.
    unsigned dns_lookups = 0;
    /// Whether a check may need more than that: a record below hangs on the client or the sender
    /// (`include:%{i}.example.com`), could not be asked for, or is beyond LintOptions::most_records.
    bool at_least = false;
    /// The terms with look-ups of the domain's own record, in their order.
    std::vector<TermCost> costs;
};

/// Examines the domain's record and the tree below it: what it includes and redirects to, and the
/// names of its terms. Terms whose names hang on the sender are counted, but not looked up.
///
/// Not found: more than ten names of a reverse mapping, as that hangs on the client; void look-ups of
/// `ptr` and of names with macros are not counted for the same reason.
///
/// Cost: as many questions as LintOptions allow, one after the other, each name once. No recursion,
/// whatever strangers publish. Never throws but std::bad_alloc. Thread-safe where the resolver is.
[[nodiscard]] SPF_EXPORT DomainLint lint_domain(std::string_view domain, dns::Resolver& resolver,
                                                const LintOptions& options = {});

}  // namespace spf::lint
