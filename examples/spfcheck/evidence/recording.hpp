// Runs a sub-command so that its evidence is kept, or so that it uses kept evidence only.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "dns/used_answers.hpp"
#include "evidence/evidence.hpp"
#include "io/language.hpp"
#include "options/dns.hpp"

namespace spfcheck {

/// A command line, and where its DNS answers come from.
struct Invocation {
    std::vector<std::string> arguments{};  ///< without the name of the program
    /// The only source of answers, for `spfcheck verify`; null for DNS itself.
    std::shared_ptr<UsedAnswers> answers{};
};

/// Writes the evidence of a command that has ended, and tells what was written.
/// \param run_for_json  runs the command again, and prints its result as JSON
/// \return the exit status
int keep_evidence(const Invocation& invocation, const DnsOptions& dns,
                  const std::vector<std::string>& files, int exit_status,
                  const std::function<int(std::ostream&)>& run_for_json, std::ostream& err);

/// Returns the paths of the files that a sub-command reads in addition to zone files.
template <class Options>
std::vector<std::string> files_of(const Options& options) {
    std::vector<std::string> files;
    if constexpr (requires { options.message.path; }) {
        if (!options.message.path.empty()) files.push_back(options.message.path);
    }
    if constexpr (requires {
                      files.insert(files.end(), options.providers.begin(), options.providers.end());
                  })
        files.insert(files.end(), options.providers.begin(), options.providers.end());
    if constexpr (requires { options.files(); }) {
        for (const std::string& each : options.files()) files.push_back(each);
    }
    if constexpr (requires { options.since; }) {
        if (!options.since.empty()) files.push_back(options.since);
    }
    return files;
}

/// Makes a sub-command print its result as JSON. Other forms of output exclude it.
template <class Options>
void choose_json(Options& options) {
    options.output.json = true;
    if constexpr (requires { options.apply; }) options.apply = false;
    if constexpr (requires { options.sarif; }) options.sarif = false;
}

/// Runs a sub-command. What it prints for programs is in English, whatever the locale.
template <class Options>
int run_for_reader(const Options& options, std::ostream& out, std::ostream& err) {
    bool is_for_programs = false;
    if constexpr (requires { options.output.json; }) is_for_programs = options.output.json;
    if constexpr (requires { options.sarif; }) is_for_programs |= options.sarif;
    const InEnglish scope(is_for_programs);
    return run(options, out, err);
}

/// Runs a sub-command. Its options have members `dns` and `output`.
template <class Options>
int run_recorded(Options options, const Invocation& invocation, std::ostream& out,
                 std::ostream& err) {
    if (invocation.answers) {
        options.dns.used = invocation.answers;
        choose_json(options);
        return run_for_reader(options, out, err);
    }
    if (options.dns.evidence.empty()) return run_for_reader(options, out, err);
    options.dns.used = std::make_shared<UsedAnswers>();
    const int status = run_for_reader(options, out, err);
    options.dns.used->close();
    return keep_evidence(
        invocation, options.dns, files_of(options), status,
        [options](std::ostream& json) mutable {
            choose_json(options);
            std::ostringstream ignored;
            return run_for_reader(options, json, ignored);
        },
        err);
}

}  // namespace spfcheck
