// The answers of `spfcheck flatten`, for people and for programs.

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

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

TEST_CASE("flatten prints records for a zone file, and that they become outdated",
          "[cli][flatten]") {
    const Run run = flatten("example.com");
    CHECK(run.status == 0);
    CHECK(run.err.empty());
    CHECK(first_line(run.out) == "example.com. IN TXT \"" + flat_example + "\"");
    CHECK_THAT(run.out, Contains("when they are outdated"));

    // The output is a zone file.
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

TEST_CASE("a flattened record of more than 255 octets is cut into strings between terms",
          "[cli][flatten][rfc7208-3.3]") {
    std::string networks;
    for (int i = 1; i <= 20; ++i) networks += " ip4:192.0.2." + std::to_string(2 * i);
    const TemporaryFile file("example.com. TXT \"v=spf1 include:a.example -all\"\n" +
                             ("a.example. TXT \"v=spf1" + networks.substr(0, 120)) + "\" \"" +
                             networks.substr(120) + " -all\"\n");
    const Run run = spfcheck({"flatten", "--zone", file.path(), "example.com"});
    CAPTURE(run.out);
    CHECK(run.status == 0);
    const std::string line = first_line(run.out);
    const std::size_t cut = line.find("\" \"");
    REQUIRE(cut != std::string::npos);
    CHECK(line.substr(cut - 1, 8) == " \" \"ip4:");
    CHECK(line.find("\" \"", cut + 1) == std::string::npos);
    const std::string begin = "example.com. IN TXT \"";
    CHECK(line.substr(begin.size(), cut - begin.size()) + line.substr(cut + 3) ==
          "v=spf1" + networks + " -all\"");
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

TEST_CASE("flatten says why it cannot", "[cli][flatten]") {
    for (const auto& [domain, reason] :
         {std::pair<std::string, std::string>{"nosuch.example.com", "no usable SPF record"},
          {"broken.example", "syntax_error"}}) {
        const Run run = flatten(domain, {"--json"});
        CHECK(run.status == 1);
        CHECK_THAT(run.err, StartsWith("spfcheck: " + domain + " cannot be flattened: ") &&
                                Contains(reason));
        const auto json = nlohmann::json::parse(run.out);
        CHECK(json["records"] == nlohmann::json::array());
        for (const char* key : {"dns_lookups", "ttl"}) {
            CHECK((json.contains(key) && json[key].is_null()));
        }
    }
}

TEST_CASE("flatten distinguishes a failure of DNS from a record that cannot be flattened",
          "[cli][flatten][rfc7208-2.6.6]") {
    const auto [domain, failed] = GENERATE(table<std::string, std::string>({
        {"gone.example", "TXT of gone.example"},
        {"include.example", "TXT of gone.example"},
        {"behind.example", "A of gone.example"},
    }));
    CAPTURE(domain);
    const TemporaryFile file(
        "$STATUS gone.example. servfail\n"
        "include.example. TXT \"v=spf1 include:gone.example -all\"\n"
        "behind.example. TXT \"v=spf1 ip4:192.0.2.0/24 a:gone.example -all\"\n");
    const Run run = spfcheck({"flatten", "--zone", file.path(), domain, "--json"});
    CHECK(run.status == 5);
    CHECK_THAT(run.err, Contains("looking up " + failed + " failed") && !Contains("do not fit"));
    const auto json = nlohmann::json::parse(run.out);
    CHECK(json["complete"] == false);
    CHECK(json["problem"]["code"] == "dns_failure");
    CHECK(json["records"].empty());
}

TEST_CASE("flatten --check does not say that nothing changed if DNS fails",
          "[cli][flatten][rfc7208-2.6.6]") {
    const TemporaryFile file(
        "$STATUS gone.example. servfail\n"
        "source.example. TXT \"v=spf1 ip4:192.0.2.0/24 include:gone.example -all\"\n"
        "flat.example. TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n");
    for (const auto& [source, published] :
         {std::pair<std::string, std::string>{"source.example", "flat.example"},
          {"flat.example", "gone.example"},
          {"gone.example", "gone.example"},
          {"source.example", "source.example"}}) {
        CAPTURE(source, published);
        const Run run = spfcheck({"flatten", source, "--check", published, "--zone", file.path()});
        CHECK(run.status == 5);
        CHECK_THAT(run.out, Contains("not known whether there is a difference") &&
                                Contains("TXT of gone.example") && !Contains("no difference"));
    }
    const Run same =
        spfcheck({"flatten", "flat.example", "--check", "flat.example", "--zone", file.path()});
    CHECK(same.status == 0);
    const Run lost = spfcheck({"flatten", "a.example", "--check", "b.example", "--nameserver",
                               "127.0.0.1:9", "--timeout", "2"});
    CHECK(lost.status == 69);
    CHECK_THAT(lost.out, !Contains("no difference"));
}

TEST_CASE("flatten never says to make records again every 0 seconds", "[cli][flatten]") {
    const auto [ttl, how_often] = GENERATE(table<std::string, std::string>({
        {"0", ", for example every hour"},
        {"1", " every minute (the DNS answers are valid for only 1 second)"},
        {"59", " every minute (the DNS answers are valid for only 59 seconds)"},
        {"60", " every 60 seconds"},
        {"7200", " every 7200 seconds"},
    }));
    CAPTURE(ttl);
    const TemporaryFile file("example.com. " + ttl + " TXT \"v=spf1 ip4:192.0.2.1 -all\"\n");
    const Run run = spfcheck({"flatten", "--zone", file.path(), "example.com"});
    CHECK(run.status == 0);
    std::string text;  // in one line
    for (const char c : run.out) text += c == '\n' || c == ';' ? ' ' : c;
    for (auto at = text.find("  "); at != std::string::npos; at = text.find("  "))
        text.erase(at, 1);
    CHECK_THAT(text, Contains("by machine" + how_often) && !Contains("every 0"));
    const Run machine = spfcheck({"flatten", "--zone", file.path(), "example.com", "--json"});
    const auto json = nlohmann::json::parse(machine.out);
    CHECK((ttl == "0" ? json["ttl"].is_null() : json["ttl"] == std::stoi(ttl)));
}

TEST_CASE("flatten --check reports whether a flattened record is still true", "[cli][flatten]") {
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
    CHECK_THAT(check(stale).out, Contains("  pass by ip4:192.0.2.0/25 -> softfail by ~all\n"
                                          "    192.0.2.64/26\n"));
}
