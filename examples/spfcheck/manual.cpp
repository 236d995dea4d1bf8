// Writes the manual pages of spfcheck and the scripts for completion, when the program is built:
//   spfcheck_manual SOURCES FOLDER DATE
// SOURCES is the folder with the rooms of spfcheck, whose prose is merged; FOLDER gets man1/,
// completions/, and a folder such as it/man1/ for each language whose prose is in po/.

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "completion/scripts.hpp"
#include "io/exit_status.hpp"
#include "io/language.hpp"
#include "manual/page.hpp"
#include "manual/prose.hpp"
#include "spf/version.hpp"
#include "table/table.hpp"

namespace spfcheck {
namespace {

using Problems = std::vector<std::string>;

void write_file(const std::filesystem::path& path, const std::string& text, Problems& problems) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) problems.push_back(path.string() + ": cannot be written");
}

void write_completions(const CommandTable& program, const std::filesystem::path& folder,
                       Problems& problems) {
    const std::pair<const char*, void (*)(std::ostream&, const CommandTable&)> scripts[] = {
        {"spfcheck", write_bash}, {"_spfcheck", write_zsh}, {"spfcheck.fish", write_fish}};
    for (const auto& [name, write] : scripts) {
        std::ostringstream text;
        write(text, program);
        write_file(folder / name, text.str(), problems);
    }
}

Problems write_pages(const CommandTable& program, const std::filesystem::path& sources,
                     const std::filesystem::path& folder, const std::string& date) {
    const Edition edition{SPF_VERSION_STRING, date};
    const Prose shared = read_prose(sources / "options/options.man");
    Problems problems = strange_options(shared, program.commands);
    const auto write = [&](const CommandTable& table, const std::string& name,
                           const std::filesystem::path& prose) {
        const Prose own = read_prose(sources / prose);
        for (const std::string& each : strange_options(own, {table})) problems.push_back(each);
        if (!table.name.empty() && (table.examples.empty() || table.statuses.empty())) {
            problems.push_back(name + ": --help has no examples or no exit statuses");
        }
        write_file(folder / (name + ".1"), page_of(table, own, shared, edition), problems);
    };
    write(program, "spfcheck", "spfcheck.man");
    for (const CommandTable& command : program.commands) {
        write(command, "spfcheck-" + command.name,
              std::filesystem::path(command.name) / (command.name + ".man"));
    }
    return problems;
}

/// Writes the page of the program in each language in which there is prose for it.
void write_translations(const CommandTable& program, const std::filesystem::path& sources,
                        const std::filesystem::path& folder, const std::string& date,
                        Problems& problems) {
    std::error_code absent;  // then there are no other languages
    for (const auto& entry : std::filesystem::directory_iterator(sources / "po", absent)) {
        const std::string language = entry.path().stem().string();
        if (entry.path().extension() != ".man" || !choose_language(language)) continue;
        const InUtf8 scope;
        const Prose own = read_prose(entry.path());
        for (const std::string& each : strange_options(own, {program})) problems.push_back(each);
        write_file(folder / language / "man1/spfcheck.1",
                   page_of(in_language(program), own, Prose(), {SPF_VERSION_STRING, date}),
                   problems);
    }
    static_cast<void>(choose_language("en"));
}

int write_all(const std::filesystem::path& sources, const std::filesystem::path& folder,
              const std::string& date) {
    const CommandTable program = table_of_program();
    std::filesystem::remove_all(folder / "man1");  // with pages of sub-commands that are gone
    Problems problems = write_pages(program, sources, folder / "man1", date);
    write_completions(program, folder / "completions", problems);
    write_translations(program, sources, folder, date, problems);
    for (const std::string& problem : problems) std::cerr << problem << '\n';
    return problems.empty() ? exit_ok : exit_data;
}

}  // namespace
}  // namespace spfcheck

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: spfcheck_manual SOURCES FOLDER DATE\n";
        return spfcheck::exit_usage;
    }
    try {
        return spfcheck::write_all(argv[1], argv[2], argv[3]);
    } catch (const std::exception& error) {
        std::cerr << "spfcheck_manual: " << error.what() << '\n';
        return spfcheck::exit_internal;
    }
}
