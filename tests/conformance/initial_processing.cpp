// The <domain> and <sender> with which a check begins, and the question for its record (RFC 7208
// sections 2.3, 2.4, 4.1, 4.3, 4.4).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using namespace std::string_literals;
using spf::Result;
using Code = spf::Problem::Code;

/// Fails, with an explanation that contains everything known about the sender.
const std::string telling_zone = R"(
    example.com.         TXT "v=spf1 -all exp=why.example.com"
    mail.example.com.    TXT "v=spf1 -all exp=why.example.com"
    why.example.com.     TXT "s=%{s} l=%{l} o=%{o} d=%{d} h=%{h}"
)";

std::string name_of_length(std::size_t length) {
    std::string name = ".example.com";
    while (name.size() + 64 <= length) name = "." + std::string(63, 'a') + name;
    return length == name.size() ? name.substr(1) : std::string(length - name.size(), 'b') + name;
}

}  // namespace

TEST_CASE("the sender of a check is the reverse-path, with or without angle brackets",
          "[check][rfc7208-2.4][rfc7208-4.1]") {
    const std::string path = GENERATE("ann@example.com", "<ann@example.com>");
    const auto outcome = check("192.0.2.1", path, telling_zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.domain == "example.com");
    CHECK(outcome.sender == "ann@example.com");
    CHECK(outcome.identity == spf::Identity::mail_from);
    CHECK_FALSE(outcome.null_sender);
    CHECK(outcome.explanation ==
          "s=ann@example.com l=ann o=example.com d=example.com h=mx.client.example");
}

TEST_CASE("blanks around a reverse-path, and ESMTP parameters after it, are ignored",
          "[check][rfc7208-2.4][rfc5321-4.1.2]") {
    const auto [path, sender] = GENERATE(table<std::string, std::string>({
        {"<ann@example.com> SIZE=100", "ann@example.com"},
        {"<ann@example.com> BODY=8BITMIME AUTH=<>", "ann@example.com"},
        {"<ann@example.com> AUTH=<bob@two.example>", "ann@example.com"},
        {"<ann@example.com>\r\n", "ann@example.com"},
        {"<@one.example:ann@example.com> SIZE=100", "ann@example.com"},
        {"<\"a>b\"@example.com> SIZE=100", "\"a>b\"@example.com"},
        {"<\"a>b\"@example.com>", "\"a>b\"@example.com"},
        {"<\"a\\\">b\"@example.com> AUTH=<>", "\"a\\\">b\"@example.com"},
        {"<\"a\\\\\"@example.com> AUTH=<>", "\"a\\\\\"@example.com"},
        {"<a\\>b@example.com>", "a\\>b@example.com"},
        {"<a\\<b@example.com> SIZE=1", "a\\<b@example.com"},
        {"<a\\\"b@example.com> SIZE=1", "a\\\"b@example.com"},
        {" <ann@example.com>", "ann@example.com"},
        {"\t<ann@example.com >", "ann@example.com"},
        {"< ann@example.com> SIZE=1", "ann@example.com"},
        {"ann@example.com ", "ann@example.com"},
        {"ann@example.com SIZE=100", "ann@example.com"},
        {"\"a b\"@example.com\tSIZE=100", "\"a b\"@example.com"},
    }));
    CAPTURE(path);
    const auto outcome = check("192.0.2.1", path, telling_zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.domain == "example.com");
    CHECK(outcome.sender == sender);
    CHECK_FALSE(outcome.null_sender);
}

TEST_CASE("ESMTP parameters do not make a null reverse-path another one", "[check][rfc7208-2.4]") {
    const std::string path =
        GENERATE("<> SIZE=100", "<> AUTH=<ann@example.com>", "<>\r\n", " <>", "< >");
    CAPTURE(path);
    const auto outcome = check("192.0.2.1", path, telling_zone, "mail.example.com");
    CHECK(outcome.domain == "mail.example.com");
    CHECK(outcome.null_sender);
}

TEST_CASE("a reverse-path whose angle bracket is not closed stays unchanged",
          "[check][rfc7208-4.3]") {
    const std::string path = GENERATE("<ann@example.com", "<\"ann@example.com SIZE=1", "<");
    CAPTURE(path);
    CHECK(check("192.0.2.1", path, telling_zone).sender.front() == (path == "<" ? 'p' : '<'));
}

