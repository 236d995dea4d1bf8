// The resolver of all sub-commands.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include <spdlog/logger.h>

#include "io/failure.hpp"
#include "options/dns.hpp"
#include "spf/base/error.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/resolver/zone.hpp"

namespace spfcheck {

/// The resolver that the options describe: zone files, name servers, or both in this order.
class Dns : public spf::dns::Resolver {
public:
    /// Starts the deadline of a check: every later question ends before it.
    virtual void begin_check() = 0;
    /// Whether name servers were asked and not even one could be reached.
    [[nodiscard]] virtual bool is_unreachable() const noexcept = 0;
    /// The name servers for messages, such as "192.0.2.53 and 192.0.2.54:5353".
    [[nodiscard]] virtual std::string name_servers() const = 0;
};

/// The data of all zone files, which threads may share; null if there are none.
using Zone = std::shared_ptr<const spf::ZoneResolver>;

/// Reads each zone file only once, because a pipe (`--zone <(...)`) can be read only once.
[[nodiscard]] spf::Expected<Zone, Failure> load_zones(const DnsOptions& options);

/// Makes a resolver for one thread at a time; nothing is looked up yet. `logger` logs each answer.
[[nodiscard]] std::unique_ptr<Dns> open_dns(const DnsOptions& options, Zone zone,
                                            const std::shared_ptr<spdlog::logger>& logger);

/// Does this with the zone files that the options name.
[[nodiscard]] spf::Expected<std::unique_ptr<Dns>, Failure> open_dns(
    const DnsOptions& options, const std::shared_ptr<spdlog::logger>& logger);

/// Reports that no name server can be reached, and which were tried.
/// \return the exit status
int tell_unreachable(const Dns& dns, std::ostream& err);

}  // namespace spfcheck
