#include "spf/message/authentication_results.hpp"

#include "support/catch.hpp"
#include "support/cpu_time.hpp"

using spf::AuthenticationResults;
using spf::FieldError;
using spf::parse_arc_authentication_results;
using spf::parse_authentication_results;
using spf::Reading;
using Code = spf::FieldError::Code;
using Properties = std::vector<spf::AuthenticationResult::Property>;

namespace {

FieldError error_of(std::string_view body) {
    const auto field = parse_authentication_results(body);
    CAPTURE(body);
    REQUIRE_FALSE(field);
    return field.error();
}

AuthenticationResults strict(std::string_view body) {
    const auto field = parse_authentication_results(body);
    CAPTURE(body);
    REQUIRE(field);
    CHECK(field->notes.empty());
    return *field;
}

AuthenticationResults lenient(std::string_view body) {
    const auto field = parse_authentication_results(body, Reading::lenient);
    CAPTURE(body);
    REQUIRE(field);
    return *field;
}

/// Returns the value of the only property, read strictly.
std::string value_of(std::string_view text) {
    const AuthenticationResults field = strict("x; spf=pass smtp.mailfrom=" + std::string(text));
    REQUIRE(field.results.size() == 1);
    REQUIRE(field.results.front().properties.size() == 1);
    return field.results.front().properties.front().value;
}

}  // namespace

TEST_CASE("a field with two results is read with their comments, reasons and properties",
          "[message][rfc8601-2.2]") {
    const AuthenticationResults field = strict(
        " example.com 1;\r\n"
        "      dkim/1=pass (good) reason=\"good \\\"signature\\\"\"\r\n"
        "        header.d=example.com header.i=@mail-router.example.net;\r\n"
        "      SPF = Fail SMTP . MailFrom = (a) example.net (b)\r\n");
    CHECK(field.authserv_id == "example.com");
    CHECK(field.version == 1);
    CHECK_FALSE(field.instance);
    REQUIRE(field.results.size() == 2);
    CHECK(field.results[0] ==
          spf::AuthenticationResult{"dkim", 1, "pass", "good", "good \"signature\"",
                                    Properties{{"header", "d", "example.com"},
                                               {"header", "i", "@mail-router.example.net"}}});
    CHECK(field.results[1] ==
          spf::AuthenticationResult{"spf", std::nullopt, "fail", std::nullopt, std::nullopt,
                                    Properties{{"smtp", "mailfrom", "example.net"}}});
}

TEST_CASE("a field without results says none", "[message][rfc8601-2.2]") {
    CHECK(strict("example.org; none").results.empty());
    CHECK(strict("example.org 1 ; (x) None (y)").results.empty());
    CHECK(strict("example.org; none=pass").results.size() == 1);
    CHECK(error_of("example.org; none;") == FieldError{Code::not_a_method, 17});
    CHECK(error_of("example.org; spf=pass; none").code == Code::not_a_method);
    CHECK(error_of("example.org") == FieldError{Code::no_resinfo, 11});
    CHECK(error_of("example.org;") == FieldError{Code::empty_resinfo, 12});
    CHECK(lenient("example.org").authserv_id == "example.org");
}

TEST_CASE("the authserv-id is a token or a quoted-string", "[message][rfc8601-2.5]") {
    CHECK(strict("\"mail.example.org/4Bx8\"; none").authserv_id == "mail.example.org/4Bx8");
    CHECK(strict("(mx) \"a\\\"b\" (c) 1; none").authserv_id == "a\"b");
    CHECK(strict("b\u00fccher.example; none").authserv_id == "b\u00fccher.example");
    // OpenDKIM and OpenDMARC used to write this without quotes.
    CHECK(error_of("mail.example.org/4Bx8; none") == FieldError{Code::junk_behind_authserv_id, 16});
    CHECK(lenient("mail.example.org/4Bx8; none").authserv_id == "mail.example.org");
    CHECK(error_of("\"unclosed; none").code == Code::unclosed_quote);
}

TEST_CASE("a field without authserv-id is read leniently, as Microsoft writes it", "[message]") {
    const std::string_view body =
        "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=a.example; dmarc=pass action=none "
        "header.from=a.example;compauth=pass reason=100;";
    CHECK(error_of(body) == FieldError{Code::no_authserv_id, 3});
    const AuthenticationResults field = lenient(body);
    CHECK_FALSE(field.authserv_id);
    REQUIRE(field.results.size() == 3);
    CHECK(field.results[0].comment == "sender IP is 192.0.2.7");
    CHECK(field.results[1].properties ==
          Properties{{std::nullopt, "action", "none"}, {"header", "from", "a.example"}});
    CHECK(field.results[2].reason == "100");
    CHECK(field.notes.size() == 3);
    CHECK(lenient("; spf=pass").results.size() == 1);
}

