#include "support/spfcheck.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/catch.hpp"

namespace cli_test {
namespace {

std::string contents(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

Run run(std::vector<std::string> command, const std::vector<std::string>& environment) {
    const TemporaryFile out("");
    const TemporaryFile err("");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.path().c_str(), O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.path().c_str(), O_WRONLY, 0);

    // If a name occurs twice, the first value is used.
    std::vector<std::string> variables = environment;
    variables.insert(variables.end(), {"LC_ALL=C", "PATH=/usr/bin:/bin", "SPFCHECK=" SPF_SPFCHECK});
    pid_t child = 0;
    const int error = posix_spawn(&child, command.front().c_str(), &actions, nullptr,
                                  pointers(command).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    REQUIRE(error == 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    const int exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {exit_status, contents(out.path()), contents(err.path())};
}

}  // namespace

TemporaryFile::TemporaryFile(const std::string& text) {
    std::string path = "/tmp/spfcheck-test-XXXXXX";
    const int file = mkstemp(path.data());
    REQUIRE(file >= 0);
    close(file);
    path_ = path;
    std::ofstream(path_, std::ios::binary) << text;
}

TemporaryFile::~TemporaryFile() { unlink(path_.c_str()); }

Run spfcheck(const std::vector<std::string>& arguments,
             const std::vector<std::string>& environment) {
    std::vector<std::string> command{SPF_SPFCHECK};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run(command, environment);
}

Run shell(const std::string& command) { return run({"/bin/sh", "-c", command}, {}); }

Run check(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
    std::vector<std::string> all{"check", "--zone", zone("example.zone")};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return spfcheck(all, environment);
}

nlohmann::json check_json(const std::vector<std::string>& arguments) {
    std::vector<std::string> all = arguments;
    all.emplace_back("--json");
    const Run result = check(all);
    CAPTURE(result.out, result.err);
    REQUIRE(result.err.empty());
    nlohmann::json json = nlohmann::json::parse(result.out, nullptr, false);
    REQUIRE(json.is_object());
    return json;
}

std::map<std::string, nlohmann::json> batch_answers(const std::string& out) {
    std::map<std::string, nlohmann::json> found;
    std::istringstream lines(out);
    for (std::string line; std::getline(lines, line);) {
        nlohmann::json json = nlohmann::json::parse(line);
        const std::string key =
            json["id"].is_null() ? "line " + json["line"].dump() : json["id"].dump();
        REQUIRE(found.emplace(key, std::move(json)).second);
    }
    return found;
}

bool lacks_gmime() {
    if (!SPF_WITH_GMIME) std::cout << "SKIPPED: spfcheck was built without gmime\n";
    return !SPF_WITH_GMIME;
}

bool lacks_idn2() {
    if (!SPF_WITH_IDN2) std::cout << "SKIPPED: spfcheck was built without libidn2\n";
    return !SPF_WITH_IDN2;
}

bool lacks_psl() {
    if (!SPF_WITH_PSL) std::cout << "SKIPPED: spfcheck was built without libpsl\n";
    return !SPF_WITH_PSL;
}

std::string zone(const std::string& name) { return SPF_SOURCE_DIR "/examples/zones/" + name; }

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace cli_test
