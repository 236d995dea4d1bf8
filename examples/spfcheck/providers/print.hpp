// A service, for people and for programs.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "io/json.hpp"
#include "providers/catalogue.hpp"

namespace spfcheck {

[[nodiscard]] Json to_json(const Provider& provider);
/// Prints what to do, for people.
void print(std::ostream& out, const Provider& provider, std::size_t width);

}  // namespace spfcheck
