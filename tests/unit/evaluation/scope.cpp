// Outcome::scope: the other clients that have the same outcome.

#include <string>

#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"

namespace {

spf::Outcome scoped_check(spf::ZoneResolver& zone, std::string_view ip) {
    spf::Options options;
    options.scope = true;
    return check_host(
        {.ip = *spf::IpAddress::parse(ip), .mail_from = "ann@example.com", .helo = "h.example"},
        zone, options);
}

std::string scope_of(std::string record, std::string_view ip) {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", std::move(record));
    zone.add_txt("other.example", "v=spf1 ip4:192.0.2.64/26 -all");
    zone.add_a("a.example", spf::IpAddress::v4({192, 0, 2, 130}));
    const spf::Outcome outcome = scoped_check(zone, ip);
    if (!outcome.scope) return "none";
    return outcome.scope->first.to_string() + " - " + outcome.scope->last.to_string();
}

}  // namespace

TEST_CASE("a scope ends where a comparison would come out differently", "[evaluation][scope]") {
    const auto [record, ip, scope] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 -all", "192.0.2.1", "0.0.0.0 - 255.255.255.255"},
        {"v=spf1 ip4:192.0.2.0/24 -all", "192.0.2.1", "192.0.2.0 - 192.0.2.255"},
        {"v=spf1 ip4:192.0.2.0/24 -all", "192.0.3.0", "192.0.3.0 - 255.255.255.255"},
        {"v=spf1 ip4:192.0.2.0/24 -all", "192.0.1.255", "0.0.0.0 - 192.0.1.255"},
        {"v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.0/24 -all", "192.0.2.200",
         "192.0.2.128 - 192.0.2.255"},
        {"v=spf1 include:other.example ?all", "192.0.2.70", "192.0.2.64 - 192.0.2.127"},
        {"v=spf1 include:other.example ?all", "192.0.2.1", "0.0.0.0 - 192.0.2.63"},
        {"v=spf1 a:a.example/31 ?all", "192.0.2.131", "192.0.2.130 - 192.0.2.131"},
        {"v=spf1 ip4:192.0.2.0/24 -all", "2001:db8::1",
         ":: - ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"v=spf1 ip6:2001:db8::/32 -all", "2001:db8::1",
         "2001:db8:: - 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"v=spf1 ip4:0.0.0.0/0 -all", "192.0.2.1", "0.0.0.0 - 255.255.255.255"},
        {"v=spf1 nonsense", "192.0.2.1", "0.0.0.0 - 255.255.255.255"},
    }));
    CAPTURE(record, ip);
    CHECK(scope_of(record, ip) == scope);
}

TEST_CASE("there is no scope if a question depends on the address itself", "[evaluation][scope]") {
    const std::string term =
        GENERATE("exists:%{ir}.example", "ptr", "a:%{p}.example", "include:%{i}.example");
    CAPTURE(term);
    CHECK(scope_of("v=spf1 " + term + " -all", "192.0.2.1") == "none");
    // The term is not evaluated, so it does not matter.
    CHECK(scope_of("v=spf1 ip4:192.0.2.1 " + term + " -all", "192.0.2.1") ==
          "192.0.2.1 - 192.0.2.1");
}

TEST_CASE("it is known whether a term distinguishes senders", "[evaluation][scope][rfc7208-7.3]") {
    const auto [term, depends] = GENERATE(table<std::string, bool>({
        {"exists:%{l}.example", true},
        {"a:%{s}.example", true},
        {"mx:%{o}", true},
        {"include:%{h}", true},
        {"redirect=%{o}", true},
        {"a:%{d}", false},
        {"exists:%{v}.example", false},
        {"a", false},
        {"ip4:192.0.2.1 mx:%{o}", false},
    }));
    CAPTURE(term);
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 " + term);
    CHECK(scoped_check(zone, "192.0.2.1").depends_on_sender == depends);
}
