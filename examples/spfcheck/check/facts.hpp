// What DNS says about a domain and a client, in addition to what a check asks for, so that the
// advice can be specific.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <spdlog/logger.h>

#include "dns/dns.hpp"
#include "options/dns.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/lint/domain.hpp"

namespace spfcheck {

struct Facts {
    std::optional<spf::lint::DomainLint> lint;  ///< what is wrong with the domain's records
    std::vector<std::string> services;          ///< the services whose records list the client
    std::size_t services_asked = 0;             ///< zero if it is not known whose the client is
};

/// Who reads the result of a check.
enum class Reader : std::uint8_t {
    person,
    program,  ///< may check many messages, so it must not cause a thousand questions for each
};

/// Asks for the facts that help with an outcome, all at the same time. Asks nothing for pass and
/// temperror. Asks the known services only for a person, only for an address on the internet, and
/// only name servers.
[[nodiscard]] Facts facts_about(const spf::Outcome& outcome, Reader reader, Dns& dns,
                                const DnsOptions& options,
                                const std::shared_ptr<spdlog::logger>& logger);

}  // namespace spfcheck
