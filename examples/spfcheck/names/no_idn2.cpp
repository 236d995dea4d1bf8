// In the place of idn2.cpp where the program is built without libidn2: A-labels alone are taken.

#include "names/idn2.hpp"

namespace spfcheck {

std::optional<std::string> a_label(const std::string&) { return std::nullopt; }

}  // namespace spfcheck
