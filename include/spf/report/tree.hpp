/// \file report/tree.hpp  Draws a trace as a tree.
#pragma once

#include <string>

#include "spf/base/export.hpp"
#include "spf/evaluation/trace.hpp"
#include "spf/report/text.hpp"

namespace spf::report {

/// Returns a drawing of the trace in the order of evaluation. Each step is a line, and the steps
/// within it follow on indented lines:
///
///     example.com: fail
///     |  v=spf1 mx -all
///     |- TXT example.com: ok
///     |- mx: no match
///     |  |- MX example.com: 10 mx.example.com
///     |  `- A mx.example.com: 192.0.2.3
///     `- -all: match
///
/// The text ends with a line break, unless the trace is empty. It is printable US-ASCII, except for
/// box characters and colours that `style` asks for. Takes time linear in the size of the trace.
/// Thread-safe. Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string tree(const Trace& trace, const TextStyle& style = {});

}  // namespace spf::report
