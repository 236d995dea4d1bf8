// spfcheck check: may this address send for that domain?
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/message.hpp"
#include "options/output.hpp"
#include "spf/evaluation/request.hpp"

namespace spfcheck {

/// The command line.
struct CheckOptions {
    std::string ip;  ///< empty: from the message
    MessageOptions message;
    std::optional<std::string> sender;  ///< empty: the null reverse-path
    std::optional<std::string> helo;
    std::string identity;  ///< "mailfrom", "helo", or empty: the identity that is given
    std::string receiver;
    spf::Limits limits;
    bool trace = false;
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, CheckOptions& options);

/// Checks and reports.
/// \return the exit status
int run(const CheckOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
