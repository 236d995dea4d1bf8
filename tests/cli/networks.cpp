// The answers of `spfcheck networks`, for people and for programs.

#include <cstdint>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

Run networks(const std::string& domain, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"networks", "--zone", zone("example.zone"), domain};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return spfcheck(arguments);
}

nlohmann::json networks_json(const std::string& domain, int status = 0) {
    const Run run = networks(domain, {"--json"});
    CHECK(run.status == status);
    CHECK(run.err.empty());
    return nlohmann::json::parse(run.out);
}

}  // namespace

TEST_CASE("networks lists who may send, and which term lets them", "[cli][networks]") {
    const Run run = networks("example.com");
    CHECK(run.status == 0);
    CHECK(run.err.empty());
    CHECK(first_line(run.out) == "5 networks may send mail for example.com (81 addresses of IPv4)");
    CHECK_THAT(run.out, Contains("  192.0.2.33        mx\n"));
    CHECK_THAT(run.out,
               Contains("  203.0.113.0/26    ip4:203.0.113.0/26 of _spf.mailer.example\n"));
    CHECK_THAT(run.out, Contains("All other addresses: fail (-all)\n"));
    CHECK_THAT(networks("nomail.example").out,
               Contains("no address may send mail for nomail.example"));
}

TEST_CASE("networks --json has the blocks of every result", "[cli][networks]") {
    const nlohmann::json json = networks_json("example.com");
    CHECK(json["pass"] == nlohmann::json({"192.0.2.0/28", "192.0.2.33", "203.0.113.0/26",
                                          "2001:db8::25", "2001:db8:25::/48"}));
    for (const char* result :
         {"none", "neutral", "softfail", "temperror", "permerror", "unknown"}) {
        CHECK(json[result] == nlohmann::json::array());
    }
    CHECK(json["fail"].size() > 100);
    CHECK(json["not_enumerable"] == nlohmann::json::array());
    CHECK(json["dns_lookups"] == 2);
    CHECK(json["void_lookups"] == 0);
    CHECK(json["complete"] == true);
    CHECK(json["lax"] == false);
    const nlohmann::json all({"0.0.0.0/0", "::/0"});
    CHECK(networks_json("nomail.example")["fail"] == all);
    CHECK(networks_json("nosuch.example.com", 6)["none"] == all);
    CHECK(networks_json("broken.example", 4)["permerror"] == all);
    CHECK(networks_json("nosuch.example", 5)["temperror"] == all);
}

TEST_CASE("networks leaves out what depends on the message, and says on which term",
          "[cli][networks]") {
    const TemporaryFile file(
        "example.com. TXT \"v=spf1 ip4:192.0.0.0/8 exists:%{ir}.list.example -all\"\n");
    const Run run = spfcheck({"networks", "--zone", file.path(), "example.com", "--json"});
    const auto json = nlohmann::json::parse(run.out);
    CHECK(json["not_enumerable"] == nlohmann::json({"exists:%{ir}.list.example"}));
    CHECK(json["pass"] == nlohmann::json({"192.0.0.0/8"}));
    CHECK(json["fail"] == nlohmann::json::array());
    CHECK(json["unknown"].size() == 9);
    CHECK(json["lax"] == true);
    CHECK(json["sources"][0]["term"] == "ip4:192.0.0.0/8");
    CHECK(json["sources"][0]["ip4"] == 16777216);
    const Run text = spfcheck({"networks", "--zone", file.path(), "example.com"});
    CHECK_THAT(text.out, Contains("1 network is certainly authorised"));
    CHECK_THAT(text.out, Contains("\n  exists:%{ir}.list.example\n"));
    CHECK_THAT(text.out, Contains("The record's own terms authorise 16777216 IPv4 addresses"));
}

