// Prints an spf::analysis::Authorization for people, and converts it to JSON for programs.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "io/json.hpp"
#include "providers/catalogue.hpp"
#include "spf/analysis/authorize.hpp"

namespace spfcheck {

/// Returns the value of the JSON key "advice": "none_needed", "add_at_domain" or
/// "add_at_subdomain".
[[nodiscard]] std::string advice_of(const spf::analysis::Authorization& authorization);

[[nodiscard]] Json to_json(const spf::analysis::Authorization& authorization);
[[nodiscard]] Json to_json(const spf::analysis::Proposal& proposal);

/// Returns the proposed record as a line of a zone file (RFC 1035, 5.1).
[[nodiscard]] std::string zone_line(const spf::analysis::Proposal& proposal);

/// Prints for people which relays may send now, what the service `provider` asks for (null if the
/// user named none), which record to publish, and the proof that this record lets all relays send:
/// one address of each kind or, with `all_proof`, all that were checked.
void print(std::ostream& out, const spf::analysis::Authorization& authorization,
           const Provider* provider, bool all_proof, std::size_t width);

/// Returns whether all domains and relays of the authorization could be looked up and evaluated.
[[nodiscard]] bool is_complete(const spf::analysis::Authorization& authorization);

}  // namespace spfcheck
