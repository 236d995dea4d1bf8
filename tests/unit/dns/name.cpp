#include "spf/dns/name.hpp"

#include <optional>
#include <string>

#include "support/catch.hpp"

namespace {

using namespace std::string_literals;
using Code = spf::ParseError::Code;
using MaybeCode = std::optional<Code>;

MaybeCode code_of(const std::optional<spf::ParseError>& problem) {
    return problem ? MaybeCode(problem->code) : std::nullopt;
}

/// A name of exactly `length` octets of labels as long as allowed.
std::string name_of_length(std::size_t length) {
    std::string name;
    while (name.size() + 64 < length) name += std::string(63, 'a') + ".";
    return name + std::string(length - name.size(), 'b');
}

}  // namespace

TEST_CASE("names that DNS cannot be asked for are reported with their defect",
          "[domain][rfc7208-4.3]") {
    const auto [name, code] = GENERATE(table<std::string, MaybeCode>({
        {"example.com", std::nullopt},
        {"example.com.", std::nullopt},
        {"com", std::nullopt},
        {"a", std::nullopt},
        {"_spf.example.com", std::nullopt},
        {"a b\x01\xff.example"s, std::nullopt},
        {"nul\0l.example"s, std::nullopt},
        {"", Code::name_empty},
        {".", Code::name_label_empty},
        {"..", Code::name_label_empty},
        {".example.com", Code::name_label_empty},
        {"foo..example.com", Code::name_label_empty},
        {"example.com..", Code::name_label_empty},
        {std::string(63, 'a') + ".example", std::nullopt},
        {std::string(64, 'a') + ".example", Code::name_label_too_long},
        {"example." + std::string(63, 'a'), std::nullopt},
        {"example." + std::string(64, 'a'), Code::name_label_too_long},
    }));
    CAPTURE(name);
    CHECK(code_of(spf::dns::name_problem(name)) == code);
}

TEST_CASE("a name may have 253 octets beside a trailing dot", "[domain][rfc7208-7.3]") {
    CHECK_FALSE(spf::dns::name_problem(name_of_length(253)));
    CHECK_FALSE(spf::dns::name_problem(name_of_length(253) + "."));
    CHECK(code_of(spf::dns::name_problem(name_of_length(254))) == Code::name_too_long);
    CHECK(code_of(spf::dns::name_problem(name_of_length(254) + ".")) == Code::name_too_long);
    CHECK(code_of(spf::dns::name_problem(name_of_length(255))) == Code::name_too_long);
    CHECK(code_of(spf::dns::name_problem(name_of_length(70'000))) == Code::name_too_long);
}

TEST_CASE("the domain of a check must have several labels of visible US-ASCII",
          "[domain][rfc7208-4.3]") {
    const auto [name, code] = GENERATE(table<std::string, MaybeCode>({
        {"example.com", std::nullopt},
        {"Example.COM.", std::nullopt},
        {"xn--bcher-kva.example", std::nullopt},
        {"_a.-b.example", std::nullopt},
        {"", Code::name_empty},
        {".", Code::name_label_empty},
        {"com", Code::name_single_label},
        {"com.", Code::name_single_label},
        {"localhost", Code::name_single_label},
        {".com", Code::name_label_empty},
        {"a..com", Code::name_label_empty},
        {"[192.0.2.1]", Code::name_literal},
        {"[IPv6:2001:db8::1]", Code::name_literal},
        {"exam ple.com", Code::name_character},
        {"example.com ", Code::name_character},
        {"exam\tple.com", Code::name_character},
        {"exam\0ple.com"s, Code::name_character},
        {"b\xc3\xbc"s + "cher.example", Code::name_character},
        {"exam\x7fple.com", Code::name_character},
        {std::string(63, 'a') + ".example", std::nullopt},
        {std::string(64, 'a') + ".example", Code::name_label_too_long},
    }));
    CAPTURE(name);
    const auto problem = spf::dns::check_host_domain_problem(name);
    CHECK(code_of(problem) == code);
    if (problem) CHECK(problem->offset + problem->length <= name.size());
}

TEST_CASE("the defect of a name is underlined", "[domain]") {
    const auto [name, offset, length] = GENERATE(table<std::string, std::size_t, std::size_t>({
        {"foo..example.com", 4, 1},
        {std::string(64, 'a') + ".example", 0, 64},
        {"example." + std::string(70, 'a'), 8, 70},
        {"ex ample.com", 2, 1},
        {"[192.0.2.1]", 0, 11},
    }));
    CAPTURE(name);
    const auto problem = spf::dns::check_host_domain_problem(name);
    REQUIRE(problem);
    CHECK(problem->offset == offset);
    CHECK(problem->length == length);
}

TEST_CASE("a name lies within a domain on label borders only", "[domain][rfc7208-5.5]") {
    const auto [name, parent, within] = GENERATE(table<std::string, std::string, bool>({
        {"example.com", "example.com", true},
        {"mail.example.com", "example.com", true},
        {"a.b.c.example.com", "example.com", true},
        {"MAIL.Example.Com", "eXample.cOM", true},
        {"mail.example.com.", "example.com", true},
        {"mail.example.com", "example.com.", true},
        {"mail.bad-example.com", "example.com", false},
        {"badexample.com", "example.com", false},
        {"example.com", "mail.example.com", false},
        {"example.com", "com", true},
        {"example.org", "example.com", false},
        {"example.com.evil.org", "example.com", false},
        {"com", "example.com", false},
        {"", "example.com", false},
    }));
    CAPTURE(name, parent);
    CHECK(spf::dns::is_within(name, parent) == within);
}

TEST_CASE("a canonical name is in lower case, without trailing dot", "[domain]") {
    const auto name = spf::dns::canonical_name("Mail.EXAMPLE.com.");
    REQUIRE(name);
    CHECK(*name == "mail.example.com");
    CHECK(*spf::dns::canonical_name(*name) == *name);
}

TEST_CASE("only US-ASCII letters are lower-cased in a domain name", "[domain]") {
    const auto name = spf::dns::canonical_name("\xc4\xd6.EX@MPLE[.com");
    REQUIRE(name);
    CHECK(*name == "\xc4\xd6.ex@mple[.com");
}

TEST_CASE("a domain name that cannot be asked for is refused", "[domain]") {
    CHECK(spf::dns::canonical_name("").error().code == Code::name_empty);
    CHECK(spf::dns::canonical_name("a..b").error().code == Code::name_label_empty);
    CHECK(spf::dns::canonical_name(name_of_length(254)).error().code == Code::name_too_long);
    CHECK(spf::dns::canonical_name(std::string(64, 'x')).error().code == Code::name_label_too_long);
}

TEST_CASE("the longest name is canonical as it is", "[domain]") {
    std::string text = "a";
    for (int i = 1; i < 127; ++i) text += ".a";
    REQUIRE(text.size() == 253);
    const auto name = spf::dns::canonical_name(text + '.');
    REQUIRE(name);
    CHECK(*name == text);
}