TEST_CASE("networks blames large networks only on the domain's own terms", "[cli][networks]") {
    const TemporaryFile file(
        "example.com. TXT \"v=spf1 ip4:192.0.2.0/24 include:_spf.service.example -all\"\n"
        "_spf.service.example. TXT \"v=spf1 ip4:40.0.0.0/13 ~all\"\n");
    const std::vector<std::string> question{"networks", "--zone", file.path(), "example.com"};
    const Run text = spfcheck(question);
    CHECK(text.status == 0);
    CHECK_THAT(text.out, !Contains("excludes almost no sender"));
    CHECK_THAT(text.out,
               Contains("524544 IPv4 addresses may send, with those of included records."));
    auto asks_json = question;
    asks_json.emplace_back("--json");
    const auto json = nlohmann::json::parse(spfcheck(asks_json).out);
    CHECK(json["authorised_ip4"] == 524544);
    CHECK(json["own_ip4"] == 256);
    CHECK(json["lax"] == false);
    // A record that says so itself is lax, whoever publishes it.
    const Run own = spfcheck({"networks", "--zone", file.path(), "_spf.service.example"});
    CHECK_THAT(own.out, Contains("own terms authorise 524288 IPv4 addresses"));
}

TEST_CASE("networks without DNS exits with 69", "[cli][networks]") {
    const Run run = spfcheck(
        {"networks", "example.com", "--nameserver", "127.0.0.1:9", "--timeout", "2", "--json"});
    CHECK(run.status == 69);
    CHECK_THAT(run.err, Contains("no name server can be reached") && Contains("127.0.0.1:9"));
}

TEST_CASE("networks concludes nothing from a failure of DNS", "[cli][networks][rfc7208-2.6.6]") {
    const auto [zone_text, headline, failed] =
        GENERATE(table<std::string, std::string, std::string>({
            {"$STATUS example.com. servfail\n",
             "it is not known which networks may send mail for example.com",
             "looking up TXT of example.com failed"},
            {"$STATUS gone.example. timeout\n"
             "example.com. TXT \"v=spf1 include:gone.example -all\"\n",
             "it is not known which networks may send mail for example.com",
             "looking up TXT of gone.example failed"},
            {"$STATUS gone.example. servfail\n"
             "example.com. TXT \"v=spf1 ip4:192.0.2.0/24 a:gone.example -all\"\n",
             "1 network may send mail for example.com; it is not known whether others may",
             "looking up A of gone.example failed"},
            {"$STATUS gone.example. unreachable\n"
             "example.com. TXT \"v=spf1 ip4:192.0.2.0/24 redirect=gone.example\"\n",
             "1 network may send mail for example.com; it is not known whether others may",
             "looking up TXT of gone.example failed"},
        }));
    CAPTURE(zone_text);
    const TemporaryFile file(zone_text);
    const Run run = spfcheck({"networks", "--zone", file.path(), "example.com"});
    CHECK(run.status == 5);
    CHECK(first_line(run.out) == headline);
    CHECK_THAT(run.out, Contains(failed) && Contains("(dns_failure)") && Contains("try again"));
    CHECK_THAT(run.out, !Contains("no address may send") && Contains("DNS lookups: at least"));
    const Run machine = spfcheck({"networks", "--zone", file.path(), "example.com", "--json"});
    CHECK(machine.status == 5);
    const auto json = nlohmann::json::parse(machine.out);
    CHECK(json["complete"] == false);
    CHECK(json["too_large"] == false);
    CHECK(json["problem"]["code"] == "dns_failure");
    CHECK_THAT(failed, Contains(json["problem"]["domain"].get<std::string>()));
}

