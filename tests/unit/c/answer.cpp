// Questions and answers of a C program.

#include "c/answer.hpp"

#include <chrono>
#include <string>
#include <vector>

#include "spf/c.h"
#include "support/c_api.hpp"
#include "support/catch.hpp"

namespace {

using spf::dns::Status;
using spf::test::CAnswer;

CAnswer answer_of(spf_dns_status status = SPFC_DNS_OK, std::uint32_t ttl = 60) {
    CAnswer answer{spf_answer_new()};
    REQUIRE(spf_answer_set_status(answer.get(), status, ttl) == SPFC_OK);
    return answer;
}

/// Returns the name that an answer has for a name as a DNS library writes it, or "(bad)".
std::string read(const char* name) {
    const CAnswer answer = answer_of();
    const spf_error error = spf_answer_add_name(answer.get(), name);
    if (error == SPFC_OK) return answer->answer.names.back();
    CHECK(error == SPFC_BAD_NAME);
    CHECK(answer->shared()->status == Status::ok);  // the answer has not changed
    return "(bad)";
}

/// Returns a question as a C program sees it.
std::string shown(std::string_view name) {
    const spf::c_api::QuestionText text{{.name = name, .type = spf::dns::RecordType::txt}, 7};
    const spf_question& question = text.question();
    CHECK(question.id == 7);
    CHECK(question.type == SPFC_TYPE_TXT);
    CHECK(std::string(question.octets, question.octets + question.length) == name);
    CHECK(question.timeout_ms == -1);
    return question.name;
}

}  // namespace

TEST_CASE("a new answer is a failed lookup", "[c]") {
    const CAnswer answer{spf_answer_new()};
    CHECK(answer->shared()->status == Status::error);
    CHECK(spf_answer_set_status(answer.get(), SPFC_DNS_NXDOMAIN, 5) == SPFC_OK);
    CHECK(answer->shared()->status == Status::nxdomain);
    spf_answer_clear(answer.get());
    CHECK(answer->shared()->status == Status::error);
}

TEST_CASE("an answer has the records that were added", "[c]") {
    const CAnswer answer = answer_of();
    CHECK(spf_answer_add_text(answer.get(), "v=spf1 \0x", 9) == SPFC_OK);
    CHECK(spf_answer_append_text(answer.get(), "-all", 4) == SPFC_OK);
    CHECK(spf_answer_add_text(answer.get(), nullptr, 0) == SPFC_OK);
    CHECK(spf_answer_add_address(answer.get(), "2001:db8::1") == SPFC_OK);
    CHECK(spf_answer_add_ipv4(answer.get(), "\xc0\x00\x02\x01") == SPFC_OK);
    CHECK(spf_answer_add_ipv6(answer.get(), "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x02") ==
          SPFC_OK);
    CHECK(spf_answer_add_exchange(answer.get(), 10, "mx.example.com.") == SPFC_OK);
    CHECK(spf_answer_add_exchange(answer.get(), 0, ".") == SPFC_OK);
    const auto shared = answer->shared();
    CHECK(shared->ttl == std::chrono::seconds{60});
    CHECK(shared->texts == std::vector<std::string>{std::string("v=spf1 \0x-all", 13), ""});
    REQUIRE(shared->addresses.size() == 3);
    CHECK(shared->addresses[0].to_string() == "2001:db8::1");
    CHECK(shared->addresses[1].to_string() == "192.0.2.1");
    CHECK(shared->addresses[2].to_string() == "2001:db8::2");
    CHECK(shared->exchanges ==
          std::vector<spf::dns::MailExchange>{{10, "mx.example.com"}, {0, ""}});
}

TEST_CASE("names in records are read with their escapes", "[c][rfc1035-5.1]") {
    CHECK(read("Mx.Example.com") == "Mx.Example.com");
    CHECK(read("mx.example.com.") == "mx.example.com");
    CHECK(read(".").empty());
    CHECK(read("").empty());
    CHECK(read("a\\032b.example") == "a b.example");
    CHECK(read("a\\\"b.example") == "a\"b.example");
    CHECK(read("a\\\\b.example") == "a\\b.example");
    CHECK(read("a\\000b.example") == std::string("a\0b.example", 11));
    CHECK(read("a\\255.example") == "a\xff.example");
}

