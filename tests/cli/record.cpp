// --record supposes another record for the domain that a sub-command examines; all other answers
// are those of DNS.

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

Run on_example(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--zone", zone("example.zone")});
    return spfcheck(arguments);
}

}  // namespace

TEST_CASE("--record is the record of the sender's domain", "[cli][record]") {
    const std::vector<std::string> command{"--ip", "198.51.100.7", "--sender", "a@example.com"};
    const auto status = [&](std::vector<std::string> more) {
        more.insert(more.begin(), command.begin(), command.end());
        return cli_test::check(more).status;
    };
    CHECK(status({}) == 1);
    CHECK(status({"--record", "v=spf1 ip4:198.51.100.7 -all"}) == 0);
    CHECK(status({"--record", "v=spf1 include:_spf.mailer.example ?all"}) == 3);
    CHECK(status({"--record", ""}) == 6);
}

TEST_CASE("if the HELO name is checked, --record is its record", "[cli][record][rfc7208-2.3]") {
    const auto status = [](std::vector<std::string> more) {
        more.insert(more.begin(), {"--ip", "198.51.100.7", "--helo", "mx.example.com", "--record",
                                   "v=spf1 ip4:198.51.100.7 -all"});
        return cli_test::check(more).status;
    };
    CHECK(status({}) == 0);
    CHECK(status({"--sender", ""}) == 0);  // postmaster@mx.example.com
    CHECK(status({"--sender", "a@example.com"}) == 0);
    CHECK(status({"--sender", "a@softfail.example", "--identity", "helo"}) == 0);
    CHECK(cli_test::check({"--ip", "198.51.100.7", "--sender", "a@example.com", "--helo",
                           "mx.example.com", "--identity", "helo", "--record", "v=spf1 -all"})
              .status == 1);
}

TEST_CASE("each analysis takes a supposed record, and its commands suppose it, too",
          "[cli][record]") {
    const std::string record = "v=spf1 ip4:192.0.2.0/28 ip4:192.0.2.64/32 ~all";
    const Run overview = on_example({"example.com", "--record", record});
    CHECK(overview.status == 0);
    CHECK_THAT(overview.out, StartsWith("example.com: no errors; 0 of 10 lookups, 17 addresses"));
    CHECK_THAT(overview.out, Contains("\n      'example.com. TXT \"" + record + "\"'"));
    CHECK_THAT(on_example({"lint", "example.com", "--record", record}).out,
               StartsWith("example.com: 0 errors"));
    CHECK_THAT(on_example({"networks", "example.com", "--record", record}).out,
               Contains("192.0.2.64") && !Contains("2001:db8"));
    CHECK_THAT(on_example({"authorize", "example.com", "192.0.2.3", "--record", record}).out,
               StartsWith("192.0.2.3 may send mail for example.com already"));
    CHECK_THAT(
        on_example({"flatten", "example.com", "--record", "v=spf1 a:mx.example.com -all"}).out,
        Contains("ip4:192.0.2.33"));
    const Run fix = on_example(
        {"fix", "example.com", "--record", "v=spf1 include:absent.example.com ip4:192.0.2.1 -all"});
    CHECK(fix.status == 1);
    CHECK_THAT(fix.out, Contains("\n  v=spf1 ip4:192.0.2.1 -all\n"));
}

TEST_CASE("lint takes the strings of --record for one domain, and no more than one",
          "[cli][record]") {
    const Run lint = on_example(
        {"lint", "example.com", "--record", "v=spf1 include:", "--record", "toomany.example -all"});
    CHECK(lint.status == 1);
    CHECK_THAT(lint.out, Contains("12 of 10 lookups"));
    const Run both = on_example({"lint", "example.com", "a.example", "--record", "v=spf1 -all"});
    CHECK(both.status == 64);
    CHECK_THAT(both.err, Contains("--record is for one domain"));
    // Without a domain, the text alone is examined.
    CHECK_THAT(spfcheck({"lint", "--record", "v=spf1 -all"}).out, StartsWith("the record: "));
}

TEST_CASE("a supposed record may have any octets and any length", "[cli][record][hostile]") {
    const std::string odd = "v=spf1 x=\"\\;\x01\n$(id) -all";
    CHECK(cli_test::check({"--ip", "192.0.2.1", "--sender", "a@example.com", "--record", odd})
              .status == 4);
    std::string text = "v=spf1";
    for (int i = 0; i < 300; ++i) text += " ip4:10.0." + std::to_string(i % 256) + ".0/24";
    CHECK(cli_test::check(
              {"--ip", "10.0.255.1", "--sender", "a@example.com", "--record", text + " -all"})
              .status == 0);
}
