// Inputs that broke a widely used SPF library, by CVE number. The same texts are seeds of the
// fuzzers (fuzz/regressions/).

#include <string>

#include "record/expand.hpp"
#include "spf/dns/name.hpp"
#include "spf/record/macro.hpp"
#include "spf/record/parse.hpp"
#include "support/catch.hpp"

namespace {

spf::MacroValues values_with(std::string_view local_part) {
    spf::MacroValues values;
    values.local_part = local_part;
    values.sender_domain = "example.com";
    values.domain = "example.com";
    values.helo = "mx.example.com";
    values.validated_domain = "unknown";
    values.receiver = "unknown";
    return values;
}

std::string expanded(std::string_view text, const spf::MacroValues& values) {
    const auto macro = spf::MacroString::parse_domain_spec(text);
    REQUIRE(macro);
    std::string name;
    expand_domain(*macro, values, name);
    return name;
}

}  // namespace

TEST_CASE("CVE-2021-33912: octets above 0x7f are URL-escaped as three characters each",
          "[macro][attacks][rfc7208-7.3]") {
    CHECK(expanded("%{L}.example.com", values_with("\xff\xfe\x80")) == "%ff%fe%80.example.com");
}

TEST_CASE("CVE-2021-33913: long labels split by many delimiters are cut to a name that fits",
          "[macro][attacks][rfc7208-7.3]") {
    const std::string local_part = std::string(300, 'a') + "-" + std::string(300, 'b') + "-c";
    CHECK(expanded("%{l1r-}.example.com", values_with(local_part)) == "example.com");
    const std::string name = expanded("%{l-}.%{l-}.example.com", values_with(local_part));
    CHECK(name.size() <= spf::dns::max_name_length);
}

TEST_CASE("CVE-2021-20314: an unknown modifier of any length is read",
          "[parse][attacks][rfc7208-6]") {
    const std::string text =
        "v=spf1 " + std::string(8192, 'x') + "=" + std::string(8192, 'y') + " -all";
    const auto record = spf::parse_record(text);
    REQUIRE(record);
    CHECK(record->modifiers.size() == 1);
    CHECK(record->directives.size() == 1);
}

TEST_CASE("CVE-2023-42118: a macro that ends with the record is an error at its place",
          "[parse][attacks][rfc7208-7.1]") {
    const std::string text = "v=spf1 exists:" + std::string(600, 'a') + "%{d";
    const auto record = spf::parse_record(text);
    REQUIRE_FALSE(record);
    CHECK(record.error().code == spf::ParseError::Code::macro_unterminated);
    CHECK(record.error().offset == text.size() - 3);
}
