// The file that --evidence writes: what a command was asked, the DNS answers it used, and its
// result.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/used_answers.hpp"
#include "io/failure.hpp"
#include "io/json.hpp"
#include "io/language.hpp"
#include "spf/base/expected.hpp"

namespace spfcheck {

/// What a command was asked, what it used, and its result.
struct Evidence {
    std::string version;                 ///< of spfcheck
    std::string time;                    ///< when the command ended, in the form of RFC 3339
    std::vector<std::string> arguments;  ///< the command line without the name of the program
    std::string name_servers;  ///< those that were asked, as text; empty if none were asked
    std::map<std::string, std::string> files;  ///< other files that were read, by path
    UsedAnswers answers;
    int exit_status = 0;
    Json result;  ///< what the command prints with --json
};

/// Returns the contents of the file.
[[nodiscard]] std::string to_text(const Evidence& evidence);
/// Reads the contents of a file.
[[nodiscard]] spf::Expected<Evidence, Spoken> parse_evidence(std::string_view text);

/// Writes the file, which must not exist, as evidence is not to be overwritten.
/// \return a failure if it cannot be written
[[nodiscard]] std::optional<Failure> write_evidence(const Evidence& evidence,
                                                    const std::string& path);
/// Reads a file.
[[nodiscard]] spf::Expected<Evidence, Failure> read_evidence(const std::string& path);
/// Returns the octets of a file, or nothing if it cannot be read.
[[nodiscard]] std::optional<std::string> contents_of(const std::string& path);

}  // namespace spfcheck
