// The text of a page.
#pragma once

#include <string>
#include <string_view>

namespace spfcheck {

/// Returns the text of HTML: without tags, comments, scripts and styles, with line ends where
/// blocks begin and end, and with characters in place of their names and numbers.
[[nodiscard]] std::string text_of_html(std::string_view html);

}  // namespace spfcheck
