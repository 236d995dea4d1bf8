// spfcheck fix: what has to be published so that a domain's record works?
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct FixOptions {
    std::string domain;
    std::vector<std::string> flatten;  ///< names of terms to replace by networks
    std::vector<std::string> keep;     ///< names of terms to leave as they are
    std::vector<std::string> drop;     ///< names of terms to drop
    bool apply = false;
    bool proof = false;           ///< whether to print all addresses of the proof
    bool all = false;             ///< whether to print everything, over as many screens as needed
    std::optional<unsigned> ttl;  ///< the TTL of the records that --apply adds
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, FixOptions& options);

/// Proposes the cheapest record that works, and evaluates it for all addresses to prove it. Prints
/// the result.
/// \return the exit status: 0 if there is nothing to fix, 1 if a record is proposed, 2 if none can
/// be proposed
int run(const FixOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
