// An authorization, for people and for programs.
#pragma once

#include <iosfwd>
#include <string>

#include "io/json.hpp"
#include "spf/analysis/authorize.hpp"

namespace spfcheck {

/// What to do, in a word of the contract: "none_needed", "add_at_domain" or "add_at_subdomain".
[[nodiscard]] std::string advice_of(const spf::analysis::Authorization& authorization);

[[nodiscard]] Json to_json(const spf::analysis::Authorization& authorization);

/// For people: what is, what to publish, and why it is right.
void print(std::ostream& out, const spf::analysis::Authorization& authorization, std::size_t width);

/// Whether all could be looked up and evaluated that the authorization speaks of.
[[nodiscard]] bool is_complete(const spf::analysis::Authorization& authorization);

}  // namespace spfcheck
