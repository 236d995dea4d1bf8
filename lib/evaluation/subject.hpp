// What is checked, made out of what was asked: the arguments of check_host() (RFC 7208 section 4.1).
#pragma once

#include <cstddef>

#include "spf/outcome.hpp"
#include "spf/request.hpp"

namespace spf {

/// Fills in address, identity, names, sender and domain (2.2 to 2.4, 4.3); the domain as it was given.
/// \return how much of the sender is the local-part
std::size_t begin_outcome(const Request& request, Outcome& outcome);

/// Makes a domain without check_host_domain_problem() the name to ask for.
void make_askable(std::string& domain);

}  // namespace spf
