// What `spfcheck flatten` answers, for people and for programs.

#include "run.hpp"
#include "support/catch.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

const std::string flat_example =
    "v=spf1 ip4:192.0.2.0/28 ip4:192.0.2.33 ip4:203.0.113.0/26 ip6:2001:db8::25 "
    "ip6:2001:db8:25::/48 "
    "-all exp=explain.example.com";

Run flatten(const std::string& domain, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"flatten", "--zone", zone("example.zone"), domain};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return spfcheck(arguments);
}

}  // namespace

TEST_CASE("flatten prints records for a zone file, and that they go stale", "[cli][flatten]") {
    const Run run = flatten("example.com");
    CHECK(run.status == 0);
    CHECK(run.err.empty());
    CHECK(first_line(run.out) == "example.com. IN TXT \"" + flat_example + "\"");
    CHECK_THAT(run.out, Contains("goes stale"));

    // What it prints is a zone file.
    const TemporaryFile file(run.out);
    const Run check = spfcheck(
        {"check", "--zone", file.path(), "--ip", "203.0.113.25", "--sender", "alice@example.com"});
    CHECK(check.status == 0);
}

TEST_CASE("flatten --json has names and records", "[cli][flatten]") {
    const Run run = flatten("example.com", {"--json"});
    CHECK(run.status == 0);
    const auto json = nlohmann::json::parse(run.out);
    CHECK(json["records"] ==
          nlohmann::json::array({{{"name", "example.com"}, {"record", flat_example}}}));
    CHECK(json["kept"] == nlohmann::json::array());
    CHECK(json["dns_lookups"] == 0);
    CHECK(json["error"] == nullptr);
}

TEST_CASE("flatten splits what is too long, and keeps what cannot be enumerated",
          "[cli][flatten]") {
    const TemporaryFile file(
        "example.com. TXT \"v=spf1 include:a.example exists:%{i}.list.example ?all\"\n"
        "a.example. TXT \"v=spf1 ip4:192.0.2.1 ip4:192.0.2.3 ip4:192.0.2.5 ip4:192.0.2.7 -all\"\n");
    const Run run =
        spfcheck({"flatten", "--zone", file.path(), "example.com", "--json", "--max-length", "90"});
    CHECK(run.status == 0);
    const auto json = nlohmann::json::parse(run.out);
    CHECK(json["records"].size() == 2);
    CHECK(json["records"][0]["record"] ==
          "v=spf1 include:_spf1.example.com exists:%{i}.list.example ?all");
    CHECK(json["records"][1]["name"] == "_spf1.example.com");
    CHECK(json["kept"] == nlohmann::json({"exists:%{i}.list.example"}));
}

TEST_CASE("flatten tells why it cannot", "[cli][flatten]") {
    for (const auto& [domain, reason] :
         {std::pair<std::string, std::string>{"nosuch.example", "no usable SPF record"},
          {"broken.example", "syntax_error"}}) {
        const Run run = flatten(domain, {"--json"});
        CHECK(run.status == 1);
        CHECK_THAT(run.err, StartsWith("spfcheck: " + domain + ": ") && Contains(reason));
        const auto json = nlohmann::json::parse(run.out);
        CHECK(json["records"] == nlohmann::json::array());
        for (const char* key : {"dns_lookups", "ttl"}) {
            CHECK((json.contains(key) && json[key].is_null()));
        }
    }
}

TEST_CASE("flatten --check tells whether a flattened record is still true", "[cli][flatten]") {
    const std::string common =
        "a.example. TXT \"v=spf1 ip4:192.0.2.0/26 -all\"\n"
        "source.example. TXT \"v=spf1 include:a.example ~all\"\n";
    const TemporaryFile fresh(common + "example.com. TXT \"v=spf1 ip4:192.0.2.0/26 ~all\"\n");
    const TemporaryFile stale(common + "example.com. TXT \"v=spf1 ip4:192.0.2.0/25 ~all\"\n");
    const auto check = [](const TemporaryFile& file) {
        return spfcheck(
            {"flatten", "source.example", "--check", "example.com", "--zone", file.path()});
    };
    CHECK(check(fresh).status == 0);
    CHECK(check(stale).status == 1);
    CHECK_THAT(check(stale).out, Contains("192.0.2.64/26  pass -> softfail\n"));
}
