// The report as one page of HTML.
#pragma once

#include <string>

#include "report/contents.hpp"

namespace spfcheck {

/// Returns a page that needs nothing else: no script, no font, no request. It is well-formed XML,
/// too, whatever the records contain.
[[nodiscard]] std::string html_of(const Contents& contents);

}  // namespace spfcheck
