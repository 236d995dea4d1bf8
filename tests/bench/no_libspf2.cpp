// In the place of libspf2.cpp where there is no libspf2.

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
