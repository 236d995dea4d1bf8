// The sentences of an overview about the domain as a whole.
#pragma once

#include <string>

#include "io/language.hpp"
#include "overview/picture.hpp"

namespace spfcheck {

/// Returns the first output line: whether there are errors, how many lookups a check needs, who may
/// send, and what happens to others. If there is no usable record, says why.
[[nodiscard]] Spoken verdict_of(const Picture& picture);
/// Returns the numbers in full; empty if there is no usable record.
[[nodiscard]] Spoken facts_of(const Picture& picture);

}  // namespace spfcheck
