// spfcheck check: may this address send mail for this domain?
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/message.hpp"
#include "options/output.hpp"
#include "spf/evaluation/request.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct CheckOptions {
    std::string ip;                  ///< empty if the address comes from the message
    std::vector<std::string> words;  ///< [IP] SENDER, instead of the options
    MessageOptions message;
    std::optional<std::string> sender;  ///< "" is the null reverse-path
    std::optional<std::string> helo;
    std::string identity;  ///< "mailfrom" or "helo"; empty if not chosen
    std::string receiver;
    spf::Limits limits;
    bool trace = false;
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, CheckOptions& options);

/// Runs the check and prints its outcome.
/// \return the exit status
int run(const CheckOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
