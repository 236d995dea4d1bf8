#include "spf/message/received_spf.hpp"

#include <array>

#include "support/catch.hpp"
#include "support/cpu_time.hpp"

using spf::parse_received_spf;
using spf::Reading;
using spf::ReceivedSpf;
using spf::Result;
using Code = spf::FieldError::Code;

namespace {

/// Returns the error of strict reading. The test fails if there is none.
spf::FieldError error_of(std::string_view body) {
    const auto field = parse_received_spf(body);
    CAPTURE(body);
    REQUIRE_FALSE(field);
    return field.error();
}

ReceivedSpf lenient(std::string_view body) {
    const auto field = parse_received_spf(body, Reading::lenient);
    CAPTURE(body);
    REQUIRE(field);
    return *field;
}

}  // namespace

TEST_CASE("the example of RFC 7208 is read with its comment and pairs, which may be folded",
          "[message][rfc7208-9.1]") {
    const auto field = parse_received_spf(
        " pass (mybox.example.org: domain of\r\n"
        " myname@example.com designates 192.0.2.1 as permitted sender)\r\n"
        "    receiver=mybox.example.org; client-ip=192.0.2.1;\r\n"
        "    envelope-from=\"myname@example.com\"; helo=foo.example.com;\r\n");
    REQUIRE(field);
    CHECK(field->result == Result::pass);
    CHECK(field->comment ==
          "mybox.example.org: domain of\r\n"
          " myname@example.com designates 192.0.2.1 as permitted sender");
    CHECK(field->pairs == std::vector<ReceivedSpf::Pair>{{"receiver", "mybox.example.org"},
                                                         {"client-ip", "192.0.2.1"},
                                                         {"envelope-from", "myname@example.com"},
                                                         {"helo", "foo.example.com"}});
    CHECK(field->notes.empty());
    REQUIRE(field->find("Client-IP") != nullptr);
    CHECK(*field->find("Client-IP") == "192.0.2.1");
    CHECK(field->find("problem") == nullptr);
}

TEST_CASE("results are read whatever the case of their letters", "[message][rfc7208-9.1]") {
    CHECK(parse_received_spf("Pass")->result == Result::pass);
    CHECK(parse_received_spf("SoftFail (x)")->result == Result::softfail);
    CHECK(parse_received_spf("(before) NONE (x) ")->result == Result::none);
    CHECK(error_of("passed") == spf::FieldError{Code::unknown_result, 0});
    CHECK(error_of(" (x) ") == spf::FieldError{Code::unknown_result, 5});
    CHECK(error_of("") == spf::FieldError{Code::unknown_result, 0});
}

TEST_CASE("results of old drafts are read leniently", "[message]") {
    CHECK(error_of("unknown (x)") == spf::FieldError{Code::result_of_an_old_draft, 7});
    CHECK(lenient("Unknown (x)").result == Result::permerror);
    CHECK(lenient("error").result == Result::temperror);
}

TEST_CASE("quotes and quoted-pairs are no part of a value, and folding is none",
          "[message][rfc5322-3.2.4]") {
    const auto field =
        parse_received_spf("fail helo=\"a\\\"b\\\\c;\r\n d\"; x = (comment) a.b (comment); y=\"\"");
    REQUIRE(field);
    CHECK(field->pairs ==
          std::vector<ReceivedSpf::Pair>{{"helo", "a\"b\\c; d"}, {"x", "a.b"}, {"y", ""}});
}

TEST_CASE("comments nest, but not without limit", "[message][rfc5322-3.2.2]") {
    CHECK(parse_received_spf("pass (a (b (c)) \\) \\( d) x=y")->comment == "a (b (c)) \\) \\( d");
    const std::string deep = std::string(50, '(') + std::string(50, ')');
    CHECK(parse_received_spf("pass " + deep));
    CHECK(error_of("pass (" + deep + ")") == spf::FieldError{Code::comment_too_deep, 55});
    CHECK(error_of("pass x=y (a (b)") == spf::FieldError{Code::unclosed_comment, 9});
    CHECK(error_of("pass (a\\)") == spf::FieldError{Code::unclosed_comment, 5});
    CHECK_FALSE(parse_received_spf("pass (" + deep + ")", Reading::lenient));
    CHECK_FALSE(parse_received_spf("pass (", Reading::lenient));
}

