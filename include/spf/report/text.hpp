/// \file report/text.hpp  An outcome as a person reads it.
#pragma once

#include <cstddef>
#include <string>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/report/advice.hpp"

namespace spf::report {

/// How text is laid out.
struct TextStyle {
    std::size_t width = 80;  ///< columns; text is wrapped, records are not broken within a term
    bool unicode = false;    ///< draw the tree with box characters (UTF-8) instead of US-ASCII
    bool colour = false;     ///< mark results with the colours of an ANSI terminal (ECMA-48 SGR)
};

/// The outcome in one line and one sentence, without line break, such as
/// `fail: 198.51.100.7 may not send mail for example.com (its record ends in "-all")`.
/// Begins with the result and a colon. Printable US-ASCII, whatever strangers sent. Thread-safe.
[[nodiscard]] SPF_EXPORT std::string summary(const Outcome& outcome);

/// First the summary in one line, without its grounds where that would be longer than the width; then
/// why, with the place of a syntax error underlined; then what to do, each command that helps in a line of
/// its own. Ends with a line break. The record that decided is shown where
/// the outcome has a trace. Thread-safe; never throws but std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string report(const Outcome& outcome, const TextStyle& style = {},
                                            const AdviceContext& context = {});

}  // namespace spf::report
