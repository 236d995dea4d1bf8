// The options about where DNS answers come from. They are the same for every sub-command.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/App.hpp>

#include "spf/resolver/ldns.hpp"

namespace spfcheck {

class UsedAnswers;  // dns/used_answers.hpp

/// The values of the options about DNS.
struct DnsOptions {
    std::vector<std::string> name_servers;  ///< each is ADDRESS[:PORT]
    std::vector<std::string> zones;         ///< paths of master files
    std::vector<std::string> with;          ///< each is "NAME TYPE DATA", instead of what DNS has
    /// The text of the record to suppose for the domain that is examined (setup_record()).
    std::optional<std::string> record;
    double timeout = 20;   ///< time limit for all questions together, in seconds
    std::string evidence;  ///< the path of the evidence to write; empty for none
    /// Where answers are recorded, or, if it is closed, the only source of answers. Null if no
    /// evidence is written or verified.
    std::shared_ptr<UsedAnswers> used;

    /// Returns whether name servers are asked at all.
    [[nodiscard]] bool asks_servers() const { return zones.empty() || !name_servers.empty(); }
    [[nodiscard]] std::chrono::milliseconds deadline() const {
        return std::chrono::round<std::chrono::milliseconds>(
            std::chrono::duration<double>(timeout));
    }
    /// Returns these options with `record`, if there is one, as a record of --with for `domain`.
    [[nodiscard]] DnsOptions supposing(std::string_view domain) const;
    /// Returns the records of --with as the text of a master file.
    [[nodiscard]] std::string records() const;
    /// Returns --zone, --nameserver and --with as words of a command line, for suggestions.
    [[nodiscard]] std::vector<std::string> words() const;
    /// Returns the name servers to ask; empty if those of the system are asked.
    [[nodiscard]] std::vector<spf::dns::NameServer> servers() const;
};

/// Adds --nameserver, --zone, --with and --timeout.
void setup(CLI::App& app, DnsOptions& options);
/// Adds --record, for sub-commands that examine one domain.
void setup_record(CLI::App& app, DnsOptions& options);
/// Adds --evidence, for sub-commands with one result.
void setup_evidence(CLI::App& app, DnsOptions& options);

}  // namespace spfcheck
