// Prints an overview for people, and converts it to JSON for programs.
#pragma once

#include <iosfwd>
#include <vector>

#include "io/json.hpp"
#include "overview/next.hpp"
#include "overview/overview.hpp"
#include "overview/picture.hpp"
#include "spf/report/text.hpp"

namespace spfcheck {

/// Returns an object with the keys of `lint --json`, except `costs`, and with the terms, the
/// numbers of addresses and the commands.
[[nodiscard]] Json to_json(const Picture& picture, const std::vector<Next>& next);

/// Prints for people: the verdict, the terms, the findings and the commands. Without
/// OverviewOptions::all, prints one screen of 24 lines; what does not fit is replaced by a command
/// that shows it.
void print(std::ostream& out, const Picture& picture, const std::vector<Next>& next,
           const OverviewOptions& options);

}  // namespace spfcheck