TEST_CASE("values that servers do not quote are read leniently", "[message]") {
    const ReceivedSpf field = lenient(
        "pass client-ip=2001:db8::1; envelope-from=ann@example.com; helo=[192.0.2.1];"
        " mechanism=ip4:192.0.2.0/24; receiver=<UNKNOWN>; problem=; x=\"a;b\"@c(comment)");
    CHECK(field.pairs == std::vector<ReceivedSpf::Pair>{{"client-ip", "2001:db8::1"},
                                                        {"envelope-from", "ann@example.com"},
                                                        {"helo", "[192.0.2.1]"},
                                                        {"mechanism", "ip4:192.0.2.0/24"},
                                                        {"receiver", "<UNKNOWN>"},
                                                        {"problem", ""},
                                                        {"x", "\"a;b\"@c"}});
    // Each code is noted once, with its first place.
    CHECK(field.notes == std::vector<spf::FieldError>{{Code::value_not_a_dot_atom, 19}});
    CHECK(error_of("pass x=.a").offset == 7);
    CHECK(error_of("pass x=a..b").offset == 9);
    CHECK(error_of("pass x=; y=z").offset == 7);
    CHECK(error_of("pass x=\"a\"b").code == Code::value_not_a_dot_atom);
}

TEST_CASE("a missing semicolon is forgiven, and so are missing pairs and missing spaces",
          "[message]") {
    CHECK(error_of("pass a=b c=d") == spf::FieldError{Code::no_semicolon, 9});
    CHECK(lenient("pass a=b c=d").pairs == std::vector<ReceivedSpf::Pair>{{"a", "b"}, {"c", "d"}});
    CHECK(error_of("pass a=b;; c=d") == spf::FieldError{Code::no_key, 9});
    CHECK(lenient("pass a=b;; c=d").pairs ==
          std::vector<ReceivedSpf::Pair>{{"a", "b"}, {"c", "d"}});
    CHECK(error_of("pass a: b; c=d") == spf::FieldError{Code::no_equals_sign, 6});
    CHECK(lenient("pass a: b (;) \";\"; c=d").pairs == std::vector<ReceivedSpf::Pair>{{"c", "d"}});
    CHECK(error_of("pass(x) a=b") == spf::FieldError{Code::no_space, 4});
    CHECK(error_of("pass (x)a=b") == spf::FieldError{Code::no_space, 8});
    CHECK(lenient("pass(x)a=b").pairs == std::vector<ReceivedSpf::Pair>{{"a", "b"}});
    CHECK(error_of("pass (x) (y) a=b") == spf::FieldError{Code::no_key, 9});
    CHECK(lenient("pass (x) (y) a=b").pairs == std::vector<ReceivedSpf::Pair>{{"a", "b"}});
    CHECK(error_of("pass 1a=b").code == Code::no_key);
}

TEST_CASE("control characters and line breaks outside of folding are errors of any reading",
          "[message][rfc5322-2.2.3]") {
    for (const Reading reading : {Reading::strict, Reading::lenient}) {
        for (const std::string_view bad : {"\x01", "\x1b", "\x7f", "\r", "\n", "\r\n", "\n\n "}) {
            const std::string body = "pass helo=\"a" + std::string(bad) + "b\"";
            CAPTURE(body);
            const auto field = parse_received_spf(body, reading);
            REQUIRE_FALSE(field);
            CHECK(field.error().code == Code::control_character);
        }
        CHECK(parse_received_spf(std::string_view("pass x=\0", 8), reading).error() ==
              spf::FieldError{Code::control_character, 7});
        CHECK(parse_received_spf("pass\r\n\tx=y;\r\n \r\n z=a\r\n", reading));
        CHECK(parse_received_spf("pass x=\"y", reading).error() ==
              spf::FieldError{Code::unclosed_quote, 7});
    }
}

TEST_CASE("UTF-8 is read as RFC 6532 allows it, other octets only leniently",
          "[message][rfc6532-3.2]") {
    CHECK(*parse_received_spf("pass helo=b\u00fccher.example")->find("helo") ==
          "b\u00fccher.example");
    CHECK(parse_received_spf("pass (\U0001f600) x=\"\u00fc\""));
    // Latin-1, a surrogate, a long form of "/", a character above U+10FFFF, half a character.
    for (const std::string_view bad :
         {"\xfc", "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80", "\xe2\x82"}) {
        const std::string body = "pass (" + std::string(bad) + ") x=y";
        CHECK(error_of(body) == spf::FieldError{Code::not_utf8, 6});
        CHECK(lenient(body).comment == bad);
    }
}

TEST_CASE("a Received-SPF field of the maximum length takes linear time, a longer one is an error",
          "[message]") {
    const std::string head = "pass ";
    for (const std::string_view part :
         {"(", "()", "\"\\\"", "\"\"", ";", "a=", "a=b;", "a=@;", "a=b ", "x=\"y\"@ ", "a=(b)"}) {
        std::string body = head;
        while (body.size() + part.size() <= spf::longest_result_field) body.append(part);
        for (const Reading reading : {Reading::strict, Reading::lenient}) {
            const auto begin = spf::test::cpu_time();
            const auto field = parse_received_spf(body, reading);
            CAPTURE(part);
            // Steps in the square of the length would take several seconds.
            CHECK((spf::test::cpu_time() - begin).count() < 1.0);
            if (!field) CHECK(field.error().code != Code::too_long);
        }
        CHECK(error_of(body + head) == spf::FieldError{Code::too_long, spf::longest_result_field});
    }
}
