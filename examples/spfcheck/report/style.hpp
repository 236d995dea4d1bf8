// The style sheets of the page and of the picture. They are no text for people. None has characters
// that XML would need escaped.
#pragma once

#include <string>

namespace spfcheck {

/// Returns the style sheet of a page, which includes that of its picture. It has one column, which
/// is never wider than is good to read, and is light, dark, or for paper, as the reader has it.
[[nodiscard]] std::string style_of_page();
/// Returns the style sheet of a picture of its own. It has no variables, which programs that draw
/// pictures do not know; those that know no dark screens draw it light.
[[nodiscard]] std::string style_of_picture();

}  // namespace spfcheck
