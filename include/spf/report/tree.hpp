/// \file report/tree.hpp  A trace, drawn as a tree.
#pragma once

#include <string>

#include "spf/base/export.hpp"
#include "spf/evaluation/trace.hpp"
#include "spf/report/text.hpp"

namespace spf::report {

/// One step per line, its children below it and indented, in the order of evaluation:
///
///     example.com: fail
///     |  v=spf1 mx -all
///     |- TXT example.com: ok
///     |- mx: no match
///     |  |- MX example.com: 10 mx.example.com
///     |  `- A mx.example.com: 192.0.2.3
///     `- -all: match
///
/// Ends with a line break, unless the trace is empty. Printable US-ASCII, except for what `style`
/// adds. Linear in the trace. Thread-safe; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string tree(const Trace& trace, const TextStyle& style = {});

}  // namespace spf::report
