// What `spfcheck diff` answers, for people and for programs.

#include "run.hpp"
#include "support/catch.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

Run diff(const std::string& from, const std::string& to, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"diff", "--zone", zone("example.zone"), from, to};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return spfcheck(arguments);
}

}  // namespace

TEST_CASE("diff exits with 0 where every address gets the same result", "[cli][diff]") {
    const Run run =
        diff("v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "v=spf1 ip4:192.0.2.0/24 -all");
    CHECK(run.status == 0);
    CHECK(run.out == "no difference: every address gets the same result\n");
    CHECK(run.err.empty());
    const Run json = diff("example.com", "example.com", {"--json"});
    CHECK(json.status == 0);
    CHECK(nlohmann::json::parse(json.out)["changes"] == nlohmann::json::array());
}

TEST_CASE("diff exits with 1 and lists the networks that change", "[cli][diff]") {
    const std::string from = "v=spf1 ip4:192.0.2.0/24 -all";
    const std::string to = "v=spf1 ip4:192.0.2.0/25 ?ip6:2001:db8::/32 -all";
    const Run run = diff(from, to);
    CHECK(run.status == 1);
    CHECK(run.out ==
          "different: 2 networks get another result\n"
          "  192.0.2.128/25  pass -> fail\n"
          "  2001:db8::/32   fail -> neutral\n");
    const Run json = diff(from, to, {"--json"});
    CHECK(json.status == 1);
    CHECK(nlohmann::json::parse(json.out)["changes"] ==
          nlohmann::json::parse(R"([{"network": "192.0.2.128/25", "from": "pass", "to": "fail"},
                                    {"network": "2001:db8::/32", "from": "fail", "to": "neutral"}])"));
}

TEST_CASE("the text of a record is that of the domain beside it", "[cli][diff]") {
    // Without its own "mx" and with the service's networks written out.
    const Run run = diff("example.com",
                         "v=spf1 mx ip4:192.0.2.0/28 ip4:203.0.113.0/26 ip6:2001:db8:25::/48 -all");
    CHECK(run.status == 0);
    const std::string terms = "v=spf1 mx -all";
    CHECK(diff(terms, "v=spf1 ip4:192.0.2.33 ip6:2001:db8::25 -all", {"--domain", "example.com"})
              .status == 0);
    CHECK(diff(terms, "v=spf1 ip4:192.0.2.33 ip6:2001:db8::25 -all").status == 1);
}

TEST_CASE("terms that cannot be enumerated make a difference where they differ", "[cli][diff]") {
    const std::string ptr = "v=spf1 ptr -all";
    CHECK(diff(ptr, "v=spf1 exists:%{i}.list.example -all").status == 1);
    CHECK(diff(ptr, ptr).status == 0);
    const auto json = nlohmann::json::parse(diff("v=spf1 -all", ptr, {"--json"}).out);
    CHECK(json["changes"][0] ==
          nlohmann::json::parse(R"({"network": "0.0.0.0/0", "from": "fail", "to": "unknown"})"));
    CHECK(json["not_enumerable_to"] == nlohmann::json({"ptr"}));
}
