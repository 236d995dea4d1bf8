// The tree of a domain's includes for Graphviz.
#pragma once

#include <string>

#include "report/contents.hpp"

namespace spfcheck {

/// Returns a graph in the language of Graphviz (DOT): a node for each row of the picture.
[[nodiscard]] std::string dot_of(const Contents& contents);

}  // namespace spfcheck
