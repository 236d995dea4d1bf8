// The manual pages, which are made from the table of sub-commands when spfcheck is built.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

const std::filesystem::path folder = SPF_MANUAL_FOLDER;

std::string contents(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// The page of a sub-command as its readers see it, without the escapes of roff.
std::string page(const std::string& command) {
    std::string out =
        contents(folder / (command.empty() ? "spfcheck.1" : "spfcheck-" + command + ".1"));
    const std::pair<std::string, std::string> escapes[] = {
        {"\\-", "-"}, {"\\~", " "},   {"\\fB", ""},    {"\\fR", ""},
        {"\\fI", ""}, {"\\(ti", "~"}, {"\\(dq", "\""}, {"\\(aq", "'"}};
    for (const auto& [escape, meant] : escapes) {
        for (std::size_t at = 0; (at = out.find(escape, at)) != std::string::npos;)
            out.replace(at, escape.size(), meant);
    }
    return out;
}

/// The first words of the indented lines under a title of a help text.
std::vector<std::string> rows(const std::string& help, const std::string& title) {
    std::vector<std::string> out;
    std::istringstream lines(help.substr(help.find("\n" + title + ":\n") + title.size() + 3));
    for (std::string line; std::getline(lines, line) && !line.empty();) {
        if (line.size() > 2 && line[2] != ' ') out.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return out;
}

/// Runs a program on all pages. Returns its complaints; says SKIPPED if there is no such program.
std::string complaints(const std::string& program, const std::string& arguments) {
    const Run run = shell("command -v " + program + " >/dev/null || { echo SKIPPED: no " + program +
                          "; exit 0; }; for page in '" + folder.string() + "'/*.1; do " + program +
                          ' ' + arguments + " \"$page\" 2>&1 >/dev/null; done");
    if (run.out.starts_with("SKIPPED")) {
        std::cout << run.out;
        return {};
    }
    CHECK(run.status == 0);
    return run.out + run.err;
}

}  // namespace

TEST_CASE("each sub-command has a manual page with all that its help has", "[cli][man]") {
    const std::vector<std::string> commands = rows(spfcheck({"--help"}).out, "Commands");
    CHECK(commands.size() >= 12);
    for (const std::string& command : commands) {
        const std::string help = spfcheck({command, "--help"}).out;
        const std::string manual = page(command);
        CAPTURE(command);
        CHECK_THAT(page(""), Contains(".BR spfcheck-" + command + " (1)"));
        CHECK_THAT(manual, Contains("spfcheck-" + command + " - "));
        std::istringstream lines(help);
        bool in_examples = false;
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with(' ')) in_examples = line == "Examples:";
            CAPTURE(line);
            if (in_examples && line.starts_with("  ")) {
                CHECK_THAT(manual,
                           Contains('\n' + line.substr(line.find_first_not_of(' ')) + '\n'));
            }
            const std::size_t option = line.find("--");
            if (!line.starts_with("  -") || option == std::string::npos || option > 8) continue;
            const std::string name = line.substr(option, line.find_first_of(" ,", option) - option);
            CHECK_THAT(manual, Contains(".TP\n" + name) || Contains(", " + name));
        }
        for (const std::string section : {"SYNOPSIS", "OPTIONS", "EXIT STATUS", "EXAMPLES"}) {
            CHECK_THAT(manual, Contains("\n.SH " + section + '\n'));
        }
    }
}

TEST_CASE("the manual pages have the version and a date", "[cli][man]") {
    const std::string version = first_line(spfcheck({"--version"}).out);
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        CAPTURE(entry.path().string());
        CHECK_THAT(first_line(contents(entry.path())),
                   Catch::Matches("\\.TH SPFCHECK.* 1 [0-9]{4}-[0-9]{2}-[0-9]{2} \"" + version +
                                  "\" \"User Commands\""));
    }
}

TEST_CASE("the manual pages have no mistakes that groff notices", "[cli][man]") {
    CHECK(complaints("groff", "-man -Tutf8 -ww") == "");
}

TEST_CASE("the manual pages have no mistakes that mandoc notices", "[cli][man]") {
    CHECK(complaints("mandoc", "-Tlint") == "");
}

TEST_CASE("prose about an option that a sub-command does not have is refused", "[cli][man]") {
    const TemporaryFile unique("");
    const std::filesystem::path sources = unique.path() + ".d";
    std::filesystem::create_directories(sources / "check");
    std::ofstream(sources / "check/check.man") << ".SH OPTIONS\n.SS \\-\\-frobnicate\nText.\n";
    const Run run = shell(SPF_MANUAL_PROGRAM " " + sources.string() + ' ' + sources.string() +
                          "/out 2026-01-02");
    CHECK(run.status == 65);
    CHECK_THAT(run.err, Contains("check/check.man:2: no option --frobnicate"));
    std::filesystem::remove_all(sources);
}
