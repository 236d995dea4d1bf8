// The answers of `spfcheck check`, for people and for programs.

#include <sstream>
#include <utility>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("the exit status is the result, and so is the first line", "[cli][rfc7208-2.6]") {
    const auto [sender, ip, status, result] =
        GENERATE(table<std::string, std::string, int, std::string>({
            {"alice@example.com", "192.0.2.10", 0, "pass"},
            {"alice@example.com", "192.0.2.33", 0, "pass"},
            {"alice@example.com", "203.0.113.25", 0, "pass"},
            {"alice@example.com", "2001:db8:25::1", 0, "pass"},
            {"alice@example.com", "198.51.100.7", 1, "fail"},
            {"alice@nomail.example", "198.51.100.7", 1, "fail"},
            {"alice@moved.example", "198.51.100.7", 1, "fail"},
            {"alice@softfail.example", "198.51.100.7", 2, "softfail"},
            {"alice@neutral.example", "198.51.100.7", 3, "neutral"},
            {"alice@broken.example", "192.0.2.10", 4, "permerror"},
            {"alice@twice.example", "192.0.2.10", 4, "permerror"},
            {"alice@void.example", "192.0.2.10", 4, "permerror"},
            {"alice@toomany.example", "192.0.2.10", 4, "permerror"},
            {"alice@norecord.example", "192.0.2.10", 6, "none"},
            {"alice@nosuch.example.com", "192.0.2.10", 6, "none"},
            {"alice@nosuch.example", "192.0.2.10", 5, "temperror"},
            {"alice@localhost", "192.0.2.10", 6, "none"},
        }));
    CAPTURE(sender, ip);
    const Run run = check({"--ip", ip, "--sender", sender, "--helo", "relay.example"});
    CHECK(run.status == status);
    CHECK_THAT(run.out, StartsWith(result + ": "));
    CHECK(run.err.empty());
    const nlohmann::json json = check_json({"--ip", ip, "--sender", sender});
    CHECK(json["result"] == result);
}

TEST_CASE("failing name servers give temperror", "[cli][rfc7208-2.6.6]") {
    for (const std::string domain : {"slow.example", "servfail.example", "partner.example"}) {
        const Run run = spfcheck({"check", "--zone", zone("failing.zone"), "--ip", "192.0.2.10",
                                  "--sender", "alice@" + domain});
        CHECK(run.status == 5);
        CHECK_THAT(run.out, StartsWith("temperror: "));
    }
}

TEST_CASE("the first line is a sentence that suffices", "[cli]") {
    CHECK(first_line(check({"--ip", "192.0.2.10", "--sender", "alice@example.com"}).out) ==
          "pass: 192.0.2.10 may send mail for example.com (listed as \"ip4:192.0.2.0/28\")");
    CHECK(first_line(check({"--ip", "198.51.100.7", "--sender", "alice@example.com"}).out) ==
          "fail: 198.51.100.7 may not send mail for example.com (its record ends in \"-all\")");
}

TEST_CASE("output for people fits into 80 columns", "[cli]") {
    for (const std::string domain :
         {"example.com", "broken.example", "toomany.example", "void.example", "norecord.example",
          "nosuch.example", "softfail.example"}) {
        const Run run = check({"--ip", "198.51.100.7", "--sender", "alice@" + domain, "--trace"});
        std::istringstream lines(run.out);
        for (std::string line; std::getline(lines, line);) {
            CAPTURE(line);
            CHECK(line.size() <= 86);  // the first line is never broken
        }
    }
}

TEST_CASE("a fail shows the domain's words, and asks whose server that is", "[cli]") {
    const Run run = check({"--ip", "198.51.100.7", "--sender", "alice@example.com"});
    CHECK_THAT(run.out, Contains("example.com says: 198.51.100.7 is not one of the mail servers"));
    CHECK_THAT(run.out, Contains("Whose server is 198.51.100.7?"));
    CHECK_THAT(run.out, Contains("  spfcheck authorize example.com 198.51.100.7"));
    CHECK_THAT(run.out, !Contains("ip4:198.51.100.7"));
}

TEST_CASE("a broken record is shown with the place underlined", "[cli]") {
    const Run run = check({"--ip", "192.0.2.10", "--sender", "alice@broken.example"});
    CHECK_THAT(run.out, Contains("  v=spf1 mx ip4:192.0.2.0/33 -all\n"
                                 "                                    ^^^\n"));
}

