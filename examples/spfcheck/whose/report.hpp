// What is known about the addresses, as text for people and as JSON for programs.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "io/json.hpp"
#include "providers/ask.hpp"
#include "spf/net/ip.hpp"

namespace spfcheck {

/// An address and the services to which it belongs, in the order of the catalogue.
struct Ownership {
    spf::IpAddress address;
    std::vector<Owner> owners;
};

/// What was asked, and what was found out.
struct WhoseReport {
    std::vector<Ownership> addresses;
    std::size_t services = 0;             ///< the number of services that were asked
    std::vector<std::string> unanswered;  ///< the includes that could not be evaluated
    std::vector<std::string> not_asked;   ///< the services without an include that can be asked

    /// Returns whether a service was found for each address.
    [[nodiscard]] bool all_known() const;
};

[[nodiscard]] Json to_json(const WhoseReport& report);
/// Prints for people whose each address is.
void print(std::ostream& out, const WhoseReport& report, std::size_t width);

}  // namespace spfcheck
