// Manual pages, made from the command table and from prose.
#pragma once

#include <string>
#include <vector>

#include "manual/prose.hpp"
#include "table/table.hpp"

namespace spfcheck {

/// What is at the head and the foot of each page.
struct Edition {
    std::string version;  ///< such as "1.2.3"
    std::string date;     ///< such as "2026-11-29"
};

/// Returns the page of the program (a table without name) or of one of its sub-commands.
/// \param shared  prose about options that several sub-commands have
[[nodiscard]] std::string page_of(const CommandTable& table, const Prose& own, const Prose& shared,
                                  const Edition& edition);

/// Returns what is wrong with the prose: options that no table has, one message for each.
/// \param tables  those whose options the prose may describe
[[nodiscard]] std::vector<std::string> strange_options(const Prose& prose,
                                                       const std::vector<CommandTable>& tables);

}  // namespace spfcheck
