// `whose` and `providers --verify` ask the includes of all services over the wire, all at once.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "integration/cares_support.hpp"
#include "integration/hostile_server.hpp"
#include "integration/message_builder.hpp"
#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/temporary_folder.hpp"

namespace {

using Catch::Contains;
using Catch::StartsWith;
using cli_test::Run;
using nlohmann::json;
using spf::IpAddress;
using spf::test::Datagram;
using spf::test::Message;

/// A name server for a zone, which fails for some names, and for others never answers.
class Server {
public:
    explicit Server(const spf::ZoneResolver& zone, std::set<std::string> failing = {},
                    std::set<std::string> silent = {})
        : server_({[&zone, failing = std::move(failing), silent = std::move(silent)](
                       const Message& query, std::size_t) {
                       const std::string name = spf::test::asked_in(query).name;
                       if (silent.contains(name)) return std::vector<Datagram>{};
                       return std::vector<Datagram>{
                           {.message = failing.contains(name)
                                           ? spf::test::reply_to(query, spf::test::servfail)
                                           : spf::test::reply_from(zone, query)}};
                   },
                   {}}) {}

    /// Runs spfcheck with this name server.
    [[nodiscard]] Run run(std::vector<std::string> words) const {
        words.insert(words.end(), {"--nameserver", address()});
        return cli_test::spfcheck(words);
    }
    [[nodiscard]] json run_json(std::vector<std::string> words) const {
        words.emplace_back("--json");
        const Run result = run(std::move(words));
        CAPTURE(result.err);
        json out = json::parse(result.out, nullptr, false);
        REQUIRE(out.is_object());
        return out;
    }
    [[nodiscard]] std::string address() const {
        return "127.0.0.1:" + std::to_string(server_.server().port);
    }
    [[nodiscard]] std::size_t queries() const { return server_.udp_queries(); }

private:
    spf::test::HostileServer server_;
};

/// Some services with networks. All other names do not exist.
spf::ZoneResolver services() {
    spf::ZoneResolver zone;
    zone.add_txt("_spf.google.com", "v=spf1 include:_netblocks.google.com ~all");
    zone.add_txt("_netblocks.google.com", "v=spf1 ip4:203.0.113.0/25 ip6:2001:4860::/32 ~all");
    zone.add_txt("sendgrid.net", "v=spf1 a:hosts.sendgrid.net ~all");
    zone.add_a("hosts.sendgrid.net", IpAddress::v4(198, 51, 100, 9));
    zone.add_txt("amazonses.com", "v=spf1 ip4:198.51.100.0/25 -all");
    zone.add_txt("mailgun.org", "v=spf1 exists:%{i}.list.mailgun.org ~all");
    zone.add_a("203.0.113.200.list.mailgun.org", IpAddress::v4(127, 0, 0, 2));
    return zone;
}

std::vector<std::string> names(const json& address) {
    std::vector<std::string> out;
    for (const json& each : address["services"]) out.push_back(each["name"]);
    return out;
}

using Names = std::vector<std::string>;

/// Returns the includes that have a state, in the output of providers --verify --json.
std::set<std::string> with_state(const json& verified, const std::string& state) {
    std::set<std::string> out;
    for (const json& each : verified["includes"]) {
        if (each["state"] == state) out.insert(each["include"].get<std::string>());
    }
    return out;
}

}  // namespace

TEST_CASE("whose knows the services of several addresses of both families", "[cares][whose]") {
    const spf::ZoneResolver zone = services();
    const Server server(zone);
    const json found = server.run_json({"whose", "203.0.113.9", "2001:4860::25", "198.51.100.9",
                                        "203.0.113.200", "8.8.8.8", "10.0.0.1"});
    REQUIRE(found["addresses"].size() == 6);
    CHECK(names(found["addresses"][0]) == Names{"Google Workspace"});
    CHECK(found["addresses"][0]["services"][0]["domain"] == "_netblocks.google.com");
    CHECK(names(found["addresses"][1]) == Names{"Google Workspace"});
    CHECK(names(found["addresses"][2]) == Names{"SendGrid (Twilio)", "Amazon SES"});
    CHECK(found["addresses"][2]["services"][0]["network"] == "a:hosts.sendgrid.net");
    CHECK(names(found["addresses"][3]) == Names{"Mailgun"});
    CHECK(names(found["addresses"][4]).empty());
    CHECK(names(found["addresses"][5]).empty());
    CHECK(found["complete"] == true);
    CHECK(server.run({"whose", "203.0.113.9", "2001:4860::25"}).status == 0);
    CHECK(server.run({"whose", "203.0.113.9", "8.8.8.8"}).status == 1);
}

TEST_CASE("whose says which services are not ruled out", "[cares][whose]") {
    const spf::ZoneResolver zone = services();
    const Server server(zone, {"sendgrid.net"}, {"amazonses.com"});
    const Run run = server.run({"whose", "8.8.8.8", "--timeout", "2"});
    CHECK(run.status == 1);
    CHECK_THAT(run.out, StartsWith("8.8.8.8 belongs to none of the "));
    CHECK_THAT(run.out, Contains(" includes could not be evaluated") && Contains("sendgrid.net") &&
                            Contains("amazonses.com"));
    const json found = server.run_json({"whose", "203.0.113.9", "--timeout", "6"});
    CHECK(found["complete"] == false);
    CHECK(names(found["addresses"][0]) == Names{"Google Workspace"});
}

TEST_CASE("whose says that no name server can be reached", "[cares][whose]") {
    const spf::test::SilentServer silent;
    const std::string address = "127.0.0.1:" + std::to_string(silent.server().port);
    const Run run =
        cli_test::spfcheck({"whose", "192.0.2.1", "--nameserver", address, "--timeout", "1"});
    CHECK(run.status == 69);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains("no name server can be reached: tried " + address));
}