TEST_CASE("a null reverse-path means postmaster at the HELO name", "[check][rfc7208-2.4]") {
    const std::string path = GENERATE("", "<>");
    const auto outcome = check("192.0.2.1", path, telling_zone, "mail.example.com");
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.domain == "mail.example.com");
    CHECK(outcome.sender == "postmaster@mail.example.com");
    CHECK(outcome.null_sender);
    CHECK(outcome.explanation ==
          "s=postmaster@mail.example.com l=postmaster o=mail.example.com d=mail.example.com "
          "h=mail.example.com");
}

TEST_CASE("a null reverse-path with a HELO name that is not a domain gives none",
          "[check][rfc7208-4.1]") {
    const std::string helo =
        GENERATE("", "mail", "[192.0.2.1]", "-bad_..example.com", "two words.example.com");
    CAPTURE(helo);
    TestZone zone(telling_zone);
    const auto outcome = check("192.0.2.1", "", zone, helo);
    CHECK(outcome.result == Result::none);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::malformed_domain);
    CHECK(zone.asked.empty());
}

TEST_CASE("the HELO identity is checked as postmaster at that name", "[check][rfc7208-2.3]") {
    TestZone zone(telling_zone);
    auto request = request_for("192.0.2.1", "ann@example.com", "mail.example.com");
    request.identity = spf::Identity::helo;
    const auto outcome = check(request, zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.identity == spf::Identity::helo);
    CHECK(outcome.domain == "mail.example.com");
    CHECK(outcome.sender == "postmaster@mail.example.com");
    CHECK_FALSE(outcome.null_sender);
}

TEST_CASE("a sender without local-part gets postmaster", "[check][rfc7208-4.3]") {
    const std::string path =
        GENERATE("@example.com", "example.com", "<@example.com>", "<example.com>");
    CAPTURE(path);
    const auto outcome = check("192.0.2.1", path, telling_zone);
    CHECK(outcome.domain == "example.com");
    CHECK(outcome.sender == "postmaster@example.com");
    CHECK(outcome.explanation ==
          "s=postmaster@example.com l=postmaster o=example.com d=example.com h=mx.client.example");
}

TEST_CASE("the domain is after the last at-sign", "[check][rfc7208-4.1]") {
    const auto [path, local_part] = GENERATE(table<std::string, std::string>({
        {"\"ann@home\"@example.com", "\"ann@home\""},
        {"ann@home@example.com", "ann@home"},
        {"\"a b\"@example.com", "\"a b\""},
        {"a%b@example.com", "a%b"},
        {"a%{d}b@example.com", "a%{d}b"},
    }));
    CAPTURE(path);
    const auto outcome = check("192.0.2.1", path, telling_zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.domain == "example.com");
    CHECK(outcome.explanation ==
          "s=" + path + " l=" + local_part + " o=example.com d=example.com h=mx.client.example");
}

TEST_CASE("a source route does not change the domain", "[check][rfc7208-4.1]") {
    const std::string path =
        GENERATE("<@one.example,@two.example:ann@example.com>", "@one.example:ann@example.com");
    CAPTURE(path);
    const auto outcome = check("192.0.2.1", path, telling_zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.domain == "example.com");
    CHECK(outcome.sender == "ann@example.com");
}

TEST_CASE("a malformed domain gives none and nothing is asked", "[check][rfc7208-4.3]") {
    const std::string domain = GENERATE(
        "com"s, "localhost"s, "com."s, "."s, ".example.com"s, "example..com"s, "example.com.."s,
        "[192.0.2.1]"s, "[IPv6:2001:db8::1]"s, "exam ple.com"s, "exam\tple.com"s, "exam\0ple.com"s,
        "b\xc3\xbc"s + "cher.example"s, std::string(64, 'a') + ".example.com", name_of_length(254),
        name_of_length(255), name_of_length(3000));
    CAPTURE(domain);
    TestZone zone("example.com. TXT \"v=spf1 -all\"");
    const auto outcome = check("192.0.2.1", "ann@" + domain, zone);
    CHECK(outcome.result == Result::none);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::malformed_domain);
    CHECK(outcome.problem->syntax);
    CHECK(outcome.mechanism.empty());
    CHECK(zone.asked.empty());
}

