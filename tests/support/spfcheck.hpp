// Runs spfcheck as its users do, and returns its output and its exit status.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace cli_test {

/// The results of a run.
struct Run {
    /// The exit status, or 128 plus the number of the signal that killed the program.
    int status = -1;
    std::string out;
    std::string err;
};

/// Runs spfcheck with these arguments, without a shell, and with empty input. The environment is
/// plain (locale "C", no terminal). `environment` contains additional variables in the form
/// "NAME=value".
Run spfcheck(const std::vector<std::string>& arguments,
             const std::vector<std::string>& environment = {});

/// Runs `command` in a shell in which `$SPFCHECK` is the path of the program.
Run shell(const std::string& command);

/// Runs `spfcheck check --zone <the bundled example>` with additional arguments.
Run check(const std::vector<std::string>& arguments,
          const std::vector<std::string>& environment = {});

/// Runs check() with --json and returns the parsed output. The test fails if the output is not a
/// single object.
nlohmann::json check_json(const std::vector<std::string>& arguments);

/// Returns the output lines of `spfcheck batch` by their id. The key of a line without an id is its
/// line number.
std::map<std::string, nlohmann::json> batch_answers(const std::string& out);

/// Returns whether the program was built without gmime, without libidn2, or without libpsl. If so,
/// tells CTest that the test is skipped.
bool lacks_gmime();
bool lacks_idn2();
bool lacks_psl();

/// Returns the path of a file in examples/zones/.
std::string zone(const std::string& name);

/// A file in the temporary folder, which this object removes when it is destroyed.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& text);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    TemporaryFile(TemporaryFile&&) = delete;
    TemporaryFile& operator=(TemporaryFile&&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
};

/// Returns the first line of a text, without its line end.
std::string first_line(const std::string& text);

}  // namespace cli_test
