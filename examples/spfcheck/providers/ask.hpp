// Asks the records of many includes at the same time.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <spdlog/logger.h>

#include "io/failure.hpp"
#include "options/dns.hpp"
#include "providers/catalogue.hpp"
#include "spf/base/error.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/net/ip.hpp"

namespace spfcheck {

/// A name whose record lists networks of a service.
struct Include {
    const Provider* service = nullptr;  ///< not owned; never null in the result of includes_of()
    std::string name;
};

/// Returns the includes of all services, each name once, in the order of the catalogue. A name that
/// has macros (RFC 7208, 7) is left out, because it depends on the message.
[[nodiscard]] std::vector<Include> includes_of(const Catalogue& catalogue);

/// Receives the outcome for an address with the record of an include. `include` is the index of the
/// include, and `address` that of the address. The outcome has a trace.
using TellOutcome =
    std::function<void(std::size_t include, std::size_t address, const spf::Outcome& outcome)>;

/// Asks for the records of all includes at the same time, evaluates each for each address, and
/// calls `tell` with each outcome. The sender is postmaster at the name of the include.
/// \return whether DNS answered at all, or a failure if a zone file cannot be read
[[nodiscard]] spf::Expected<bool, Failure> ask(std::span<const Include> includes,
                                               std::span<const spf::IpAddress> addresses,
                                               const DnsOptions& options,
                                               const std::shared_ptr<spdlog::logger>& logger,
                                               const TellOutcome& tell);

/// A service whose record lists an address.
struct Owner {
    std::string service;
    std::string include;  ///< the name that was asked
    std::string term;     ///< the innermost term that matched, as written in its record
    std::string domain;   ///< the domain whose record has the term
};

/// Returns how an outcome shows that an include lists the address: the innermost term that matched.
/// Returns an owner without a term if the result is not pass, or if the record allows all
/// addresses.
[[nodiscard]] Owner owner_from(const Include& include, const spf::Outcome& outcome);

/// Prints that no name server can be reached, and which were tried.
/// \return the exit status
int tell_unreachable(const DnsOptions& options, const std::shared_ptr<spdlog::logger>& logger,
                     std::ostream& err);

}  // namespace spfcheck
