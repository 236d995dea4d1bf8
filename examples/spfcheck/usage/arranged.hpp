// Command lines in the form that the parser expects: the sub-command first.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "table/table.hpp"

namespace spfcheck {

/// Returns the words of a command line with the sub-command first, even if options stand before it.
/// A name in place of a sub-command gets the sub-command `overview`, a record `lint --record` (a
/// note on `err` says so), and `help COMMAND` becomes `COMMAND --help`. Other words are returned as
/// they are.
[[nodiscard]] std::vector<std::string> arranged(std::vector<std::string> words,
                                                const CommandTable& program, std::ostream& err);

/// Removes the option `--lang LANGUAGE` from a command line, in which it may have any place before
/// `--`. Returns its value, which is empty if the option has none; nothing without the option.
[[nodiscard]] std::optional<std::string> take_language(std::vector<std::string>& words,
                                                       const CommandTable& program);

}  // namespace spfcheck
