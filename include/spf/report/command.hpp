/// \file report/command.hpp  Command lines that a person can copy.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf::report {

/// A word as a POSIX shell takes it: within single quotes, unless nothing in it is special to a shell.
/// Whatever strangers have put into it, the shell runs none of it.
[[nodiscard]] SPF_EXPORT std::string shell_word(std::string_view word);

/// `spfcheck` and these words in one line. Empty where one of them cannot be shown as it is, being other
/// than printable US-ASCII. Thread-safe; never throws but std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string command_line(std::span<const std::string> words);

}  // namespace spf::report
