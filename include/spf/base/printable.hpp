/// \file base/printable.hpp  Text of strangers, made safe to show, to log and to put into a header field.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// `text` with every octet outside printable US-ASCII (0x20 to 0x7e) written as what it is, `\x1b`, so
/// that it can neither end a line nor steer a terminal. That holds for all octets of what is not
/// US-ASCII: whether a terminal shows it, how wide, and in which direction, only the terminal knows, and
/// among it are more controls (C1, such as U+009B), characters that turn the text around them (U+202E)
/// and that nobody sees (U+200B). A backslash stays as it is, so nothing changes twice. What comes to
/// more than `longest` octets is cut, never within an escape, and ends in `...`, for which `longest` has
/// to be at least 3.
[[nodiscard]] SPF_EXPORT std::string printable(std::string_view text,
                                               std::size_t longest = std::string_view::npos);

}  // namespace spf
