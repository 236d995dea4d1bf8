// What is known about the addresses, as text for people and as JSON for programs.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "io/json.hpp"
#include "providers/ask.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/net/ip.hpp"

namespace spfcheck {

/// A service whose record lists an address.
struct Owner {
    std::string service;
    std::string include;  ///< the name that was asked
    std::string term;     ///< the innermost term that matched, as written in its record
    std::string domain;   ///< the domain whose record has the term
};

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

/// Returns how an outcome shows that an include lists the address: the innermost term that matched.
/// Returns an owner without a term if the result is not pass, or if the record allows all
/// addresses.
[[nodiscard]] Owner owner_from(const Include& include, const spf::Outcome& outcome);

[[nodiscard]] Json to_json(const WhoseReport& report);
/// Prints for people whose each address is.
void print(std::ostream& out, const WhoseReport& report, std::size_t width);

}  // namespace spfcheck
