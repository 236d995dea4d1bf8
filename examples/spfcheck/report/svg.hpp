// The picture of where the lookups of a check go.
#pragma once

#include <string>

#include "report/contents.hpp"
#include "report/markup.hpp"

namespace spfcheck {

/// Appends the picture to a page. It is as wide as the place that it has there; the page has the
/// style sheet (style_of_page()).
void write_picture(Markup& out, const Branches& branches, const std::string& domain);

/// Returns the picture as a file of its own, with a style sheet.
[[nodiscard]] std::string svg_of(const Contents& contents);

}  // namespace spfcheck
