// The services that spfcheck knows, and the proposals of authorize for them.

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

const std::string customer =
    "sends.example. TXT \"v=spf1 include:_spf.google.com include:spf.mailjet.com "
    "include:sub.example -all\"\n"
    "sub.example. TXT \"v=spf1 ip4:192.0.2.64/26 -all\"\n"
    "spf.mailjet.com. TXT \"v=spf1 ip4:203.0.113.0/28 ~all\"\n"
    "sendgrid.net. TXT \"v=spf1 ip4:192.0.2.128/25 ~all\"\n"
    "example.com. TXT \"v=spf1 mx -all\"\n"
    "example.com. MX 10 mx.example.com.\n"
    "mx.example.com. A 192.0.2.33\n"
    "_spf.google.com. TXT \"v=spf1 ip4:203.0.113.0/24 ~all\"\n"
    "mailgun.org. TXT \"v=spf1 ip4:198.51.100.0/25 ~all\"\n"
    "messagingengine.com. A 192.0.2.34\n";

nlohmann::json authorize_json(const std::vector<std::string>& relays) {
    const TemporaryFile zone_file(customer);
    std::vector<std::string> arguments{"authorize", "--zone", zone_file.path(), "--json",
                                       "example.com"};
    arguments.insert(arguments.end(), relays.begin(), relays.end());
    const Run run = spfcheck(arguments);
    CAPTURE(run.err);
    CHECK(run.status == 1);
    return nlohmann::json::parse(run.out);
}

}  // namespace

TEST_CASE("all built-in services are sound, and found by each of their names", "[cli][providers]") {
    const Run run = spfcheck({"providers", "--json"});
    CHECK(run.status == 0);
    const auto all = nlohmann::json::parse(run.out)["providers"];
    CHECK(all.size() >= 70);
    for (const auto& each : all) {
        CAPTURE(each.dump());
        CHECK_FALSE(each["source"].get<std::string>().empty());
        CHECK_FALSE(each["date"].get<std::string>().empty());
        CHECK((each["advice"] != "ask_provider") == each["ask"].is_null());
        CHECK((each["advice"] != "add_at_subdomain") == each["sub_domain"].is_null());
    }
    for (const char* name : {"Google Workspace", "google-workspace", "GMAIL", "SendGrid"}) {
        CHECK(spfcheck({"providers", name}).status == 0);
    }
    CHECK(spfcheck({"providers", "nobody"}).status == 1);
}

TEST_CASE("authorize proves what a service asks its customers to include", "[cli][providers]") {
    const auto json = authorize_json({"Google Workspace"});
    CHECK(json["advice"] == "add_at_domain");
    CHECK(json["relays"][0]["relay"] == "Google Workspace");
    CHECK(json["proposal"]["record"] == "v=spf1 mx include:_spf.google.com -all");
    CHECK(json["provider"]["trust"] == "strong");
}

TEST_CASE("authorize gives each service the advice that fits it", "[cli][providers]") {
    const auto mailgun = authorize_json({"Mailgun"});
    CHECK(mailgun["advice"] == "add_at_subdomain");
    CHECK(mailgun["proposal"]["name"] == "mg.example.com");
    CHECK(mailgun["proposal"]["record"] == "v=spf1 include:mailgun.org ~all");
    const auto elsewhere = authorize_json({"Mailgun", "--sub-domain", "mail"});
    CHECK(elsewhere["advice"] == "add_at_subdomain");
    CHECK(elsewhere["proposal"]["name"] == "mail.example.com");
    CHECK(elsewhere["proposal"]["record"] == "v=spf1 include:mailgun.org ~all");
    CHECK(authorize_json({"SendGrid"})["advice"] == "create_records");
    CHECK(authorize_json({"Mailchimp"})["advice"] == "leave_alone");
    CHECK(authorize_json({"Mimecast"})["advice"] == "ask_provider");
    // A name that does not resolve is not proposed.
    const auto fastmail = authorize_json({"Fastmail"});
    CHECK(fastmail["proposal"].is_null());
    CHECK_THAT(fastmail["problem"].get<std::string>(), Contains("no SPF record"));
    CHECK(fastmail["provider"]["trust"] == "weak");
}

