#include <set>
#include <string>

#include "evaluation/problem_sentences.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/record/parse.hpp"
#include "support/catch.hpp"
#include "support/sentences.hpp"

TEST_CASE("every result has the name of the standard", "[outcome][rfc7208-2.6]") {
    using spf::Result;
    const auto [result, name] = GENERATE(table<Result, std::string>({
        {Result::none, "none"},
        {Result::neutral, "neutral"},
        {Result::pass, "pass"},
        {Result::fail, "fail"},
        {Result::softfail, "softfail"},
        {Result::temperror, "temperror"},
        {Result::permerror, "permerror"},
    }));
    CHECK(to_string(result) == name);
}

TEST_CASE("identities have the names of Received-SPF", "[outcome][rfc7208-9.1]") {
    CHECK(to_string(spf::Identity::mail_from) == "mailfrom");
    CHECK(to_string(spf::Identity::helo) == "helo");
}

TEST_CASE("record types and statuses have names of their own", "[outcome][dns]") {
    using spf::dns::RecordType;
    using spf::dns::Status;
    CHECK(to_string(RecordType::a) == "A");
    CHECK(to_string(RecordType::aaaa) == "AAAA");
    CHECK(to_string(RecordType::mx) == "MX");
    CHECK(to_string(RecordType::ptr) == "PTR");
    CHECK(to_string(RecordType::txt) == "TXT");
    std::set<std::string_view> names;
    for (const auto status : {Status::ok, Status::no_data, Status::nxdomain, Status::servfail,
                              Status::error, Status::timeout, Status::unreachable}) {
        CHECK(names.insert(to_string(status)).second);
    }
}

TEST_CASE("every status is ok, void or a failure", "[outcome][dns][rfc7208-4.6.4]") {
    using spf::dns::Status;
    const auto [status, is_void, is_failure] = GENERATE(table<Status, bool, bool>({
        {Status::ok, false, false},
        {Status::no_data, true, false},
        {Status::nxdomain, true, false},
        {Status::servfail, false, true},
        {Status::error, false, true},
        {Status::timeout, false, true},
        {Status::unreachable, false, true},
    }));
    const auto answer = spf::dns::make_answer(status, std::chrono::seconds(7));
    CHECK(answer->status == status);
    CHECK(answer->ttl == std::chrono::seconds(7));
    CHECK(answer->is_void() == is_void);
    CHECK(answer->is_failure() == is_failure);
}

TEST_CASE("the message of a problem names what is wrong", "[outcome]") {
    spf::Problem problem;
    problem.code = spf::Problem::Code::dns_failure;
    problem.domain = "bad.example";
    problem.type = spf::dns::RecordType::mx;
    problem.status = spf::dns::Status::timeout;
    CHECK(problem.message().find("bad.example") != std::string::npos);
    CHECK(problem.message().find("MX") != std::string::npos);

    problem.code = spf::Problem::Code::too_many_dns_lookups;
    problem.text = "include:one-too-many.example";
    CHECK(problem.message().find("include:one-too-many.example") != std::string::npos);
}

TEST_CASE("each sentence about a problem is printable and bounded, whatever it names",
          "[outcome][message]") {
    spf::test::check_sentences(spf::problem_sentences);
    spf::test::check_sentences(spf::syntax_remedies);
}

TEST_CASE("a remedy names the term and what is right, and fits into a sentence", "[outcome]") {
    spf::Problem problem;
    problem.code = spf::Problem::Code::syntax_error;
    problem.domain = "broken.example";
    problem.text = "v=spf1 mx ip4:192.0.2.0/33 -all";
    problem.syntax = spf::parse_record(problem.text).error();
    CHECK(problem.term() == "ip4:192.0.2.0/33");
    CHECK(
        problem.message() ==
        "the SPF record of broken.example is broken at \"ip4:192.0.2.0/33\": an IPv4 prefix length "
        "must be a number from 0 to 32 without leading zero");
    CHECK(problem.remedy() ==
          "fix \"ip4:192.0.2.0/33\" in the record of broken.example: use /0 to /32");

    for (std::size_t code = 0; code < spf::Problem::code_count; ++code) {
        for (std::size_t syntax = 0; syntax < spf::ParseError::code_count; ++syntax) {
            problem.code = static_cast<spf::Problem::Code>(code);
            problem.syntax = spf::ParseError{static_cast<spf::ParseError::Code>(syntax), 7, 1};
            for (const char* name : {"", "example.com"}) {
                problem.domain = problem.loop = name;
                problem.text = std::string(10'000, 'x');
                CAPTURE(to_string(problem.code), to_string(problem.syntax->code), problem.remedy());
                CHECK(problem.remedy().size() <= spf::longest_argument);
                CHECK(problem.remedy().front() >= 'a');
                CHECK(problem.remedy().back() != '.');
            }
        }
    }
}
