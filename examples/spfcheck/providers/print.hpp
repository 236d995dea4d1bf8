// Prints a service that sends mail for its customers.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "io/json.hpp"
#include "io/language.hpp"
#include "providers/catalogue.hpp"

namespace spfcheck {

[[nodiscard]] Json to_json(const Provider& provider);
/// Returns the advice in a few words, such as "add a term to the record", for a list.
[[nodiscard]] Spoken in_short(const Provider& provider);
/// Prints for people what to do to let this service send.
void print(std::ostream& out, const Provider& provider, std::size_t width);

}  // namespace spfcheck
