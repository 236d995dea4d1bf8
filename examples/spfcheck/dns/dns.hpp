// The resolver that all sub-commands use.
#pragma once

#include <chrono>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <spdlog/logger.h>

#include "io/failure.hpp"
#include "options/dns.hpp"
#include "spf/base/error.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/problem.hpp"
#include "spf/resolver/zone.hpp"
#include "spf/resolver/zone_text.hpp"

namespace spf::analysis {
class TreeQuestions;
}

namespace spfcheck {

/// The resolver that the options describe: zone files, name servers, or both in this order.
class Dns : public spf::dns::Resolver {
public:
    /// Starts the time limit of a check. All later questions end within this limit.
    virtual void begin_check() = 0;
    /// Returns whether name servers are asked at all.
    [[nodiscard]] virtual bool asks_servers() const noexcept = 0;
    /// Asks all questions of a tree, with all independent questions in flight, until each has its
    /// answer (analyse() in dns/ahead.hpp).
    virtual void fetch(spf::analysis::TreeQuestions& questions) = 0;
    /// Returns whether name servers were asked and none of them could be reached.
    [[nodiscard]] virtual bool is_unreachable() const noexcept = 0;
    /// Returns how long the time limit is if answers are missing because it has passed; otherwise
    /// nothing.
    [[nodiscard]] virtual std::optional<std::chrono::milliseconds> exceeded_time() const = 0;
    /// Returns a list of the name servers as text for a message, such as "192.0.2.53,
    /// 192.0.2.54:5353"; empty if only zone files are asked.
    [[nodiscard]] virtual std::string name_servers() const = 0;
};

/// Returns whether a problem means that DNS did not answer: no name server could be reached, or
/// none answered in time.
[[nodiscard]] bool is_silence(const spf::Problem& problem) noexcept;

/// The data of all zone files, which threads may share; null if there are none.
using Zone = std::shared_ptr<const spf::ZoneResolver>;

/// Reads the zone files that the options name. All threads use the result, because a pipe (`--zone
/// <(...)`) can be read only once.
[[nodiscard]] spf::Expected<Zone, Failure> load_zones(const DnsOptions& options);

/// The data of all zone files, and where they contain their TXT records.
struct LocatedZones {
    Zone zone;
    std::vector<spf::ZoneText> texts;
};

/// Reads the zone files as load_zones() does, and records where they contain TXT records.
[[nodiscard]] spf::Expected<LocatedZones, Failure> load_located_zones(const DnsOptions& options);

/// Who waits for the answers: a person, who is shown at a terminal what is waited for after a
/// second, or one of many threads.
enum class ForWhom { person, thread };

/// Makes a resolver that only one thread at a time may use. Nothing is looked up yet. Each answer
/// is logged to `logger`.
[[nodiscard]] spf::Expected<std::unique_ptr<Dns>, Failure> open_dns(
    const DnsOptions& options, Zone zone, const std::shared_ptr<spdlog::logger>& logger,
    ForWhom whom);

/// Reads the zone files that the options name, and makes a resolver with them.
[[nodiscard]] spf::Expected<std::unique_ptr<Dns>, Failure> open_dns(
    const DnsOptions& options, const std::shared_ptr<spdlog::logger>& logger);

/// Prints that answers are missing because the time limit has passed. Prints nothing if none are.
void tell_time(const Dns& dns, std::ostream& err);

/// Prints that no name server can be reached, and which servers were tried.
/// \return the exit status
int tell_unreachable(const Dns& dns, std::ostream& err);

}  // namespace spfcheck
