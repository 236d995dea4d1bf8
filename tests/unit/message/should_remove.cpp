#include <string>
#include <string_view>

#include "spf/message/authentication_results.hpp"
#include "support/catch.hpp"
#include "support/cpu_time.hpp"

using spf::should_remove;

namespace {

constexpr std::string_view ours = "mx.example.org";

}  // namespace

TEST_CASE("a field with the MTA's own authserv-id is removed, however it is written",
          "[message][rfc8601-5]") {
    for (const std::string_view forged :
         {"mx.example.org; spf=pass smtp.mailfrom=example.com", " MX.Example.ORG 1; none",
          "\"mx.example.org\"; none", "\"mx.ex\\ample.org\" (x) 1; none",
          "(other.example) mx.example.org; none", "(a (b \\) c)) (d)\r\n\tmx.example.org; none",
          "mx.example.org(other.example); none", "mx.example.org.; none",
          "mx.example.org/4Bx8; none", "\"mx.example.org/4Bx8\"; none", "\"mx.example.org \"; none",
          "\" mx.example.org\"; none", "mx.example.org..; none"}) {
        CAPTURE(forged);
        CHECK(should_remove(ours, forged));
    }
}

TEST_CASE("a field that cannot be read is removed if its authserv-id is the MTA's own",
          "[message][rfc8601-5]") {
    for (const std::string_view forged :
         {"mx.example.org", "mx.example.org spf=pass", "mx.example.org; spf=pass (unclosed",
          "mx.example.org; spf=pass \"unclosed", "mx.example.org;;;", "mx.example.org, spf=pass",
          "mx.example.org; \x01", "\r\n\r\nmx.example.org; none", "\x01 mx.example.org; none",
          "mx.example.org@evil.example; spf=pass", "mx.example.org\x01.evil.example; none",
          "mx.example.org=x; none", "mx.example.org; \xff"}) {
        CAPTURE(forged);
        CHECK(should_remove(ours, forged));
    }
    CHECK(should_remove(ours, std::string_view("mx.example.org\0.evil.example; none", 34)));
    const std::string deep = std::string(10'000, '(') + std::string(10'000, ')');
    CHECK(should_remove(ours, deep + "mx.example.org; none"));
    CHECK(should_remove(ours, "mx.example.org; none" + std::string(1'000'000, ' ')));
}

TEST_CASE("finding out whether a field is removed takes linear time", "[message][rfc8601-5]") {
    for (const std::string_view part :
         {"(", ")", "\"", "\\", "a", ".", "/", "xn--a-b.", "xn--a/"}) {
        std::string body;
        while (body.size() < 500'000) body.append(part);
        const auto begin = spf::test::cpu_time();
        CHECK_FALSE(should_remove(ours, body));
        CHECK_FALSE(should_remove(ours, "\"" + body + "\""));
        CAPTURE(part);
        // Steps in the square of the length would take minutes.
        CHECK((spf::test::cpu_time() - begin).count() < 3.0);
    }
}

TEST_CASE("a field with another authserv-id is kept", "[message][rfc8601-5]") {
    for (const std::string_view other :
         {"evil.mx.example.org; none", "xmx.example.org; none", "mx.example.org.evil.example; none",
          "mx.example.orgx; none", "example.org; none", "org; none",
          "other.example (mx.example.org); none", "(mx.example.org) other.example; none",
          "(mx.example.org; none", "other.example; spf=pass smtp.mailfrom=mx.example.org",
          "other.example/mx.example.org; none", "\"other.example mx.example.org\"; none",
          "\"mx.example.org; none", "\"mx.exam\r\n ple.org\"; none",
          "spf=pass smtp.mailfrom=mx.example.org", "; mx.example.org", "",
          "other.example; mx.example.org; none", "other.example 1; none"}) {
        CAPTURE(other);
        CHECK_FALSE(should_remove(ours, other));
    }
}

TEST_CASE("A-labels of authserv-ids are compared as U-labels", "[message][rfc8601-5]") {
    CHECK(should_remove("mx.b\u00fccher.example", "mx.xn--bcher-kva.example; none"));
    CHECK(should_remove("MX.XN--BCHER-KVA.example", "mx.b\u00fccher.example; none"));
    CHECK(should_remove("xn--bcher-kva", "\"xn--bcher-kva\"; none"));
    // Examples of RFC 3492, 7.1 (B and L), and a character beyond the basic plane.
    CHECK(should_remove("xn--ihqwcrb4cv8a8dqg056pqjye",
                        "\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587; none"));
    CHECK(should_remove("xn--3B-ww4c5e180e575a65lsy2b",
                        "3\u5e74b\u7d44\u91d1\u516b\u5148\u751f; none"));
    CHECK(should_remove("xn--e28h", "\U0001f600; none"));
    CHECK_FALSE(should_remove("mx.b\u00fccher.example", "mx.bucher.example; none"));
    // What only looks like an A-label is compared as it is.
    for (const std::string_view label :
         {"xn--mx-", "xn--", "xn--99999999", "xn--a-\u00fc", "xn---"}) {
        CAPTURE(label);
        CHECK(should_remove(label, std::string(label) + "; none"));
        CHECK_FALSE(should_remove("mx", std::string(label) + "; none"));
    }
}

TEST_CASE("a field of an unknown version is removed, whoever wrote it", "[message][rfc8601-5]") {
    CHECK(should_remove(ours, "other.example 2; none"));
    CHECK(should_remove(ours, "other.example (x) 0 ; none"));
    CHECK(should_remove(ours, "other.example 10"));
    CHECK_FALSE(should_remove(ours, "other.example 1; none"));
    CHECK_FALSE(should_remove(ours, "other.example 01(x); none"));
    CHECK_FALSE(should_remove(ours, "other.example 2x; none"));
}

TEST_CASE("an authserv-id with a slash is the MTA's own with and without a job",
          "[message][rfc8601-5]") {
    CHECK(should_remove("mx.example.org/a", "\"mx.example.org/a\"; none"));
    CHECK(should_remove("mx.example.org/a", "mx.example.org/a/4Bx8; none"));
    CHECK_FALSE(should_remove("mx.example.org/a", "mx.example.org/b; none"));
    CHECK_FALSE(should_remove("mx.example.org/a", "mx.example.org; none"));
}
