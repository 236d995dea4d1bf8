#include <string>

#include "spf/resolver/zone_file.hpp"
#include "support/error_shape.hpp"

using spf::ZoneFileError;
using spf::test::hostile;

TEST_CASE("an error in a zone file has the shape of all errors", "[error][zone_file]") {
    ZoneFileError error;
    error.found = error.file = hostile;
    spf::test::check_shape(error);
    error.line = 12;
    spf::test::check_shape(error);
}

TEST_CASE("an error in a zone file says to machines what is wrong", "[error][zone_file]") {
    const auto zone = spf::parse_zone("a. A 192.0.2.1\nb. MX ten c.\n");
    REQUIRE_FALSE(zone);
    CHECK(zone.error() == ZoneFileError{ZoneFileError::Code::mx_preference, "ten", 0, {}, 2});
    CHECK(to_string(zone.error().code) == "mx_preference");
}

TEST_CASE("what a zone file holds is safe to show in the message", "[error][zone_file]") {
    const auto zone = spf::parse_zone("a. \x1b[31m x");
    REQUIRE_FALSE(zone);
    CHECK(zone.error().found == "\x1b[31m");
    CHECK(zone.error().message() == "1: \\x1b[31m is neither a class nor a type of records");
}
