// The commands that an overview suggests.
#pragma once

#include <vector>

#include "overview/overview.hpp"
#include "overview/picture.hpp"
#include "spf/advice/next.hpp"

namespace spfcheck {

using spf::advice::Next;

/// Returns the commands that help with what the picture shows, the most useful first; at most
/// three.
[[nodiscard]] std::vector<Next> next_of(const Picture& picture, const OverviewOptions& options);
/// Returns the command that prints the whole overview, or lint, for "and N more".
[[nodiscard]] Next whole_overview(const Picture& picture, const OverviewOptions& options);
[[nodiscard]] Next whole_lint(const Picture& picture, const OverviewOptions& options);

}  // namespace spfcheck
