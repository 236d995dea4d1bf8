// spfcheck verify: does the same come out of the evidence again?
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "dns/used_answers.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct VerifyOptions {
    std::string file;
    OutputOptions output;
};

/// Runs a command line with these answers as the only source, and prints its result as JSON.
/// \return the exit status
using RunAgain = std::function<int(const std::vector<std::string>& arguments,
                                   const std::shared_ptr<UsedAnswers>& answers, std::ostream& out,
                                   std::ostream& err)>;

/// Adds the options of this sub-command.
void setup(CLI::App& app, VerifyOptions& options);

/// Evaluates again from the file alone, and tells whether the result is the same.
/// \return the exit status: 0 if it is the same, 1 if it is not
int run(const VerifyOptions& options, const RunAgain& run_again, std::ostream& out,
        std::ostream& err);

}  // namespace spfcheck
