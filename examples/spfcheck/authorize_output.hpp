// An authorization for people, for programs, and for nsupdate(1).
#pragma once

#include <iosfwd>
#include <string>

#include "json.hpp"
#include "spf/analysis/authorize.hpp"
#include "spf/dns.hpp"

namespace spfcheck {

/// What to do, in a word of the contract: "none_needed", "add_at_domain" or "add_at_subdomain".
[[nodiscard]] std::string advice_of(const spf::Authorization& authorization);

[[nodiscard]] Json to_json(const spf::Authorization& authorization);

/// For people: what is, what to publish, and why it is right.
void print(std::ostream& out, const spf::Authorization& authorization, std::size_t width);

/// A script for nsupdate(1) (RFC 2136) that puts the proposal in the place of the record; `texts` is
/// what the name has now. Nothing is sent.
void print_update(std::ostream& out, const spf::Authorization& authorization,
                  const spf::dns::Answer& texts);

}  // namespace spfcheck
