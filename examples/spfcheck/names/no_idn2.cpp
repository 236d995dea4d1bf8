// Replaces idn2.cpp if the program is built without libidn2. Then internationalised names are
// accepted only as A-labels.

#include "names/idn2.hpp"

namespace spfcheck {

std::optional<std::string> a_label(const std::string&) { return std::nullopt; }

}  // namespace spfcheck