TEST_CASE("--providers adds services and overrides those that are built in", "[cli][providers]") {
    const TemporaryFile file(
        R"({"version": 1, "providers": [{"name": "Google Workspace", "advice": "leave_alone"}]})");
    const Run run =
        spfcheck({"providers", "Google Workspace", "--json", "--providers", file.path()});
    const auto json = nlohmann::json::parse(run.out);
    CHECK(json["advice"] == "leave_alone");
    for (const char* key : {"category", "sub_domain", "ask", "note", "source", "date"}) {
        CHECK(json[key].is_null());
    }
    for (const char* text : {"", "{}", R"({"providers": [{"name": "x", "advice": "y"}]})"}) {
        const TemporaryFile broken(text);
        const Run refused = spfcheck({"providers", "--providers", broken.path()});
        CHECK(refused.status == 65);
        CHECK_THAT(refused.err, Contains(broken.path()));
    }
    CHECK(spfcheck({"providers", "--providers", "/nonexistent"}).status == 65);
}

TEST_CASE("a mistake in a file of services is reported with its place", "[cli][providers]") {
    const auto [text, place] = GENERATE(table<std::string, std::string>({
        {"", "line 1, column 1: this is not JSON"},
        {"{\"version\": 1,\n \"providers\": [,]}", "line 2, column 16: this is not JSON"},
        {"{\"version\": 1e999}", "a number in the file is too large"},
        {"{\"version\": 1, \"providers\": [{\"name\": \"x\", \"advice\": \"add\"}]}",
         "providers[0].advice is \"add\", but must be one of add_at_domain"},
        {"{\"version\": 1, \"providers\": [{\"nam\": \"x\"}]}",
         "providers[0].nam is not a known key; the keys are name, "},
    }));
    const TemporaryFile file(text);
    const Run run = spfcheck({"providers", "--providers", file.path()});
    CHECK(run.status == 65);
    CHECK_THAT(run.err, StartsWith("spfcheck: " + file.path() + ": " + place));
    CHECK(spfcheck({"authorize", "example.com", "x", "--providers", file.path()}).err == run.err);
}

TEST_CASE("a file of services is read up to a bound", "[cli][providers]") {
    for (const char* path : {"/dev/zero", "/dev/urandom"}) {
        const Run run = spfcheck({"providers", "--providers", path});
        CHECK(run.status == 65);
        CHECK_THAT(run.err, Contains(std::string(path) + " is larger than 4 MiB"));
    }
    CHECK(spfcheck({"providers", "--providers", "/tmp"}).status == 65);
}

TEST_CASE("lint, networks, check and authorize name the service of an include",
          "[cli][providers]") {
    const TemporaryFile zone_file(customer);
    const auto run = [&zone_file](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--zone", zone_file.path()});
        return spfcheck(arguments).out;
    };
    CHECK_THAT(run({"lint", "sends.example"}),
               Contains("Services: include:_spf.google.com (Google Workspace), "
                        "include:spf.mailjet.com") &&
                   Contains("(Mailjet)") && !Contains("sub.example ("));
    const auto lint = nlohmann::json::parse(run({"lint", "sends.example", "--json"}));
    CHECK(lint["costs"][0]["service"] == "Google Workspace");
    CHECK(lint["costs"][2]["service"].is_null());
    CHECK_THAT(run({"networks", "sends.example"}),
               Contains("ip4:203.0.113.0/24 of _spf.google.com (Google Workspace)"));
    const auto networks = nlohmann::json::parse(run({"networks", "sends.example", "--json"}));
    CHECK(networks["sources"][0]["service"] == "Google Workspace");
    const std::vector<std::string> check{"check",    "--ip",          "192.0.2.65",
                                         "--sender", "sends.example", "--trace"};
    CHECK_THAT(run(check), Contains("Services: _spf.google.com (Google Workspace), "
                                    "spf.mailjet.com (Mailjet)."));
    CHECK_THAT(run({"authorize", "sends.example", "203.0.113.20"}),
               Contains("may send, by include:_spf.google.com (Google Workspace)"));
}

TEST_CASE("authorize says if the service of an include does not ask for it", "[cli][providers]") {
    const auto mailjet = authorize_json({"include:spf.mailjet.com"})["relays"][0];
    CHECK(mailjet["service"] == "Mailjet");
    CHECK_THAT(mailjet["advice_against"].get<std::string>(),
               Contains("sends with an envelope domain of its own"));
    const auto sendgrid = authorize_json({"sendgrid.net"})["relays"][0];
    CHECK_THAT(sendgrid["advice_against"].get<std::string>(), Contains("asks for other records"));
    const auto google = authorize_json({"_spf.google.com"})["relays"][0];
    CHECK(google["service"] == "Google Workspace");
    CHECK(google["advice_against"].is_null());
    CHECK(authorize_json({"192.0.2.129"})["relays"][0]["service"].is_null());

    const TemporaryFile zone_file(customer);
    const Run run =
        spfcheck({"authorize", "example.com", "sendgrid.net", "--zone", zone_file.path()});
    CHECK_THAT(run.out, Contains("sendgrid.net belongs to SendGrid (Twilio)") &&
                            Contains("  spfcheck providers \"SendGrid (Twilio)\"\n"));
}

