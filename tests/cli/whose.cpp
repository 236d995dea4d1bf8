// To which service an address belongs: the records of all known includes, evaluated for it.

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

const std::string services =
    "_spf.google.com. TXT \"v=spf1 include:_netblocks.google.com ~all\"\n"
    "_netblocks.google.com. TXT \"v=spf1 ip4:203.0.113.0/25 ip6:2001:db8:9::/48 ~all\"\n"
    "sendgrid.net. TXT \"v=spf1 +ip4:198.51.100.0/24 ~all\"\n"
    "amazonses.com. TXT \"v=spf1 ?ip4:203.0.113.0/24 ip4:198.51.100.0/25 -all\"\n"
    "spf.mailjet.com. TXT \"v=spf1 +all\"\n"
    "mailgun.org. TXT \"v=spf1 exists:%{i}.list.mailgun.org ~all\"\n"
    "192.0.2.44.list.mailgun.org. A 127.0.0.2\n"
    "mktomail.com. TXT \"v=spf1 ip4:192.0.2.0/99 ~all\"\n";

Run whose(std::vector<std::string> arguments) {
    const TemporaryFile zone_file(services);
    arguments.insert(arguments.begin(), "whose");
    arguments.insert(arguments.end(), {"--zone", zone_file.path()});
    return spfcheck(arguments);
}

nlohmann::json owners(const std::string& address) {
    const Run run = whose({address, "--json"});
    CAPTURE(run.err);
    return nlohmann::json::parse(run.out)["addresses"][0]["services"];
}

}  // namespace

TEST_CASE("whose names the service, its include and the network", "[cli][whose]") {
    const auto found = owners("203.0.113.9");
    REQUIRE(found.size() == 1);
    CHECK(found[0]["name"] == "Google Workspace");
    CHECK(found[0]["include"] == "_spf.google.com");
    CHECK(found[0]["network"] == "203.0.113.0/25");
    CHECK(found[0]["term"] == "ip4:203.0.113.0/25");
    CHECK(found[0]["domain"] == "_netblocks.google.com");
    CHECK(owners("2001:db8:9::25")[0]["network"] == "2001:db8:9::/48");
    CHECK(owners("192.0.2.44")[0]["network"] == "exists:%{i}.list.mailgun.org");
}

TEST_CASE("an address of several services is said to belong to each", "[cli][whose]") {
    const auto found = owners("198.51.100.9");
    REQUIRE(found.size() == 2);
    CHECK(found[0]["name"] == "SendGrid (Twilio)");
    CHECK(found[0]["term"] == "ip4:198.51.100.0/24");
    CHECK(found[1]["name"] == "Amazon SES");
    CHECK(owners("198.51.100.200").size() == 1);
}

TEST_CASE("a record that allows all addresses, or only a neutral result, makes no owner",
          "[cli][whose][rfc7208-4.6.2]") {
    CHECK(owners("192.0.2.1").empty());      // spf.mailjet.com has +all here
    CHECK(owners("203.0.113.200").empty());  // ?ip4: of amazonses.com
}

TEST_CASE("whose ends with 0 if each address is known, and with 1 if one is not", "[cli][whose]") {
    const Run known = whose({"203.0.113.9", "198.51.100.200"});
    CHECK(known.status == 0);
    CHECK_THAT(known.out, StartsWith("203.0.113.9 belongs to Google Workspace\n"));
    CHECK_THAT(known.out, Contains("198.51.100.200 belongs to SendGrid (Twilio)\n"));
    CHECK_THAT(known.out, Contains("  spfcheck providers \"Google Workspace\"\n"));
    const Run partly = whose({"203.0.113.9", "8.8.8.8"});
    CHECK(partly.status == 1);
    CHECK_THAT(partly.out, Contains("8.8.8.8 belongs to none of the "));
    CHECK_THAT(partly.out, Contains("could not be evaluated"));
    CHECK_THAT(partly.out, Contains("depend on the account or the message"));
}

TEST_CASE("whose says that a private address belongs to no service", "[cli][whose]") {
    const Run run = whose({"10.0.0.1"});
    CHECK(run.status == 1);
    CHECK(first_line(run.out) == "10.0.0.1 is private (RFC 1918), so it belongs to no service");
}

TEST_CASE("whose knows the services of the user's files", "[cli][whose]") {
    const TemporaryFile file(
        R"({"version": 1, "providers": [{"name": "Ours", "advice": "add_at_domain",
            "mechanisms": ["include:_spf.google.com"]}]})");
    const Run run = whose({"203.0.113.9", "--providers", file.path()});
    CHECK(run.status == 0);
    CHECK(first_line(run.out) == "203.0.113.9 belongs to Ours");
}

TEST_CASE("whose refuses what is not an address, and says if no name server answers",
          "[cli][whose]") {
    CHECK(whose({"example.com"}).status == 64);
    CHECK(whose({}).status == 64);
    const Run run = spfcheck({"whose", "192.0.2.1", "--nameserver", "127.0.0.1:1"});
    CHECK(run.status == 69);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains("no name server can be reached: tried 127.0.0.1:1"));
}
