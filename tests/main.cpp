// The one translation unit that holds Catch2 itself; every test program links its object.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