TEST_CASE("services are found by synonyms and includes, several at once", "[cli][providers]") {
    for (const auto& [synonym, name] : std::vector<std::pair<std::string, std::string>>{
             {"o365", "Microsoft 365"},
             {"m365", "Microsoft 365"},
             {"gsuite", "Google Workspace"},
             {"mcsv", "Mailchimp"},
             {"spf.mailjet.com", "Mailjet"},
             {"u1.wl.sendgrid.net", "SendGrid (Twilio)"}}) {
        CAPTURE(synonym);
        const Run run = spfcheck({"providers", synonym, "--json"});
        REQUIRE(run.status == 0);
        CHECK(nlohmann::json::parse(run.out)["name"] == name);
    }
    const Run both = spfcheck({"providers", "mailchimp", "google", "--json"});
    CHECK(both.status == 0);
    CHECK(nlohmann::json::parse(both.out)["providers"].size() == 2);
    const Run one = spfcheck({"providers", "mailchimp", "gogle workspace"});
    CHECK(one.status == 1);
    CHECK_THAT(one.out, Contains("Do not change the SPF record for Mailchimp."));
    CHECK_THAT(one.err, Contains("perhaps \"Google Workspace\"?"));
}

TEST_CASE("the list of services is in words, without codes", "[cli][providers]") {
    const Run run = spfcheck({"providers"});
    CHECK(run.out.find('_') == std::string::npos);
    CHECK_THAT(run.out, Contains("nothing to add") && Contains("ask the service"));
}

TEST_CASE("--verify reports includes that are gone, empty or changed", "[cli][providers]") {
    const auto states = [](const std::string& zone_text, const std::vector<std::string>& more) {
        const TemporaryFile zone_file(zone_text);
        std::vector<std::string> arguments{"providers", "--verify", "--json", "--zone",
                                           zone_file.path()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Run run = spfcheck(arguments);
        CAPTURE(run.err);
        CHECK(run.status == 1);
        return run.out;
    };
    const auto state_of = [](const std::string& out, const std::string& include) {
        const auto all = nlohmann::json::parse(out);
        for (const auto& each : all["includes"]) {
            if (each["include"] == include) return each["state"].get<std::string>();
        }
        return std::string("missing");
    };
    const std::string before = states(
        "_spf.google.com. TXT \"v=spf1 include:elsewhere.example ~all\"\n"
        "sendgrid.net. TXT \"no record\"\n"
        "shops.shopify.com. TXT \"v=spf1 ~all\"\n"
        "mailgun.org. TXT \"v=spf1 ip4:192.0.2.0/99 ~all\"\n"
        "amazonses.com. TXT \"v=spf1 ip4:192.0.2.0/24 ~all\"\n",
        {});
    CHECK(state_of(before, "_spf.google.com") == "good");
    CHECK(state_of(before, "sendgrid.net") == "gone");
    CHECK(state_of(before, "shops.shopify.com") == "empty");
    CHECK(state_of(before, "mailgun.org") == "gone");
    CHECK(state_of(before, "amazonses.com") == "good");
    CHECK(state_of(before, "spf.mailjet.com") == "unknown");  // the zone does not know it

    const TemporaryFile earlier(before);
    const std::string after = states(
        "_spf.google.com. TXT \"v=spf1 ip4:192.0.2.0/24 ~all\"\n"
        "amazonses.com. TXT \"v=spf1 ip4:192.0.2.0/24 ~all\"\n",
        {"--since", earlier.path()});
    CHECK(state_of(after, "_spf.google.com") == "changed");
    CHECK(state_of(after, "amazonses.com") == "good");
}

TEST_CASE("--verify says in words what is wrong, and refuses what does not go with it",
          "[cli][providers]") {
    const TemporaryFile zone_file("shops.shopify.com. TXT \"v=spf1 ~all\"\n");
    const Run run = spfcheck({"providers", "--verify", "--zone", zone_file.path()});
    CHECK(run.status == 1);
    CHECK_THAT(run.out, StartsWith("0 of ") && Contains("empty: 1") &&
                            Contains("empty: shops.shopify.com (Shopify)"));
    CHECK(spfcheck({"providers", "--verify", "google"}).status == 64);
    CHECK(spfcheck({"providers", "--since", "x"}).status == 64);
    CHECK(spfcheck({"providers", "--verify", "--since", zone_file.path()}).status == 65);
    CHECK(spfcheck({"providers", "--verify", "--nameserver", "127.0.0.1:1"}).status == 69);
}