TEST_CASE("networks says what is wrong with a record, and exits as check does",
          "[cli][networks][rfc7208-2.6.7]") {
    const auto [record, status, headline,
                code] = GENERATE(table<std::string, int, std::string, std::string>({
        {"TXT \"v=spf1 ip4:192.0.2.0/33 -all\"", 4,
         "the SPF record of example.com cannot be evaluated (permerror)", "syntax_error"},
        {"TXT \"v=spf1 -all\"\nexample.com. TXT \"v=spf1 ~all\"", 4,
         "the SPF record of example.com cannot be evaluated (permerror)", "several_records"},
        {"TXT \"v=spf1 ipv4:192.0.2.1 -all\"", 4,
         "the SPF record of example.com cannot be evaluated (permerror)", "syntax_error"},
        {"TXT \"v=spf1 include:nothing.example.com -all\"", 4,
         "the SPF record of example.com cannot be evaluated (permerror)", "include_without_record"},
        {"TXT \"v=spf1 -ip4:192.0.2.0/24 include:nothing.example.com -all\"", 4,
         "no network may send mail for example.com, and some get an error",
         "include_without_record"},
        {"TXT \"v=spf1 ip4:192.0.2.0/24 include:nothing.example.com -all\"", 4,
         "1 network may send mail for example.com (256 addresses of IPv4)",
         "include_without_record"},
        {"TXT \"no record\"", 6,
         "example.com has no SPF record, so nothing is known about its mail", "no_record"},
    }));
    CAPTURE(record);
    const TemporaryFile file("example.com. " + record + "\n");
    const Run run = spfcheck({"networks", "--zone", file.path(), "example.com"});
    CHECK(run.status == status);
    CHECK(first_line(run.out) == headline);
    CHECK_THAT(run.out, Contains('(' + code + ')') && !Contains("no address may send"));
    const Run machine = spfcheck({"networks", "--zone", file.path(), "example.com", "--json"});
    CHECK(machine.status == status);
    const auto json = nlohmann::json::parse(machine.out);
    CHECK(json["complete"] == true);
    CHECK(json["problem"]["code"] == code);
}

TEST_CASE("networks has nothing to say about a record without mistakes", "[cli][networks]") {
    for (const char* domain : {"example.com", "nomail.example"}) {
        const Run run = networks(domain);
        CHECK(run.status == 0);
        CHECK_THAT(run.out, !Contains("What to do") && !Contains("not known"));
        CHECK(networks_json(domain)["problem"].is_null());
        CHECK(networks_json(domain)["complete"] == true);
    }
}

TEST_CASE("networks, diff and flatten say if a record is too large, and conclude nothing",
          "[cli][networks][diff][flatten]") {
    // Single IPv6 addresses, far apart: each gap between them consists of more than a hundred
    // networks.
    const auto zone_of = [](std::uint64_t count) {
        std::ostringstream terms;
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t bits = (i + 1) * 0x9e37'79b9'7f4a'7c15U;
            terms << " \" ip6:" << std::hex << (0x2000U | (bits >> 52U)) << ':'
                  << (bits >> 16U & 0xffffU) << "::" << (bits & 0xffffU) << '"';
        }
        return "big.example. TXT \"v=spf1\"" + terms.str() + " \" -all\"\n";
    };
    const TemporaryFile large(zone_of(2700));
    const TemporaryFile small(zone_of(20));
    const auto commands = {std::vector<std::string>{"networks", "big.example"},
                           {"diff", "big.example", "big.example"},
                           {"flatten", "big.example"}};
    for (std::vector<std::string> command : commands) {
        CAPTURE(command);
        command.insert(command.end(), {"--zone", large.path()});
        const Run run = spfcheck(command);
        CHECK(run.status == 5);
        CHECK_THAT(run.out + run.err,
                   Contains("too large") && Contains("262") && !Contains("no difference"));
        if (command.front() == "flatten") {
            command.push_back("--json");
            CHECK_THAT(spfcheck(command).out, Contains(R"("complete":false)"));
            command.back() = "--max-length=60000";
        }
        for (std::string& each : command) {
            if (each == large.path()) each = small.path();
        }
        const Run good = spfcheck(command);
        CHECK(good.status == 0);
        CHECK_THAT(good.out + good.err, !Contains("too large"));
    }
}
