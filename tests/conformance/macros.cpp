// RFC 7208 section 7, observed by the questions that are asked. (The first table of 7.4 and the
// escapes of single macros are in tests/unit/record/macro.cpp.)
#include "conformance/check_zone.hpp"
#include "spf/dns/name.hpp"
#include "support/macro_examples.hpp"

namespace {

using namespace spf::test;
using namespace std::string_literals;
using spf::Result;

/// The name that `exists:<spec>` asks for, or "" if it asks for nothing.
std::string asked_for(const std::string& spec, std::string_view client = "192.0.2.3",
                      std::string_view sender = "strong-bad@email.example.com") {
    const std::string domain(spf::dns::without_trailing_dot(sender.substr(sender.rfind('@') + 1)));
    TestZone zone(domain + ". TXT \"v=spf1 exists:" + spec + " ?all\"\n" +
                  "3.2.0.192.in-addr.arpa. PTR mx.example.org.\nmx.example.org. A 192.0.2.3");
    const auto outcome = check(client, sender, zone, "HELO.example.net");
    CHECK(outcome.result == Result::neutral);
    const std::string last = zone.asked.back();
    return last.starts_with("A ") && zone.asked.size() > 1 ? last.substr(2) : "";
}

}  // namespace

TEST_CASE("the examples of section 7.4 are asked for as printed there", "[check][rfc7208-7.4]") {
    const auto [spec, client, name] = GENERATE(from_range(macro_examples()));
    CHECK(asked_for(spec, client) == name);
}

TEST_CASE("every macro letter means its value, in either case", "[check][rfc7208-7.2]") {
    const auto [spec, name] = GENERATE(table<std::string, std::string>({
        {"%{s}", "strong-bad@email.example.com"},
        {"%{S}", "strong-bad%40email.example.com"},
        {"%{l}.x.y", "strong-bad.x.y"},
        {"%{o}", "email.example.com"},
        {"%{d}", "email.example.com"},
        {"%{D}", "email.example.com"},
        {"%{i}", "192.0.2.3"},
        {"%{p}.x", "mx.example.org.x"},
        {"%{v}.x", "in-addr.x"},
        {"%{h}", "helo.example.net"},
        {"%%.x", "%.x"},
        {"a%_b.x", "a b.x"},
        {"a%-b.x", "a%20b.x"},
    }));
    CHECK(asked_for(spec) == name);
}

TEST_CASE("an IPv6 client is 32 nibbles in i", "[check][rfc7208-7.3]") {
    CHECK(asked_for("%{i}.x", "2001:db8::cb01") ==
          "2.0.0.1.0.d.b.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.b.0.1.x");
    CHECK(asked_for("%{i4r}.%{v}.x", "2001:db8::cb01") == "1.0.0.2.ip6.x");
    CHECK(asked_for("%{i}.x", "::ffff:192.0.2.3") == "192.0.2.3.x");
}

TEST_CASE("digits keep right-hand parts, after a reversal", "[check][rfc7208-7.3]") {
    const auto [spec, name] = GENERATE(table<std::string, std::string>({
        {"%{d1}", "com"},
        {"%{d2}", "example.com"},
        {"%{d3}", "email.example.com"},
        {"%{d4}", "email.example.com"},
        {"%{d127}", "email.example.com"},
        {"%{d128}", "email.example.com"},
        {"%{d99999999999999999999}", "email.example.com"},
        {"%{d02}", "example.com"},
        {"%{dr}", "com.example.email"},
        {"%{dR}", "com.example.email"},
        {"%{d1r}", "email"},
        {"%{d2r}", "example.email"},
        {"%{d9r}", "com.example.email"},
    }));
    CHECK(asked_for(spec) == name);
}

TEST_CASE("delimiters split, and dots join", "[check][rfc7208-7.3]") {
    const auto [spec, sender, name] = GENERATE(table<std::string, std::string, std::string>({
        {"%{l-}.x", "a-b-c@example.com", "a.b.c.x"},
        {"%{l-}.x", "a.b-c@example.com", "a.b.c.x"},  // a part may contain a dot
        {"%{l1-}.x", "a-b.c@example.com", "b.c.x"},
        {"%{l-.}.x", "a-b.c@example.com", "a.b.c.x"},
        {"%{l+-}.x", "a-b+c@example.com", "a.b.c.x"},
        {"%{l1r+-}.x", "a-b+c@example.com", "a.x"},
        {"%{l,/_=}.x", "a,b/c_d=e@example.com", "a.b.c.d.e.x"},
        {"%{l+}.x", "a-b@example.com", "a-b.x"},
        {"%{d-}", "a@my-shop.example.com", "my.shop.example.com"},
        {"%{o1r-}.x", "a@my-shop.example.com", "my.x"},
    }));
    CHECK(asked_for(spec, "192.0.2.3", sender) == name);
}

