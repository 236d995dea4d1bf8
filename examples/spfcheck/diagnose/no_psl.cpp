// Replaces psl.cpp if the program is built without libpsl.

#include "diagnose/psl.hpp"

namespace spfcheck {

bool has_public_suffixes() noexcept { return false; }

std::optional<std::string> organizational_domain(const std::string&) { return std::nullopt; }

}  // namespace spfcheck