TEST_CASE("a domain of 253 octets and a label of 63 are well formed", "[check][rfc7208-4.3]") {
    const std::string domain = GENERATE(name_of_length(253), std::string(63, 'a') + ".example.com");
    const auto outcome = check("192.0.2.1", "ann@" + domain, domain + ". TXT \"v=spf1 -all\"");
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.domain == domain);
}

TEST_CASE("domains are compared without regard to case or trailing dot", "[check][rfc7208-4.3]") {
    const std::string domain = GENERATE("EXAMPLE.com", "Example.Com.", "example.com.");
    TestZone zone("example.com. TXT \"v=spf1 -all\"");
    CHECK(check("192.0.2.1", "ann@" + domain, zone).result == Result::fail);
    CHECK(zone.asked == std::vector<std::string>{"TXT example.com"});
}

TEST_CASE("a domain that does not exist gives none", "[check][rfc7208-4.3]") {
    const auto outcome = check("192.0.2.1", "ann@nowhere.example", telling_zone);
    CHECK(outcome.result == Result::none);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::no_such_domain);
    CHECK(outcome.void_lookups == 0);
    CHECK(outcome.dns_lookups == 0);
}

TEST_CASE("a domain without TXT records gives none", "[check][rfc7208-4.5]") {
    const auto outcome = check("192.0.2.1", "ann@example.com", "example.com. A 192.0.2.1");
    CHECK(outcome.result == Result::none);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::no_record);
    CHECK(outcome.void_lookups == 0);
}

TEST_CASE("a failed lookup of the record gives temperror", "[check][rfc7208-4.4]") {
    const auto [status, name] = GENERATE(table<spf::dns::Status, std::string>({
        {spf::dns::Status::servfail, "!servfail"},
        {spf::dns::Status::error, "!error"},
        {spf::dns::Status::timeout, "!timeout"},
        {spf::dns::Status::unreachable, "!unreachable"},
    }));
    const auto outcome = check("192.0.2.1", "ann@example.com", "example.com. TXT " + name);
    CHECK(outcome.result == Result::temperror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::dns_failure);
    CHECK(outcome.problem->domain == "example.com");
    CHECK(outcome.problem->type == spf::dns::RecordType::txt);
    CHECK(outcome.problem->status == status);
    CHECK(outcome.ttl.count() == 0);
}

TEST_CASE("the record is asked for by type TXT only, once", "[check][rfc7208-4.4]") {
    TestZone zone("example.com. TXT \"v=spf1 ip4:192.0.2.1 -all\"");
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::pass);
    CHECK(zone.asked == std::vector<std::string>{"TXT example.com"});
}

TEST_CASE("the record is at the domain itself, not above or below it", "[check][rfc7208-3]") {
    const char* zone = R"(
        example.com.       TXT "v=spf1 +all"
        a.b.example.com.   TXT "v=spf1 +all"
    )";
    CHECK(check("192.0.2.1", "ann@b.example.com", zone).result == Result::none);
}

TEST_CASE("an alias leads to the record", "[check][rfc7208-4.4]") {
    const char* zone = R"(
        example.com.    CNAME real.example.
        real.example.   TXT "v=spf1 a -all"
        example.com.    A 192.0.2.1
    )";
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::pass);
    CHECK(check("192.0.2.1", "ann@example.com", "example.com. CNAME nowhere.example.").result ==
          Result::none);
}

TEST_CASE("a client on a mapped address is an IPv4 client", "[check][rfc7208-5]") {
    const char* zone = "example.com. TXT \"v=spf1 ip6:::/0 -ip4:192.0.2.1 +all\"";
    const auto outcome = check("::ffff:192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.ip.to_string() == "192.0.2.1");
}

TEST_CASE("the outcome repeats what was checked", "[check][rfc7208-4.1]") {
    const auto outcome = check("2001:db8::1", "ann@example.com", telling_zone);
    CHECK(outcome.ip == ip("2001:db8::1"));
    CHECK(outcome.helo == some_helo);
    CHECK(outcome.receiver == "mx.receiver.example");
}
