// The commands that an overview suggests.
#pragma once

#include <string>
#include <vector>

#include "overview/overview.hpp"
#include "overview/picture.hpp"
#include "spf/dns/resolver.hpp"

namespace spfcheck {

/// A command that a person may run next.
struct Next {
    std::vector<std::string> words;  ///< the arguments of spfcheck
    std::string why;                 ///< what the command shows
};

/// Returns the commands that help with what the picture shows, the most useful first; at most
/// three. For a domain without a record, asks `resolver` for the mail servers of the domain.
[[nodiscard]] std::vector<Next> next_of(const Picture& picture, const OverviewOptions& options,
                                        spf::dns::Resolver& resolver);
/// Returns the command that prints the whole overview, or lint, for "and N more".
[[nodiscard]] Next whole_overview(const Picture& picture, const OverviewOptions& options);
[[nodiscard]] Next whole_lint(const Picture& picture, const OverviewOptions& options);

}  // namespace spfcheck
