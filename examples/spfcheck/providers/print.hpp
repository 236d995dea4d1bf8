// Prints a service that sends mail for its customers.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "io/json.hpp"
#include "providers/catalogue.hpp"

namespace spfcheck {

[[nodiscard]] Json to_json(const Provider& provider);
/// Prints for people what to do to let this service send.
void print(std::ostream& out, const Provider& provider, std::size_t width);

}  // namespace spfcheck