TEST_CASE("only the seven delimiters are delimiters", "[check][rfc7208-7.1]") {
    for (int octet = 0x21; octet < 0x7f; ++octet) {
        const char c = static_cast<char>(octet);
        if (c == '"' || c == '\\' || c == '}') continue;
        const bool allowed = "+,-./=_"s.find(c) != std::string::npos || (c >= '1' && c <= '9') ||
                             c == 'r' || c == 'R';
        const auto result = result_of("192.0.2.1", std::string("v=spf1 ?all x=%{d") + c + "}");
        CHECK(result == (allowed ? Result::neutral : Result::permerror));
    }
}

TEST_CASE("parts may be empty", "[check][rfc7208-7.3]") {
    // A name with empty labels is not legal: nothing is asked, and exists does not match (4.8).
    CHECK(asked_for("%{l-}.x", "192.0.2.3", "a--b@example.com").empty());
    CHECK(asked_for("%{l-}.x", "192.0.2.3", "-a@example.com").empty());
    CHECK(asked_for("%{l1-}.x", "192.0.2.3", "a--b@example.com") == "b.x");
    CHECK(asked_for("%{l1-}.x", "192.0.2.3", "a-@example.com").empty());
    CHECK(asked_for("%{l-}x.y", "192.0.2.3", "a-@example.com") == "a.x.y");
}

TEST_CASE("a trailing dot of the target is dropped", "[check][rfc7208-7.3]") {
    CHECK(asked_for("x.example.") == "x.example");
    CHECK(asked_for("%{l1-}.example.com.") == "bad.example.com");
    CHECK(asked_for("x.%{l1r-}", "192.0.2.3", "y.-z@example.com") == "x.y");
}

TEST_CASE("a trailing dot of the sender's domain is not part of its value",
          "[check][rfc7208-4.1]") {
    CHECK(asked_for("%{o}.x", "192.0.2.3", "a@email.example.com.") == "email.example.com.x");
    CHECK(asked_for("%{s}.x", "192.0.2.3", "a@email.example.com.") == "a@email.example.com.x");
}

TEST_CASE("too long a target loses labels on its left until it has 253 octets",
          "[check][rfc7208-7.3]") {
    const std::string label(63, 'a');
    const std::string three = label + "." + label + "." + label;  // 191
    const auto with = [&](std::size_t first) {
        return asked_for(std::string(first, 'b') + "." + three + ".%{d}", "192.0.2.3",
                         "ann@example.com");
    };
    REQUIRE((three + ".example.com").size() == 203);
    CHECK(with(49) == std::string(49, 'b') + "." + three + ".example.com");  // 253
    CHECK(with(50) == three + ".example.com");                               // 254
    CHECK(with(51) == three + ".example.com");                               // 255
    CHECK(asked_for("x.y.z." + std::string(49, 'b') + "." + three + ".%{d}", "192.0.2.3",
                    "ann@example.com") == std::string(49, 'b') + "." + three + ".example.com");
}

TEST_CASE("a long local-part is truncated on label borders", "[check][rfc7208-7.3]") {
    std::string local_part = "start";
    while (local_part.size() < 5000) local_part += ".abcdefg";
    const std::string name = asked_for("%{l}.%{d}", "192.0.2.3", local_part + "@example.com");
    CHECK(name.size() <= 253);
    CHECK(name.size() > 253 - 8);
    CHECK(name.starts_with("abcdefg."));
    CHECK(name.ends_with(".abcdefg.example.com"));
    CHECK(asked_for("%{l}.%{l}.%{l}.%{d}", "192.0.2.3", local_part + "@example.com") == name);
}

TEST_CASE("a target with a label of 64 octets is not asked for",
          "[check][rfc7208-4.8][rfc7208-7.3]") {
    CHECK(asked_for("%{l}.x", "192.0.2.3", std::string(63, 'a') + "@example.com") ==
          std::string(63, 'a') + ".x");
    CHECK(asked_for("%{l}.x", "192.0.2.3", std::string(64, 'a') + "@example.com").empty());
    CHECK(asked_for("%{l}.x", "192.0.2.3", std::string(300, 'a') + "@example.com") ==
          "x");  // truncated first
}

