#include "spf/base/error.hpp"

#include <cctype>
#include <memory>
#include <set>
#include <string>

#include "spf/evaluation/outcome.hpp"
#include "support/catch.hpp"
#include "support/error_shape.hpp"

namespace {

using Code = spf::ParseError::Code;
using spf::test::is_identifier;
using spf::test::is_sentence;

bool is_section(std::string_view text) {
    return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0 &&
           text.find_first_not_of("0123456789.") == std::string_view::npos && text.back() != '.';
}

}  // namespace

TEST_CASE("every parse error has a name of its own, a message and a section", "[error]") {
    std::set<std::string_view> names;
    std::set<std::string_view> messages;
    for (std::size_t i = 0; i < spf::ParseError::code_count; ++i) {
        const spf::ParseError error{static_cast<Code>(i), 0, 0};
        CAPTURE(i, to_string(error.code), error.message(), error.section());
        CHECK(is_identifier(to_string(error.code)));
        CHECK(names.insert(to_string(error.code)).second);
        CHECK(is_sentence(error.message()));
        CHECK(messages.insert(error.message()).second);
        CHECK(is_section(error.section()));
    }
    CHECK(names.size() == spf::ParseError::code_count);
}

TEST_CASE("parse errors keep their names", "[error]") {
    CHECK(to_string(Code::not_spf) == "not_spf");
    CHECK(to_string(Code::unknown_mechanism) == "unknown_mechanism");
    CHECK(to_string(Code::prefix_length_dual) == "prefix_length_dual");
    CHECK(to_string(Code::macro_zero) == "macro_zero");
    CHECK(to_string(Code::name_single_label) == "name_single_label");
}

TEST_CASE("every problem of a check has a name, a message, a remedy and a section",
          "[error][outcome]") {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < spf::Problem::code_count; ++i) {
        spf::Problem problem;
        problem.code = static_cast<spf::Problem::Code>(i);
        problem.domain = "example.com";
        problem.text = "include:example.org";
        problem.type = spf::dns::RecordType::txt;
        problem.status = spf::dns::Status::servfail;
        problem.syntax = spf::ParseError{Code::unknown_mechanism, 0, 3};
        CAPTURE(i, to_string(problem.code), problem.message(), problem.remedy(), problem.section());
        CHECK(is_identifier(to_string(problem.code)));
        CHECK(names.insert(to_string(problem.code)).second);
        CHECK(is_sentence(problem.message()));
        CHECK(is_sentence(problem.remedy()));
        CHECK(is_section(problem.section()));
    }
}

TEST_CASE("the message of a problem is printable whatever the names in it are",
          "[error][outcome]") {
    for (std::size_t i = 0; i < spf::Problem::code_count; ++i) {
        spf::Problem problem;
        problem.code = static_cast<spf::Problem::Code>(i);
        problem.domain = std::string("a\0b\x9f\r\n", 6) + "\"\\.example";
        problem.text = problem.domain;
        problem.type = static_cast<spf::dns::RecordType>(16);
        for (const char c : problem.message()) {
            REQUIRE(c >= 0x20);
            REQUIRE(c <= 0x7e);
        }
    }
}

TEST_CASE("a problem without details still has a message", "[error][outcome]") {
    for (std::size_t i = 0; i < spf::Problem::code_count; ++i) {
        spf::Problem problem;
        problem.code = static_cast<spf::Problem::Code>(i);
        CHECK_FALSE(problem.message().empty());
    }
}

TEST_CASE("an Expected holds a value or an error", "[error]") {
    const spf::Expected<std::string> value{std::string("here")};
    REQUIRE(value);
    CHECK(value.has_value());
    CHECK(*value == "here");
    CHECK(value->size() == 4);
    CHECK(value.value_or("there") == "here");

    const spf::Expected<std::string> error{spf::ParseError{Code::macro_zero, 3, 1}};
    CHECK_FALSE(error);
    CHECK(error.error() == spf::ParseError{Code::macro_zero, 3, 1});
    CHECK(error.value_or("there") == "there");
}

TEST_CASE("an Expected gives away what can only be moved", "[error]") {
    spf::Expected<std::unique_ptr<int>> value{std::make_unique<int>(7)};
    const std::unique_ptr<int> taken = *std::move(value);
    CHECK(*taken == 7);
}
