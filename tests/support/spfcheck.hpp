// Runs the installed-like spfcheck as its users do: arguments in, text and exit status out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace cli_test {

/// What a run left behind.
struct Run {
    int status = -1;  ///< exit status; 128 + signal where it was killed
    std::string out;
    std::string err;
};

/// Runs spfcheck with these arguments (no shell), nothing to read, and a plain environment (locale
/// "C", no terminal); `environment` holds more, as in "NAME=value".
Run spfcheck(const std::vector<std::string>& arguments,
             const std::vector<std::string>& environment = {});

/// The same in a shell, where `command` calls it `$SPFCHECK`.
Run shell(const std::string& command);

/// `spfcheck check --zone <the bundled example>` and more arguments.
Run check(const std::vector<std::string>& arguments,
          const std::vector<std::string>& environment = {});

/// The same with --json, read; fails the test where the output is no single object.
nlohmann::json check_json(const std::vector<std::string>& arguments);

/// What `spfcheck batch` answers, by id; answers without one under their line's number.
std::map<std::string, nlohmann::json> batch_answers(const std::string& out);

/// Whether the program was built without gmime, or libidn2; says to CTest that the test is skipped then.
bool lacks_gmime();
bool lacks_idn2();

/// A path below examples/zones/.
std::string zone(const std::string& name);

/// A file of its own in the temporary folder, removed with this object.
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

/// The first line, without its end.
std::string first_line(const std::string& text);

}  // namespace cli_test
