// The texts that are accepted as a relay.

#include <string>

#include "spf/analysis/authorize.hpp"
#include "support/catch.hpp"

TEST_CASE("relays are read, or it is said what is wrong", "[authorize]") {
    const auto [text, kind] = GENERATE(table<std::string, spf::analysis::Relay::Kind>({
        {"192.0.2.1", spf::analysis::Relay::Kind::network},
        {"2001:db8::/32", spf::analysis::Relay::Kind::network},
        {"ip4:192.0.2.0/24", spf::analysis::Relay::Kind::network},
        {"Mail.Example", spf::analysis::Relay::Kind::name},
        {"INCLUDE:mail.example", spf::analysis::Relay::Kind::include},
        {"a:mail.example", spf::analysis::Relay::Kind::host},
    }));
    CAPTURE(text);
    REQUIRE(spf::analysis::Relay::parse(text));
    CHECK(spf::analysis::Relay::parse(text)->kind == kind);
    for (const char* wrong : {"192.0.2.300", "192.0.2.0/33", "", "host", "a b.example", "ip4:x"}) {
        CHECK_FALSE(spf::analysis::Relay::parse(wrong));
    }
}
