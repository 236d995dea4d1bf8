/// \file advice/command.hpp  Writes command lines that people can copy into a shell.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"

namespace spf::advice {

/// Returns `word` in a form that a POSIX shell reads as one argument. The word is put in single
/// quotes if it is empty or contains a character that may be special to a shell. The shell executes
/// no part of it, even if the text is from an untrusted sender.
[[nodiscard]] SPF_EXPORT std::string shell_word(std::string_view word);

/// Returns a command line: `spfcheck`, followed by `words` as arguments. Returns an empty string if
/// a word contains an octet outside printable US-ASCII, because then the command cannot be shown
/// unchanged. Thread-safe. Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string command_line(std::span<const std::string> words);

/// Returns the command line in lines of at most `width` columns that can be copied into a shell. A
/// line that is continued ends in a backslash. A single word in quotes is not divided. Returns no
/// line if command_line() is empty.
[[nodiscard]] SPF_EXPORT std::vector<std::string> command_lines(std::span<const std::string> words,
                                                                std::size_t width);

/// Returns the command line in lines of at most `width` columns, as command_lines() does, but
/// indented by two spaces. A line that begins with the rest of a word is not indented, because
/// spaces would end the word.
[[nodiscard]] SPF_EXPORT std::vector<std::string> indented_command_lines(
    std::span<const std::string> words, std::size_t width);

}  // namespace spf::advice
