// spfcheck authorize: what has to be published so that a relay may send for a domain?
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
struct AuthorizeOptions {
    std::string domain;
    std::vector<std::string> relays;     ///< addresses, networks, hosts, includes, services
    std::vector<std::string> providers;  ///< files with more services
    std::string sub_domain;  ///< the sub-domain that gets the record; empty for the domain itself
    bool from_scratch = false;
    bool by_name = false;
    bool apply = false;
    bool very_large = false;
    bool proof = false;           ///< print all addresses of the proof
    std::optional<unsigned> ttl;  ///< the TTL of the records that --apply adds
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, AuthorizeOptions& options);

/// Finds out which relays may already send. If some may not, proposes a record with which all of
/// them may send, and evaluates this record to prove it. Prints the result.
/// \return the exit status: 0 if all relays may send, 1 if some may not
int run(const AuthorizeOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
