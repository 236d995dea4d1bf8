#include "spf/driver/cares.hpp"
#include "support/error_shape.hpp"

TEST_CASE("why there is no driver has the shape of all errors", "[error][cares]") {
    spf::test::check_shape<spf::CaresError>();
}
