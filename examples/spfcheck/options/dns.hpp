// The options about where DNS answers come from. They are the same for every sub-command.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "spf/resolver/ldns.hpp"

namespace spfcheck {

/// The values of the options about DNS.
struct DnsOptions {
    std::vector<std::string> name_servers;  ///< each is ADDRESS[:PORT]
    std::vector<std::string> zones;         ///< paths of master files
    double timeout = 20;                    ///< time limit for all questions together, in seconds

    /// Returns whether name servers are asked at all.
    [[nodiscard]] bool asks_servers() const { return zones.empty() || !name_servers.empty(); }
    [[nodiscard]] std::chrono::milliseconds deadline() const {
        return std::chrono::round<std::chrono::milliseconds>(
            std::chrono::duration<double>(timeout));
    }
    /// Returns the name servers to ask; empty if those of the system are asked.
    [[nodiscard]] std::vector<spf::dns::NameServer> servers() const;
};

/// Adds --nameserver, --zone and --timeout.
void setup(CLI::App& app, DnsOptions& options);

}  // namespace spfcheck
