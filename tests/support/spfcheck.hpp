// Runs spfcheck as its users do: arguments in, text and exit status out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace cli_test {

/// The results of a run.
struct Run {
    int status = -1;  ///< exit status; 128 + signal if it was killed
    std::string out;
    std::string err;
};

/// Runs spfcheck with these arguments (no shell), empty input, and a plain environment (locale "C",
/// no terminal); `environment` adds to it, as in "NAME=value".
Run spfcheck(const std::vector<std::string>& arguments,
             const std::vector<std::string>& environment = {});

/// Runs `command` in a shell, in which `$SPFCHECK` is the program.
Run shell(const std::string& command);

/// Runs `spfcheck check --zone <the bundled example>` with more arguments.
Run check(const std::vector<std::string>& arguments,
          const std::vector<std::string>& environment = {});

/// Runs check() with --json and parses its output; the test fails if that is not a single object.
nlohmann::json check_json(const std::vector<std::string>& arguments);

/// The answers of `spfcheck batch` by id; an answer without an id has its line number instead.
std::map<std::string, nlohmann::json> batch_answers(const std::string& out);

/// Whether the program was built without gmime, or libidn2; if so, tells CTest that the test is
/// skipped.
bool lacks_gmime();
bool lacks_idn2();

/// A path below examples/zones/.
std::string zone(const std::string& name);

/// A file in the temporary folder, removed with this object.
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

/// The first line, without its line end.
std::string first_line(const std::string& text);

}  // namespace cli_test