TEST_CASE("what is not a name is refused, with the answer unchanged", "[c][rfc1035-5.1]") {
    const std::string label(64, 'a');
    std::string name;
    for (int i = 0; i < 127; ++i) name += "a.";
    name += "bc";  // 256 octets
    const std::string endless(100'000, 'a');
    for (const std::string& bad :
         {std::string("a..b"), std::string(".a"), std::string(".."), std::string("a.."),
          std::string("a\\"), std::string("a\\25"), std::string("a\\256"), std::string("a\\2x5"),
          std::string("a\\.b"), std::string("a\\046b"), label, name, endless}) {
        CAPTURE(bad.substr(0, 20));
        CHECK(read(bad.c_str()) == "(bad)");
    }
}

TEST_CASE("a question shows its name with escapes, and as octets", "[c][rfc1035-5.1]") {
    CHECK(shown("_spf.example.com") == "_spf.example.com");
    CHECK(shown("a b.example") == "a\\032b.example");
    CHECK(shown("a\"b.example") == "a\\\"b.example");
    CHECK(shown(std::string_view("a\0b.example", 11)) == "a\\000b.example");
    CHECK(shown("\xc3\xa9.example") == "\\195\\169.example");
    for (const std::string& name : {std::string("a;b\\c@d.example"), std::string("\x7f\n.x")})
        CHECK(read(shown(name).c_str()) == name);
}

TEST_CASE("a question shows how much time is left", "[c]") {
    const auto left = [](std::chrono::milliseconds time) {
        spf::dns::Question question{.name = "example.com"};
        question.deadline = spf::dns::Clock::now() + time;
        return spf::c_api::QuestionText{question, 0}.question().timeout_ms;
    };
    const int minute = left(std::chrono::minutes{1});
    CHECK(minute > 0);
    CHECK(minute <= 60'000);
    CHECK(left(std::chrono::milliseconds{-1}) == 0);
    CHECK(left(std::chrono::hours{24 * 365}) == 2'147'483'647);
}

TEST_CASE("the TTL of a failure, and one beyond 31 bits, is 0", "[c][rfc2181-8]") {
    CHECK(answer_of(SPFC_DNS_SERVFAIL)->shared()->ttl == std::chrono::seconds{0});
    CHECK(answer_of(SPFC_DNS_OK, 0x8000'0000U)->shared()->ttl == std::chrono::seconds{0});
    CHECK(answer_of(SPFC_DNS_OK, 0x7fff'ffffU)->shared()->ttl == std::chrono::seconds{0x7fffffff});
}

TEST_CASE("an answer with too many records is a failed lookup, not a part of it", "[c]") {
    const CAnswer many = answer_of();
    for (int i = 0; i < 4096; ++i) REQUIRE(spf_answer_add_name(many.get(), "a.example") == SPFC_OK);
    CHECK(many->shared()->status == Status::ok);
    CHECK(spf_answer_add_address(many.get(), "192.0.2.1") == SPFC_TOO_LARGE);
    CHECK(many->shared()->status == Status::error);
    CHECK(many->shared()->names.empty());
    CHECK(spf_answer_set_status(many.get(), SPFC_DNS_OK, 60) == SPFC_OK);
    CHECK(many->shared()->status == Status::error);
    spf_answer_clear(many.get());
    CHECK(spf_answer_set_status(many.get(), SPFC_DNS_OK, 60) == SPFC_OK);
    CHECK(many->shared()->status == Status::ok);
}

TEST_CASE("the texts of an answer have at most 65535 octets together", "[c]") {
    const std::string text(65'530, 'a');
    const CAnswer answer = answer_of();
    CHECK(spf_answer_add_text(answer.get(), text.data(), text.size()) == SPFC_OK);
    CHECK(spf_answer_append_text(answer.get(), "12345", 5) == SPFC_OK);
    CHECK(answer->shared()->texts.size() == 1);
    CHECK(spf_answer_append_text(answer.get(), "6", 1) == SPFC_TOO_LARGE);
    CHECK(answer->shared()->status == Status::error);
    const CAnswer endless = answer_of();
    CHECK(spf_answer_add_text(endless.get(), text.data(), SIZE_MAX) == SPFC_TOO_LARGE);
}

TEST_CASE("mistakes in an answer have errors, and change nothing", "[c]") {
    const CAnswer answer = answer_of();
    spf_answer* const a = answer.get();
    CHECK(spf_answer_set_status(a, static_cast<spf_dns_status>(7), 0) == SPFC_BAD_VALUE);
    CHECK(spf_answer_set_status(a, static_cast<spf_dns_status>(-1), 0) == SPFC_BAD_VALUE);
    CHECK(spf_answer_append_text(a, "x", 1) == SPFC_BAD_TEXT);
    CHECK(spf_answer_add_text(a, nullptr, 1) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_append_text(a, nullptr, 1) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_address(a, "192.0.2.0/24") == SPFC_BAD_ADDRESS);
    CHECK(spf_answer_add_address(a, nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_ipv4(a, nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_ipv6(a, nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_exchange(a, 0, nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_name(a, nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(a->shared()->status == Status::ok);
    CHECK(a->records == 0);
}