TEST_CASE("whose and providers --verify suppose the records of --with", "[cares][whose][with]") {
    const spf::ZoneResolver zone = services();
    const Server server(zone);
    const std::string record = "amazonses.com TXT v=spf1 ip4:8.8.8.0/24 -all";
    const json found = server.run_json({"whose", "8.8.8.8", "198.51.100.20", "--with", record});
    CHECK(names(found["addresses"][0]) == Names{"Amazon SES"});
    CHECK(names(found["addresses"][1]).empty());
    const json verified =
        server.run_json({"providers", "--verify", "--with", "sendgrid.net TXT v=spf1 -all"});
    CHECK(with_state(verified, "empty") == std::set<std::string>{"sendgrid.net"});
}

TEST_CASE("the includes of all services are asked once, and at the same time", "[cares][whose]") {
    const spf::ZoneResolver zone = services();
    const Server server(zone);
    const auto includes = server.run_json({"providers", "--verify"})["includes"].size();
    CHECK(includes > 200);
    const std::size_t before = server.queries();
    CHECK(server.run({"whose", "203.0.113.9", "198.51.100.9", "8.8.8.8"}).status == 1);
    // Those of other names are below an include, or for the macros of an address.
    CHECK(server.queries() - before >= includes);
    CHECK(server.queries() - before <= includes + 20);
}

TEST_CASE("a failed check asks the services whose the client is for a person, not for a program",
          "[cares][whose]") {
    spf::ZoneResolver zone;
    zone.add_txt("shop.example", "v=spf1 -all");
    zone.add_txt("amazonses.com", "v=spf1 ip4:8.8.8.0/24 -all");
    const Server server(zone);
    const Run run = server.run({"check", "8.8.8.8", "ann@shop.example"});
    CHECK(run.status == 1);
    // A slow machine may not have all answers in time, and then nothing is said.
    CHECK_THAT(run.out, Contains("Amazon SES") || !Contains("sending services that were asked"));
    CHECK(server.queries() > 100);
    const std::size_t before = server.queries();
    CHECK(server.run_json({"check", "8.8.8.8", "ann@shop.example"})["result"] == "fail");
    CHECK(server.queries() - before < 10);
}

TEST_CASE("providers --verify tells what is gone, empty, changed and unknown",
          "[cares][providers]") {
    spf::ZoneResolver zone = services();
    zone.add_txt("spf.mailjet.com", "v=spf1 ip4:192.0.2.0/99 ~all");
    zone.add_txt("shops.shopify.com", "v=spf1 ~all");
    zone.add_txt("spf.mandrillapp.com", "no record");
    const Server server(zone, {"servers.mcsv.net"}, {"_spf.salesforce.com"});
    const std::vector<std::string> command{"providers", "--verify", "--timeout", "6"};
    const json first = server.run_json(command);
    CHECK(with_state(first, "good") ==
          std::set<std::string>{"_spf.google.com", "amazonses.com", "mailgun.org", "sendgrid.net"});
    CHECK(with_state(first, "empty") == std::set<std::string>{"shops.shopify.com"});
    CHECK(with_state(first, "unknown") ==
          std::set<std::string>{"servers.mcsv.net", "_spf.salesforce.com"});
    const auto gone = with_state(first, "gone");
    CHECK(gone.contains("spf.mailjet.com"));      // a syntax error
    CHECK(gone.contains("spf.mandrillapp.com"));  // no record
    CHECK(gone.size() > 100);                     // no such name
    CHECK(with_state(first, "changed").empty());

    const cli_test::TemporaryFile earlier(first.dump());
    spf::ZoneResolver later = services();
    later.add_txt("shops.shopify.com", "v=spf1 ip4:192.0.2.1 ~all");
    const Server next(later);
    const Run run = next.run({"providers", "--verify", "--since", earlier.path()});
    CHECK(run.status == 1);
    CHECK_THAT(run.out, StartsWith("4 of ") && Contains("changed: 1"));
    CHECK_THAT(run.out, Contains("changed: shops.shopify.com (Shopify)"));
}

TEST_CASE("providers --verify ends with 0 if each include has a record", "[cares][providers]") {
    const spf::test::HostileServer server(
        {[](const Message& query, std::size_t) {
             return std::vector<Datagram>{
                 {.message = spf::test::txt_reply(query, spf::test::pass_record)}};
         },
         {}});
    const std::string address = "127.0.0.1:" + std::to_string(server.server().port);
    const Run run = cli_test::spfcheck({"providers", "--verify", "--nameserver", address});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains("gone: 0, empty: 0, changed: 0"));
}

TEST_CASE("evidence of whose and of providers --verify is reproduced without the server",
          "[cares][whose][evidence]") {
    const spf::test::TemporaryFolder folder;
    const spf::ZoneResolver zone = services();
    const std::string whose = (folder.path() / "whose.json").string();
    const std::string providers = (folder.path() / "providers.json").string();
    {
        const Server server(zone, {"sendgrid.net"});
        const Run run = server.run({"whose", "203.0.113.9", "203.0.113.200", "--evidence", whose});
        CHECK(run.status == 0);
        CHECK_THAT(run.err, Contains("evidence with ") && Contains("see: spfcheck verify "));
        CHECK(server.run({"providers", "--verify", "--evidence", providers}).status == 1);
    }
    for (const std::string& path : {whose, providers}) {
        const Run again = cli_test::spfcheck({"verify", path});
        CAPTURE(path, again.out, again.err);
        CHECK(again.status == 0);
        CHECK_THAT(again.out, StartsWith("the same: "));
    }
}
