/// \file base/printable.hpp  Makes text from untrusted senders safe to show, to log and to put into
/// header fields.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// `text` with every octet outside printable US-ASCII (0x20 to 0x7e) replaced by an escape such as
/// `\x1b`, so that it can neither end a line nor control a terminal.
///
/// This includes all octets of UTF-8. Only the terminal knows whether, how wide and in which
/// direction it shows a character, and Unicode has more control characters (C1, such as U+009B),
/// characters that reverse the text around them (U+202E), and invisible characters (U+200B). A
/// backslash stays as it is, so printable() applied twice changes nothing more. A result of more
/// than `longest` octets is cut, never within an escape, and ends in `...`; `longest` has to be at
/// least 3.
[[nodiscard]] SPF_EXPORT std::string printable(std::string_view text,
                                               std::size_t longest = std::string_view::npos);

}  // namespace spf