TEST_CASE("--trace shows each step in ASCII, or with boxes if the locale is UTF-8", "[cli]") {
    const std::vector<std::string> arguments{"--ip", "198.51.100.7", "--sender", "a@example.com",
                                             "--trace"};
    CHECK_THAT(check(arguments).out, Contains("\n|- mx: no match\n|  |- MX example.com: "));
    CHECK_THAT(check(arguments).out, Contains("\n|- -all: match\n"));
    CHECK_THAT(check(arguments, {"LC_ALL=C.UTF-8"}).out, Contains("\n\u251c\u2500 mx: no match\n"));
}

TEST_CASE("there are no colours but on a terminal or on request", "[cli]") {
    const std::vector<std::string> arguments{"--ip", "198.51.100.7", "--sender", "a@example.com",
                                             "--trace"};
    CHECK(check(arguments).out.find('\033') == std::string::npos);
    auto always = arguments;
    always.insert(always.end(), {"--color", "always"});
    CHECK_THAT(check(always).out, StartsWith("\033[1;31mfail\033[0m: "));
    always.back() = "never";
    CHECK(check(always).out == check(arguments).out);
}

TEST_CASE("JSON has all keys with their types, in a stable order", "[cli][json]") {
    const Run run = check({"--ip", "198.51.100.7", "--sender", "a@example.com", "--json"});
    const auto ordered = nlohmann::ordered_json::parse(run.out);
    std::vector<std::string> keys;
    for (const auto& [key, value] : ordered.items()) keys.push_back(key);
    CHECK(keys == std::vector<std::string>{"result", "ip", "sender", "helo", "identity", "domain",
                                           "mechanism", "mechanism_domain", "explanation",
                                           "dns_lookups", "void_lookups", "ttl", "problem",
                                           "received_spf", "authentication_results", "smtp_reply",
                                           "helo_check", "advice"});
    CHECK(ordered["helo_check"].is_null());
    CHECK(ordered["explanation"].is_string());
    CHECK(ordered["mechanism"] == "-all");
    CHECK(ordered["dns_lookups"] == 2);
    CHECK(ordered["void_lookups"] == 0);
    CHECK(ordered["ttl"] == 3600);
    CHECK(ordered["problem"].is_null());
    CHECK_THAT(ordered["received_spf"].get<std::string>(), StartsWith("Received-SPF: fail ("));
    CHECK_THAT(ordered["authentication_results"].get<std::string>(),
               StartsWith("Authentication-Results: unknown; spf=fail"));
    CHECK(ordered["smtp_reply"]["code"] == 550);
    CHECK(ordered["smtp_reply"]["enhanced"] == "5.7.23");
    CHECK_THAT(ordered["smtp_reply"]["text"].get<std::string>(),
               Contains("The domain example.com explains:"));
    CHECK(run.out.find('\n') == run.out.size() - 1);
}

TEST_CASE("HELO is checked beside MAIL FROM, which alone decides the exit status",
          "[cli][rfc7208-2.3]") {
    const std::vector<std::string> both{"--ip",   "192.0.2.10",    "--sender", "alice@example.com",
                                        "--helo", "mx.example.com"};
    const Run run = check(both);
    CHECK(run.status == 0);
    CHECK_THAT(run.out, StartsWith("pass: 192.0.2.10 may send mail for example.com"));
    CHECK_THAT(run.out,
               Contains("\nHELO fail: 192.0.2.10 may not use the HELO name mx.example.com"));
    const auto json = check_json(both);
    CHECK(json["result"] == "pass");
    CHECK(json["helo_check"]["result"] == "fail");
    CHECK(json["helo_check"]["identity"] == "helo");
    CHECK(json["helo_check"]["domain"] == "mx.example.com");
}

TEST_CASE("a HELO name that was not checked is not shown as if it had been", "[cli][rfc7208-2.3]") {
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{"--helo", "[192.0.2.10]"},
          {"--helo", "localhost"},
          {"--helo", "mx.example.com", "--identity", "mailfrom"}}) {
        std::vector<std::string> arguments{"--ip", "192.0.2.10", "--sender", "alice@example.com"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        CAPTURE(more);
        CHECK_THAT(check(arguments).out, !Contains("HELO"));
        CHECK(check_json(arguments)["helo_check"].is_null());
    }
    // A bounce is one check, of postmaster at the HELO name (2.4).
    const auto bounce =
        check_json({"--ip", "192.0.2.10", "--sender", "", "--helo", "mx.example.com"});
    CHECK(bounce["domain"] == "mx.example.com");
    CHECK(bounce["helo_check"].is_null());
}

