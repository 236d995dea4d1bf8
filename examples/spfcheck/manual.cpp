// Writes the manual pages of spfcheck, when the program is built:
//   spfcheck_manual SOURCES FOLDER DATE
// SOURCES is the folder with the rooms of spfcheck, whose prose is merged; FOLDER gets the pages.

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "commands.hpp"
#include "manual/page.hpp"
#include "manual/prose.hpp"
#include "spf/version.hpp"
#include "table/table.hpp"

namespace spfcheck {
namespace {

/// Returns the table of the program, of which the tables of its sub-commands are a part.
CommandTable table_of_program() {
    CLI::App app;
    const SubCommands commands(app);
    return table_of(app);
}

int write_pages(const std::filesystem::path& sources, const std::filesystem::path& folder,
                const std::string& date) {
    const Edition edition{SPF_VERSION_STRING, date};
    const CommandTable program = table_of_program();
    const Prose shared = read_prose(sources / "options/options.man");
    std::vector<std::string> problems = strange_options(shared, program.commands);
    std::filesystem::create_directories(folder);
    const auto write = [&](const CommandTable& table, const std::string& name,
                           const std::filesystem::path& prose) {
        const Prose own = read_prose(sources / prose);
        for (const std::string& each : strange_options(own, {table})) problems.push_back(each);
        if (!table.name.empty() && (table.examples.empty() || table.statuses.empty())) {
            problems.push_back(name + ": --help has no examples or no exit statuses");
        }
        std::ofstream file(folder / (name + ".1"), std::ios::binary);
        file << page_of(table, own, shared, edition);
        file.close();
        if (!file) problems.push_back(name + ".1: cannot be written");
    };
    write(program, "spfcheck", "spfcheck.man");
    for (const CommandTable& command : program.commands) {
        write(command, "spfcheck-" + command.name,
              std::filesystem::path(command.name) / (command.name + ".man"));
    }
    for (const std::string& problem : problems) std::cerr << problem << '\n';
    return problems.empty() ? 0 : 1;
}

}  // namespace
}  // namespace spfcheck

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: spfcheck_manual SOURCES FOLDER DATE\n";
        return spfcheck::exit_usage;
    }
    try {
        return spfcheck::write_pages(argv[1], argv[2], argv[3]);
    } catch (const std::exception& error) {
        std::cerr << "spfcheck_manual: " << error.what() << '\n';
        return spfcheck::exit_internal;
    }
}