TEST_CASE("an unknown version of the field is an error of strict reading",
          "[message][rfc8601-2.6]") {
    CHECK(error_of("example.org 2; spf=pass") == FieldError{Code::unknown_version, 12});
    CHECK(lenient("example.org 2; spf=pass").version == 2);
    CHECK(lenient("example.org 99999999999999999999; spf=pass").version == 4'294'967'295U);
    CHECK(strict("example.org 01; spf=pass").version == 1);
    CHECK(strict("x; spf/99999999999=pass").results[0].method_version == 4'294'967'295U);
    CHECK(error_of("x; spf/=pass").code == Code::not_a_method);
}

TEST_CASE("the value of a property is a token, a quoted-string, a domain or an address",
          "[message][rfc8601-2.2]") {
    CHECK(value_of("example.com") == "example.com");
    CHECK(value_of("\"a;\\\"b\"") == "a;\"b");
    CHECK(value_of("\"\"").empty());
    CHECK(value_of("ann@example.com") == "ann@example.com");
    CHECK(value_of("prvs=1/2?=ann@example.com") == "prvs=1/2?=ann@example.com");
    CHECK(value_of("@example.com (x)") == "@example.com");
    CHECK(value_of("\"a \\\" b\"@example.com") == "\"a \\\" b\"@example.com");
    CHECK(value_of("ann@b\u00fccher.example") == "ann@b\u00fccher.example");  // RFC 8616, 3
    CHECK(strict("x; spf=pass a.b=\"c\"d.e=f").results[0].properties.size() == 2);
    for (const std::string_view wrong :
         {"<ann@example.com>", "::1", "a/b", "a=b", "a@b@example.com", "@", "ann@example..com",
          "ann@-a.example", "ann@a-.example", "ann@example.com.", "ann@localhost",
          "a..b@example.com", "[192.0.2.1]", "\"a\"@"}) {
        const std::string body = "x; spf=pass smtp.mailfrom=" + std::string(wrong);
        CAPTURE(body);
        CHECK(error_of(body).code == Code::pvalue_not_allowed);
        CHECK(lenient(body).results[0].properties ==
              Properties{{"smtp", "mailfrom", std::string(wrong)}});
    }
    CHECK(error_of("x; spf=pass smtp.mailfrom=; y=z") == FieldError{Code::no_pvalue, 26});
}

TEST_CASE("text that is no result or property is skipped leniently", "[message]") {
    CHECK(error_of("x; spf=pass foo; a=b") == FieldError{Code::junk_in_resinfo, 15});
    CHECK(lenient("x; spf=pass foo \";\" (;) a.b=c; a=b").results.size() == 2);
    CHECK(error_of("x; spf=pass.foo").code == Code::junk_in_resinfo);
    CHECK(error_of("x; spf=pass reason=\"a\"a.b=c").code == Code::junk_in_resinfo);
    CHECK(error_of("x; spf=; a=b") == FieldError{Code::no_result, 7});
    CHECK(lenient("x; spf=; a=b").results.size() == 1);
    CHECK(error_of("x; spf-=pass").code == Code::not_a_method);
    CHECK(error_of("x y; spf=pass") == FieldError{Code::junk_behind_authserv_id, 2});
    CHECK(error_of("x; spf=pass a.b=c reason=d").code == Code::misplaced_reason);
    CHECK(lenient("x; spf=pass a.b=c reason=d").results[0].reason == "d");
    CHECK(error_of("x; spf=pass reason=a/b").code == Code::pvalue_not_allowed);
    // The second reason is a property, as none of the two is to be lost.
    CHECK(lenient("x; spf=pass reason=a reason=b").results[0].properties ==
          Properties{{std::nullopt, "reason", "b"}});
}

TEST_CASE("ARC-Authentication-Results begins with an instance from 1 to 50",
          "[message][rfc8617-4.1.1]") {
    const auto field = parse_arc_authentication_results(" i = 50 ; mx.example.org; spf=pass");
    REQUIRE(field);
    CHECK(field->instance == 50U);
    CHECK(field->authserv_id == "mx.example.org");
    for (const std::string_view wrong : {"i=0; x; none", "i=51; x; none", "i=001; x; none",
                                         "I=1; x; none", "i=; x; none", "x; none", "i=1 x; none"}) {
        for (const Reading reading : {Reading::strict, Reading::lenient}) {
            const auto refused = parse_arc_authentication_results(wrong, reading);
            CAPTURE(wrong);
            REQUIRE_FALSE(refused);
            CHECK(refused.error() == FieldError{Code::no_instance, 0});
        }
    }
    // The other field has no instance, so this is not the authserv-id that follows it.
    CHECK(error_of("i=1; mx.example.org; spf=pass") == FieldError{Code::no_authserv_id, 1});
    CHECK_FALSE(lenient("i=1; mx.example.org; spf=pass").authserv_id);
}

TEST_CASE(
    "reading the longest Authentication-Results field takes linear time, a longer one is an error",
    "[message]") {
    for (const std::string_view part : {"(", "()", "\"\\\"", "\"\"", ";", "a=", ";a=b", "a.b=@ ",
                                        "a.b=c ", "a.b=\"y\"@ ", "reason=\"a\"", "x@", ". "}) {
        for (const std::string_view head : {"x; spf=pass ", "x;", "\"", "("}) {
            std::string body(head);
            while (body.size() + part.size() <= spf::longest_result_field) body.append(part);
            for (const Reading reading : {Reading::strict, Reading::lenient}) {
                const auto begin = spf::test::cpu_time();
                const auto field = parse_authentication_results(body, reading);
                CAPTURE(head, part);
                // Steps in the square of the length would take several seconds.
                CHECK((spf::test::cpu_time() - begin).count() < 1.0);
                if (!field) CHECK(field.error().code != Code::too_long);
            }
            CHECK(error_of(body + std::string(20, 'x')).code == Code::too_long);
        }
    }
}
