// Suggested commands in JSON.
#pragma once

#include <span>

#include "io/json.hpp"
#include "spf/advice/next.hpp"

namespace spfcheck {

/// Returns an array with the commands and what they show.
[[nodiscard]] Json to_json(std::span<const spf::advice::Next> steps);

}  // namespace spfcheck
