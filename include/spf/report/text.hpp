/// \file report/text.hpp  Describes an outcome for people.
#pragma once

#include <cstddef>
#include <string>

#include "spf/base/export.hpp"
#include "spf/base/language.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf::report {

/// How functions such as report() and tree() lay out their texts.
struct TextStyle {
    /// The maximum number of columns of a line. A record is wrapped only between its terms, so a
    /// long term makes a longer line.
    std::size_t width = 80;
    /// Whether to draw trees with box characters (UTF-8) instead of US-ASCII.
    bool unicode = false;
    /// Whether to show results in the colours of an ANSI terminal (ECMA-48 SGR).
    bool colour = false;
    /// The language of the text. Names of results, records and names of DNS are the same in all.
    Language language{};
};

/// Returns the outcome as one sentence in one line, without line break:
///
///     fail: 198.51.100.7 may not send mail for example.com (its record ends in "-all")
///
/// The line begins with the result and a colon. It is printable US-ASCII, even if it contains
/// untrusted texts. Thread-safe.
[[nodiscard]] SPF_EXPORT std::string summary(const Outcome& outcome);
/// Returns the outcome as one sentence in a language. Only the translation may have octets that are
/// not US-ASCII.
[[nodiscard]] SPF_EXPORT std::string summary(const Outcome& outcome, const Language& language);

/// Returns the whole report. Its first line is summary(), but without the part in parentheses if
/// the line would be longer than TextStyle::width. The report then gives the reasons, and
/// underlines the place of a syntax error. If the outcome has a trace, the report shows the record
/// that decided. It ends with a line break. It does not advise what to do: advice/advice.hpp has a
/// function text() for this. Thread-safe. Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string report(const Outcome& outcome, const TextStyle& style = {});

}  // namespace spf::report