TEST_CASE("a percent sign begins a macro or is an error", "[check][rfc7208-7.1][rfc7208-7.3]") {
    const std::string term = GENERATE(
        "-exists:%(ir).sbl.example.org", "exists:%", "exists:%a.x", "exists:%{", "exists:%{d",
        "exists:%{}.x", "exists:%{d0}.x", "exists:%{d000}.x", "exists:%{dr0}.x", "exists:%{r}.x",
        "exists:%{t}.x", "exists:%{c}.x", "exists:%{a}.x", "exists:%{dd}.x", "exists:%{s1r@}.x");
    CHECK(result_of("192.0.2.1", "v=spf1 " + term + " ?all") == Result::permerror);
}

TEST_CASE("octets of the sender go into a name as they are", "[check][rfc7208-4.8]") {
    CHECK(asked_for("%{l}.x", "192.0.2.3", "a b@example.com") == "a b.x");
    CHECK(asked_for("%{l}.x", "192.0.2.3", "\"a\\b\"@example.com") == "\"a\\b\".x");
    CHECK(asked_for("%{l}.x", "192.0.2.3", "a\0b@example.com"s) == "a\0b.x"s);
    CHECK(asked_for("%{L}.x", "192.0.2.3", "a b@example.com") == "a%20b.x");
    CHECK(asked_for("%{l}.x", "192.0.2.3", "%{d}@example.com") == "%{d}.x");
}

TEST_CASE("p is the validated name nearest to the domain", "[check][rfc7208-7.3]") {
    const auto [names, expected] = GENERATE(table<std::string, std::string>({
        {"", "unknown"},
        {"other.example.org", "other.example.org"},
        {"other.example.org mail.example.com", "mail.example.com"},
        {"mail.example.com other.example.org", "mail.example.com"},
        {"other.example.org mail.example.com example.com", "example.com"},
        {"other.example.org bad-example.com", "other.example.org"},
        {"invalid.example.org", "unknown"},
    }));
    std::string zone = "example.com. TXT \"v=spf1 exists:%{p}.%{d} ?all\"\n";
    for (std::size_t at = 0; at < names.size();) {
        const auto end = std::min(names.find(' ', at), names.size());
        const std::string name = names.substr(at, end - at);
        zone += "1.2.0.192.in-addr.arpa. PTR " + name + ".\n";
        zone += name + ". A " + (name.starts_with("invalid") ? "192.0.2.9" : "192.0.2.1") + "\n";
        at = end + 1;
    }
    TestZone made(zone);
    CHECK(check("192.0.2.1", "ann@example.com", made).result == Result::neutral);
    CHECK(made.asked.back() == "A " + expected + ".example.com");
}

TEST_CASE("p is unknown after a DNS error", "[check][rfc7208-7.3]") {
    const std::string failing =
        GENERATE("1.2.0.192.in-addr.arpa. PTR !servfail",
                 "1.2.0.192.in-addr.arpa. PTR mail.example.com.\nmail.example.com. A !timeout");
    TestZone zone("example.com. TXT \"v=spf1 exists:%{p}.%{d} ?all\"\n" + failing);
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::neutral);
    CHECK(zone.asked.back() == "A unknown.example.com");
}

TEST_CASE("h is the HELO name whatever it is", "[check][rfc7208-7.3]") {
    TestZone zone("example.com. TXT \"v=spf1 exists:%{h}.x ?all\"");
    CHECK(check("192.0.2.1", "ann@example.com", zone, "[192.0.2.1]").result == Result::neutral);
    CHECK(zone.asked.back() == "A [192.0.2.1].x");
    CHECK(check("192.0.2.1", "ann@example.com", zone, "").result == Result::neutral);
    CHECK(zone.asked.back() == "TXT example.com");  // ".x" is not a legal name
}

TEST_CASE("r is unknown if the receiver's name is not given", "[check][rfc7208-7.3]") {
    TestZone zone(
        "example.com. TXT \"v=spf1 -all exp=why.example.com\"\nwhy.example.com. TXT \"%{r}\"");
    auto request = request_for("192.0.2.1", "ann@example.com");
    request.receiver = "";
    CHECK(check(request, zone).explanation == "unknown");
}

TEST_CASE("t is the time of the check in seconds", "[check][rfc7208-7.3]") {
    TestZone zone(
        "example.com. TXT \"v=spf1 -all exp=why.example.com\"\nwhy.example.com. TXT \"%{t}\"");
    auto request = request_for("192.0.2.1", "ann@example.com");
    const auto [seconds, text] =
        GENERATE(table<long, std::string>({{0, "0"}, {1, "1"}, {4'102'444'800, "4102444800"}}));
    request.time = std::chrono::sys_seconds(std::chrono::seconds(seconds));
    CHECK(check(request, zone).explanation == text);
    request.time.reset();
    const auto before = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    const auto outcome = check_host(request, zone);
    const auto after = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    CHECK(std::stoll(outcome.explanation) >= before);
    CHECK(std::stoll(outcome.explanation) <= after);
}
