// What is checked, made out of what was asked: the arguments of check_host() (RFC 7208 section 4.1).
#pragma once

#include <cstddef>
#include <string>

#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// Makes of any outcome that of a check that has asked nothing yet, keeping its memory: address, identity,
/// names, sender and domain are filled in (2.2 to 2.4, 4.3), the domain as it was given; nothing is left of
/// what decided before.
/// \return how much of the sender is the local-part
std::size_t begin_outcome(const Request& request, Outcome& outcome);

/// Makes a domain the name to ask for; where it has a check_host_domain_problem(), it stays as it is.
[[nodiscard]] bool make_askable(std::string& domain);

}  // namespace spf
