// Replaces libspf2.cpp if libspf2 is not installed.

#include "libspf2.hpp"

namespace bench {

struct TheirParser::State {};
struct TheirCheck::State {};

bool have_libspf2() noexcept { return false; }

TheirParser::TheirParser(std::string) {}
TheirParser::~TheirParser() = default;
bool TheirParser::run() { return false; }

TheirCheck::TheirCheck(const Case&, bool) {}
TheirCheck::~TheirCheck() = default;
bool TheirCheck::run() { return false; }

}  // namespace bench