TEST_CASE("JSON reports a syntax error with its place, and a pass with nulls", "[cli][json]") {
    const auto broken = check_json({"--ip", "192.0.2.10", "--sender", "a@broken.example"});
    CHECK(broken["problem"]["code"] == "syntax_error");
    CHECK(broken["problem"]["domain"] == "broken.example");
    CHECK(broken["problem"]["text"] == "v=spf1 mx ip4:192.0.2.0/33 -all");
    CHECK(broken["problem"]["offset"].get<std::size_t>() +
              broken["problem"]["length"].get<std::size_t>() ==
          26);
    CHECK(broken["problem"]["rfc"] == "RFC 7208, 5.6");
    CHECK(broken["problem"]["message"].is_string());
    CHECK(broken["problem"]["remedy"].is_string());
    CHECK(broken["mechanism"].is_null());
    CHECK(broken["smtp_reply"]["enhanced"] == "5.7.24");

    const auto pass = check_json({"--ip", "192.0.2.10", "--sender", "a@example.com"});
    for (const char* key : {"explanation", "problem", "smtp_reply"}) CHECK(pass[key].is_null());

    const auto missing = check_json({"--ip", "192.0.2.10", "--sender", "a@norecord.example"});
    CHECK(missing["problem"]["code"] == "no_record");
    CHECK(missing["problem"]["offset"].is_null());
}

TEST_CASE("JSON has the trace only if it is asked for", "[cli][json]") {
    CHECK_FALSE(check_json({"--ip", "192.0.2.10", "--sender", "a@example.com"}).contains("trace"));
    const auto json = check_json({"--ip", "192.0.2.10", "--sender", "a@example.com", "--trace"});
    REQUIRE(json["trace"].is_array());
    CHECK(json["trace"][0]["kind"] == "check_host");
    CHECK(json["trace"][0]["result"] == "pass");
}

TEST_CASE("octets that are not UTF-8 are not an error, neither here nor in header fields",
          "[cli][json]") {
    const auto json = check_json(
        {"--ip", "192.0.2.10", "--sender", "\xff\xfe@example.com", "--helo", "\xc3\x28\r\nX: y"});
    CHECK(json["result"] == "pass");
    CHECK(json["received_spf"].get<std::string>().find('\n') == std::string::npos);
}

TEST_CASE("the identity is the sender, or HELO if there is none", "[cli][rfc7208-2.4]") {
    const std::string helo = "mx.example.com";
    CHECK(check_json({"--ip", "192.0.2.33", "--helo", helo})["identity"] == "helo");
    for (const auto& sender :
         {std::vector<std::string>{"--sender", ""}, {"--sender="}, {"--sender", "<>"}}) {
        std::vector<std::string> arguments{"--ip", "192.0.2.33", "--helo", helo};
        arguments.insert(arguments.end(), sender.begin(), sender.end());
        const auto json = check_json(arguments);
        CHECK(json["result"] == "pass");
        CHECK(json["identity"] == "mailfrom");
        CHECK(json["domain"] == helo);
        CHECK(json["sender"] == "postmaster@" + helo);
        CHECK_THAT(json["authentication_results"].get<std::string>(),
                   Contains("smtp.helo=" + helo));
    }
    const auto both = check_json({"--ip", "192.0.2.33", "--helo", helo, "--sender",
                                  "a@softfail.example", "--identity", "helo"});
    CHECK(both["domain"] == helo);
    const auto domain = check_json({"--ip", "192.0.2.10", "--sender", "example.com"});
    CHECK(domain["sender"] == "postmaster@example.com");
}

TEST_CASE("U-labels become A-labels before anything is asked", "[cli][rfc8616-4]") {
    if (cli_test::lacks_idn2()) return;
    const TemporaryFile data("xn--bcher-kva.example. TXT \"v=spf1 ip4:192.0.2.10 -all\"\n");
    for (const std::string sender :
         {"a@b\u00fccher.example", "<a@B\u00dcCHER.example>", "b\u00fccher.example"}) {
        const Run run =
            spfcheck({"check", "--zone", data.path(), "--ip", "192.0.2.10", "--sender", sender});
        CAPTURE(sender, run.out);
        CHECK(run.status == 0);
        CHECK_THAT(run.out, Contains("xn--bcher-kva.example"));
    }
}

TEST_CASE("--limits changes the limits, and the output names them", "[cli][rfc7208-4.6.4]") {
    const Run run = check({"--ip", "192.0.2.33", "--sender", "a@toomany.example", "--limits",
                           "dns_lookups=20,void_lookups=3"});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains("DNS 10 of 20, void 0 of 3"));
}
