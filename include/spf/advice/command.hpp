/// \file advice/command.hpp  Command lines that people can copy.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf::advice {

/// A word for a POSIX shell: in single quotes, unless it has no character that is special to a
/// shell. The shell executes no part of the word, even if the text is from an untrusted sender.
[[nodiscard]] SPF_EXPORT std::string shell_word(std::string_view word);

/// `spfcheck` and these words in one line. Empty if a word is not printable US-ASCII, so that it
/// cannot be shown as it is. Thread-safe; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string command_line(std::span<const std::string> words);

}  // namespace spf::advice
