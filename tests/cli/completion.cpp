// spfcheck completion: what real shells propose.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
    Lines out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out.push_back(line);
    return out;
}

std::string in_quotes(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + '\'';
}

/// Says SKIPPED if a shell is not installed.
bool lacks(const std::string& program) {
    const bool is_missing = shell("command -v " + program).status != 0;
    if (is_missing) std::cout << "SKIPPED: there is no " << program << '\n';
    return is_missing;
}

/// Returns what bash proposes in place of the last of these words.
Lines in_bash(const Lines& words) {
    std::string array;
    for (const std::string& word : words) array += in_quotes(word) + ' ';
    const TemporaryFile script(spfcheck({"completion", "bash"}).out + "COMP_WORDS=(" + array +
                               ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) +
                               "\n_spfcheck\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
    const Run run = shell("bash --norc -u " + script.path());
    CAPTURE(words);
    CHECK(run.err == "");
    Lines out = lines_of(run.out);
    std::erase(out, std::string());
    return out;
}

/// Returns what fish proposes at the end of a line, without descriptions.
Lines in_fish(const std::string& line) {
    const TemporaryFile script(spfcheck({"completion", "fish"}).out + "complete -C " +
                               in_quotes(line) + '\n');
    const Run run = shell("HOME=/nonexistent fish --no-config " + script.path());
    CAPTURE(line);
    CHECK(run.err == "");
    Lines out = lines_of(run.out);
    for (std::string& each : out) each.resize(std::min(each.find('\t'), each.size()));
    return out;
}

/// Returns what zsh makes of a line when the tabulator key is pressed at its end.
std::string in_zsh(const std::string& line) {
    const TemporaryFile script(spfcheck({"completion", "zsh"}).out);
    const Run run = shell("timeout 60 zsh -f " SPF_SOURCE_DIR "/tests/cli/complete.zsh " +
                          script.path() + ' ' + in_quotes(line));
    CHECK(run.status == 0);
    return first_line(run.out);
}

/// The lines that have one continuation in each shell, and this.
const Lines& lines_with_one_end() {
    static const Lines lines{
        "spfcheck auth|orize",
        "spfcheck check --iden|tity",
        "spfcheck check --identity h|elo",
        "spfcheck --color alw|ays",
        "spfcheck example.com --color nev|er",
        "spfcheck help comp|letion",
        "spfcheck completion f|ish",
        "spfcheck verify " SPF_SOURCE_DIR "/CHANGE|LOG.md",
        "spfcheck check --zone " SPF_SOURCE_DIR "/CHANGE|LOG.md",
        "spfcheck providers google-work|space",
        "spfcheck authorize example.com google-work|space",
        "spfcheck --zone f --timeout 2 netw|orks",
    };
    return lines;
}

std::pair<std::string, std::string> parts_of(const std::string& line) {
    const std::size_t bar = line.find('|');
    return {line.substr(0, bar), line.substr(bar + 1)};
}

/// Returns the words of a line without quotes.
Lines words_of(const std::string& line) {
    Lines out;
    std::istringstream text(line);
    for (std::string word; text >> word;) out.push_back(word);
    if (line.ends_with(' ')) out.emplace_back();
    return out;
}

Lines sorted(Lines lines) {
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace

TEST_CASE("bash completes commands, options, values, services and files", "[cli][completion]") {
    if (lacks("bash")) return;
    for (const std::string& line : lines_with_one_end()) {
        const auto [typed, end] = parts_of(line);
        CAPTURE(line);
        CHECK(in_bash(words_of(typed)) == Lines{words_of(typed).back() + end});
    }
    CHECK(in_bash({"spfcheck", "check", "--color", "="}) == Lines{"auto", "always", "never"});
    CHECK(in_bash({"spfcheck", "check", "--color", "=", "al"}) == Lines{"always"});
}

TEST_CASE("fish completes commands, options, values, services and files", "[cli][completion]") {
    if (lacks("fish")) return;
    for (const std::string& line : lines_with_one_end()) {
        const auto [typed, end] = parts_of(line);
        CAPTURE(line);
        CHECK(in_fish(typed) == Lines{words_of(typed).back() + end});
    }
    CHECK(in_fish("spfcheck check --color=al") == Lines{"--color=always"});
}

TEST_CASE("zsh completes commands, options, values, services and files", "[cli][completion]") {
    if (lacks("zsh")) return;
    for (const std::string& line : lines_with_one_end()) {
        const auto [typed, end] = parts_of(line);
        CAPTURE(line);
        CHECK_THAT(in_zsh(typed), Catch::StartsWith(typed + end));
    }
    CHECK_THAT(in_zsh("spfcheck check --color=al"),
               Catch::StartsWith("spfcheck check --color=always"));
}

TEST_CASE("every option that help lists is proposed", "[cli][completion]") {
    const bool has_fish = !lacks("fish");
    const Lines commands = in_bash({"spfcheck", ""});
    CHECK(commands.size() >= 14);
    for (const std::string& command : commands) {
        if (command == "help") continue;
        const Lines options = in_bash({"spfcheck", command, "--"});
        const Lines in_help = [&command] {
            Lines out;
            for (const std::string& line : lines_of(spfcheck({command, "--help"}).out)) {
                const std::size_t begin = line.find("--");
                if (!line.starts_with("  -") || begin > 8) continue;
                out.push_back(line.substr(begin, line.find_first_of(" ,", begin) - begin));
            }
            return out;
        }();
        CAPTURE(command);
        CHECK(sorted(options) == sorted(in_help));
        if (has_fish) CHECK(sorted(in_fish("spfcheck " + command + " --")) == sorted(in_help));
    }
}

TEST_CASE("nothing is proposed where nobody can know the value", "[cli][completion]") {
    CHECK(in_bash({"spfcheck", "check", "--nameserver", ""}).empty());
    CHECK(in_bash({"spfcheck", "networks", ""}).empty());
    CHECK(in_bash({"spfcheck", "nonsense", ""}).empty());
    if (lacks("fish")) return;
    CHECK(in_fish("spfcheck check --nameserver ").empty());
    CHECK(in_fish("spfcheck networks ").empty());
}

TEST_CASE("a file name with a space is proposed as one", "[cli][completion]") {
    const TemporaryFile unique("");
    const std::string name = unique.path() + " a zone";
    std::ofstream(name) << "";
    CHECK(in_bash({"spfcheck", "check", "--zone", name.substr(0, name.size() - 2)}) == Lines{name});
    CHECK(std::remove(name.c_str()) == 0);
}

TEST_CASE("there is no completion for other shells", "[cli][completion][usage]") {
    const Run run = spfcheck({"completion", "tcsh"});
    CHECK(run.status == 64);
    CHECK_THAT(run.err, Contains("bash, zsh or fish"));
}
