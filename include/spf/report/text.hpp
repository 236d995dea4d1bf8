/// \file report/text.hpp  An outcome as a person reads it.
#pragma once

#include <cstddef>
#include <string>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf::report {

/// The layout of text.
struct TextStyle {
    std::size_t width = 80;  ///< columns; text is wrapped, but records are not broken within a term
    bool unicode = false;    ///< draw the tree with box characters (UTF-8) instead of US-ASCII
    bool colour = false;     ///< mark results with the colours of an ANSI terminal (ECMA-48 SGR)
};

/// The outcome as one sentence in one line, without line break:
///
///     fail: 198.51.100.7 may not send mail for example.com (its record ends in "-all")
///
/// Begins with the result and a colon. Printable US-ASCII, even if texts are untrusted.
/// Thread-safe.
[[nodiscard]] SPF_EXPORT std::string summary(const Outcome& outcome);

/// The whole report. It begins with the summary in one line, without the part in parentheses if
/// that would exceed the width. Then it says why, with the place of a syntax error underlined.
/// Shows the record that decided if the outcome has a trace. Ends with a line break. What to do is
/// not in it: advice/advice.hpp has text() for that. Thread-safe; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string report(const Outcome& outcome, const TextStyle& style = {});

}  // namespace spf::report
