#include <string>
#include <vector>

#include "spf/analysis/authorize.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"

using spf::analysis::ProposalProblem;
using spf::analysis::RelayProblem;
using Code = ProposalProblem::Code;

namespace {

/// Returns why `relay` is not proposed for example.com with these records.
ProposalProblem problem_of(const std::vector<std::string>& records, std::string_view relay) {
    spf::ZoneResolver zone;
    for (const std::string& each : records) zone.add_txt("example.com", each);
    for (int i = 0; i < 11; ++i) {
        zone.add_a("a" + std::to_string(i) + ".example", spf::IpAddress::v4({198, 51, 100, 1}));
    }
    const std::vector relays{*spf::analysis::Relay::parse(relay)};
    const auto out = spf::analysis::authorize("example.com", relays, zone);
    REQUIRE(out);
    REQUIRE(out->problem);
    return *out->problem;
}

}  // namespace

TEST_CASE("why there is no proposal is reported to machines, too", "[authorize][error]") {
    const ProposalProblem several = problem_of({"v=spf1 -all", "v=spf1 ~all"}, "9.9.9.9");
    CHECK(several ==
          ProposalProblem{.code = Code::several_records, .domain = "example.com", .count = 2});
    const ProposalProblem broken = problem_of({"v=spf1 ip4:9.9.9.9/33"}, "9.9.9.9");
    CHECK(broken.code == Code::broken_record);
    REQUIRE(broken.syntax);
    CHECK(broken.syntax->code == spf::ParseError::Code::prefix_length_ip4);
    CHECK(problem_of({}, "9.9.9.9").code == Code::no_record);

    const ProposalProblem special = problem_of({"v=spf1 -all"}, "10.1.2.3");
    CHECK(special.code == Code::relay);
    CHECK(special.name == "10.1.2.3");
    REQUIRE(special.relay);
    CHECK(special.relay->code == RelayProblem::Code::not_public);
    CHECK(special.relay->network == *spf::Network::parse("10.1.2.3"));
}

TEST_CASE("a record beyond a limit is reported with what it needs",
          "[authorize][error][rfc7208-4.6.4]") {
    std::string record = "v=spf1";
    for (int i = 0; i < 11; ++i) record += " a:a" + std::to_string(i) + ".example";
    const ProposalProblem listed = problem_of({record + " ip4:9.9.9.9 -all"}, "9.9.9.9");
    CHECK(listed.code == Code::listed_already);
    CHECK(listed.excess == spf::analysis::Excess{spf::Problem::Code::too_many_dns_lookups, 11, 10});
    CHECK(problem_of({record + " -all"}, "9.9.9.9").code == Code::limits);
}
