/// \file base/printable.hpp  Makes text from untrusted senders safe to show, to log and to put into
/// header fields.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// Returns `text` with every octet outside printable US-ASCII (0x20 to 0x7e) replaced by an escape
/// such as `\x1b`, so that the result can neither end a line nor control a terminal.
///
/// Characters beyond US-ASCII are replaced, too, octet by octet of their UTF-8. They are not safe:
/// Unicode has more control characters (C1, such as U+009B), characters that reverse the text
/// around them (U+202E), and invisible characters (U+200B). Only the terminal knows whether, how
/// wide and in which direction it shows a character, so no list of safe characters would be right
/// everywhere.
///
/// A backslash is not escaped, so applying printable() a second time changes nothing. If the result
/// would have more than `longest` octets, it is cut and ends in `...`; the cut is never within an
/// escape. `longest` must be at least 3.
[[nodiscard]] SPF_EXPORT std::string printable(std::string_view text,
                                               std::size_t longest = std::string_view::npos);

}  // namespace spf
