// Options about where DNS answers come from, the same for every sub-command.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "spf/resolver/ldns.hpp"

namespace spfcheck {

/// The command line.
struct DnsOptions {
    std::vector<std::string> name_servers;  ///< ADDRESS[:PORT]
    std::vector<std::string> zones;         ///< paths of master files
    double timeout = 20;                    ///< seconds for the whole check

    /// Whether name servers are asked at all.
    [[nodiscard]] bool asks_servers() const { return zones.empty() || !name_servers.empty(); }
    [[nodiscard]] std::chrono::milliseconds deadline() const {
        return std::chrono::round<std::chrono::milliseconds>(
            std::chrono::duration<double>(timeout));
    }
    /// The name servers to ask; empty: those of the system.
    [[nodiscard]] std::vector<spf::dns::NameServer> servers() const;
};

/// Adds --nameserver, --zone and --timeout.
void setup(CLI::App& app, DnsOptions& options);

}  // namespace spfcheck
