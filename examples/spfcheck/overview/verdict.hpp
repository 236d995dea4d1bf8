// The sentences of an overview about the domain as a whole.
#pragma once

#include <string>

#include "overview/picture.hpp"

namespace spfcheck {

/// Returns the first output line: whether there are errors, how many lookups a check needs, who may
/// send, and what happens to others. If there is no usable record, says why.
[[nodiscard]] std::string verdict_of(const Picture& picture);
/// Returns the numbers in full; empty if there is no usable record.
[[nodiscard]] std::string facts_of(const Picture& picture);

}  // namespace spfcheck
