#include "spf/record/macro.hpp"

#include <string>

#include "record/expand.hpp"
#include "support/catch.hpp"
#include "support/macro_examples.hpp"

namespace {

using namespace std::string_literals;
using spf::MacroString;
using Code = spf::ParseError::Code;

/// The sender, clients and names of section 7.4.
spf::MacroValues values_of(std::string_view ip) {
    spf::MacroValues values;
    values.local_part = "strong-bad";
    values.sender_domain = "email.example.com";
    values.domain = "email.example.com";
    values.ip = *spf::IpAddress::parse(ip);
    values.helo = "mx.example.org";
    values.validated_domain = "mx.example.org";
    values.receiver = "mx.receiver.example";
    values.time = std::chrono::sys_seconds(std::chrono::seconds(1'396'310'400));
    return values;
}

std::string text_of(const std::string& text, const spf::MacroValues& values,
                    std::size_t longest = 4096) {
    const auto macro = MacroString::parse_explain_string(text);
    INFO("macro string: " << text);
    REQUIRE(macro);
    std::string out = "left over";
    expand_text(*macro, values, longest, out);
    return out;
}

std::string domain_of(const std::string& text, const spf::MacroValues& values) {
    const auto macro = MacroString::parse_domain_spec(text);
    INFO("domain-spec: " << text);
    REQUIRE(macro);
    std::string out = "left over";
    expand_domain(*macro, values, out);
    return out;
}

}  // namespace

TEST_CASE("macros expand as in the first table of section 7.4", "[macro][rfc7208-7.4]") {
    const auto [macro, expansion] = GENERATE(table<std::string, std::string>({
        {"%{s}", "strong-bad@email.example.com"},
        {"%{o}", "email.example.com"},
        {"%{d}", "email.example.com"},
        {"%{d4}", "email.example.com"},
        {"%{d3}", "email.example.com"},
        {"%{d2}", "example.com"},
        {"%{d1}", "com"},
        {"%{dr}", "com.example.email"},
        {"%{d2r}", "example.email"},
        {"%{l}", "strong-bad"},
        {"%{l-}", "strong.bad"},
        {"%{lr}", "strong-bad"},
        {"%{lr-}", "bad.strong"},
        {"%{l1r-}", "strong"},
    }));
    CHECK(text_of(macro, values_of("192.0.2.3")) == expansion);
    CHECK(domain_of(macro, values_of("192.0.2.3")) == expansion);
}

TEST_CASE("macro strings expand as in the second table of section 7.4", "[macro][rfc7208-7.4]") {
    const auto [macro, ip, expansion] = GENERATE(from_range(spf::test::macro_examples()));
    CHECK(domain_of(macro, values_of(ip)) == expansion);
}

TEST_CASE("every letter means its value, and its upper case for the escaped one",
          "[macro][rfc7208-7.2]") {
    const auto [macro, expansion] = GENERATE(table<std::string, std::string>({
        {"%{S}", "strong-bad%40email.example.com"},
        {"%{s2}", "example.com"},
        {"%{sr-}", "bad@email.example.com.strong"},
        {"%{h}", "mx.example.org"},
        {"%{p}", "mx.example.org"},
        {"%{i}", "192.0.2.3"},
        {"%{ir}", "3.2.0.192"},
        {"%{c}", "192.0.2.3"},
        {"%{v}", "in-addr"},
        {"%{vr-}", "addr.in"},
        {"%{r}", "mx.receiver.example"},
        {"%{r1}", "example"},
        {"%{t}", "1396310400"},
        {"%{T}", "1396310400"},
        {"%%", "%"},
        {"%_", " "},
        {"%-", "%20"},
        {"%%{d}", "%{d}"},
        {"a b %{d1} c", "a b com c"},
        {"", ""},
    }));
    CHECK(text_of(macro, values_of("192.0.2.3")) == expansion);
}

TEST_CASE("the IPv6 client is dotted nibbles in i and readable in c", "[macro][rfc7208-7.3]") {
    const auto values = values_of("2001:db8::cb01");
    CHECK(domain_of("%{i}", values) ==
          "2.0.0.1.0.d.b.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.b.0.1");
    CHECK(domain_of("%{i1r}.x", values) == "2.x");
    CHECK(text_of("%{c}", values) == "2001:db8::cb01");
    CHECK(text_of("%{C}", values) == "2001%3Adb8%3A%3Acb01");
    CHECK(text_of("%{v}", values) == "ip6");
}

TEST_CASE("parts are counted from the right after the reversal", "[macro][rfc7208-7.3]") {
    const auto [macro, expansion] = GENERATE(table<std::string, std::string>({
        {"%{l1-}", "c.d"},
        {"%{l2-}", "b.c.d"},
        {"%{l3-}", "a.b.c.d"},
        {"%{l4-}", "a.b.c.d"},
        {"%{l}", "a-b-c.d"},
        {"%{l1}", "d"},
        {"%{lr}", "d.a-b-c"},
        {"%{l1r}", "a-b-c"},
        {"%{lr-}", "c.d.b.a"},
        {"%{l2r-}", "b.a"},
        {"%{l-.}", "a.b.c.d"},
        {"%{l2r-.}", "b.a"},
        {"%{l4294967297-}", "a.b.c.d"},
        {"%{l18446744073709551617-}", "a.b.c.d"},
        {"%{l0001-}", "c.d"},
    }));
    auto values = values_of("192.0.2.3");
    values.local_part = "a-b-c.d";
    CHECK(text_of(macro, values) == expansion);
}

TEST_CASE("parts may be empty", "[macro][rfc7208-7.3]") {
    auto values = values_of("192.0.2.3");
    values.local_part = ".a..b.";
    CHECK(text_of("%{l}", values) == ".a..b.");
    CHECK(text_of("%{lr}", values) == ".b..a.");
    CHECK(text_of("%{l1}", values).empty());
    CHECK(text_of("%{l2}", values) == "b.");
    CHECK(text_of("%{l5r}", values) == ".b..a.");
    values.local_part = "";
    CHECK(text_of("%{l}%{lr}%{l1-}", values).empty());
}

TEST_CASE("everything outside the unreserved set is escaped by an upper-case letter",
          "[macro][rfc7208-7.3]") {
    auto values = values_of("192.0.2.3");
    for (unsigned octet = 0; octet < 256; ++octet) {
        const std::string local_part(1, static_cast<char>(octet));
        values.local_part = local_part;
        const bool unreserved =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"s.find(
                local_part) != std::string::npos;
        const std::string hex = "0123456789ABCDEF";
        const std::string escaped = "%"s + hex[octet / 16] + hex[octet % 16];
        CHECK(text_of("%{L}", values) == (unreserved ? local_part : escaped));
        CHECK(text_of("%{l}", values) == local_part);
    }
}

TEST_CASE("escaping comes after splitting", "[macro][rfc7208-7.3]") {
    auto values = values_of("192.0.2.3");
    values.local_part = "a=b+c&d";
    CHECK(text_of("%{L=+}", values) == "a.b.c%26d");
    CHECK(text_of("%{L1r=+}", values) == "a");
}

TEST_CASE("a domain is lower-cased and loses one trailing dot", "[macro][rfc7208-7.3]") {
    auto values = values_of("192.0.2.3");
    values.local_part = "BAD";
    CHECK(domain_of("%{l}.Example.COM.", values) == "bad.example.com");
    values.local_part = "bad.";
    CHECK(domain_of("x.%{l}", values) == "x.bad");
    values.local_part = "bad..";
    CHECK(domain_of("x.%{l}", values) == "x.bad.");
    values.local_part = "";
    CHECK(domain_of("%{l}", values).empty());
    CHECK(text_of("BAD.", values) == "BAD.");
}

TEST_CASE("a domain is cut on its left at a label border to at most 253 octets",
          "[macro][rfc7208-7.3]") {
    auto values = values_of("192.0.2.3");
    for (std::size_t length = 1; length < 600; ++length) {
        std::string local_part;  // labels of nine letters and a dot
        for (std::size_t i = 0; i < length; ++i)
            local_part += i % 10 == 9 ? '.' : static_cast<char>('a' + i % 10);
        values.local_part = local_part;
        const std::string whole = local_part + ".example.com";
        std::string expected = whole;
        while (expected.size() > 253) expected.erase(0, expected.find('.') + 1);
        REQUIRE(domain_of("%{l}.example.com", values) == expected);
    }
}

TEST_CASE("a single label that is too long stays", "[macro][rfc7208-7.3]") {
    auto values = values_of("192.0.2.3");
    const std::string local_part(300, 'a');
    values.local_part = local_part;
    CHECK(domain_of("%{l}", values) == local_part);
    CHECK(domain_of("%{l}.com", values) == "com");
}

TEST_CASE("an expanded name needs little memory whatever goes into it", "[macro]") {
    auto values = values_of("192.0.2.3");
    std::string local_part;
    for (int i = 0; i < 100'000; ++i) local_part += "label.";
    values.local_part = local_part;
    std::string spec;
    for (int i = 0; i < 50; ++i) spec += "%{l}";
    spec += ".example.com";
    const auto macro = MacroString::parse_domain_spec(spec);
    REQUIRE(macro);
    std::string out;
    expand_domain(*macro, values, out);
    CHECK(out.size() <= 253);
    CHECK(out.ends_with(".label..example.com"));
}

TEST_CASE("a text is cut after the longest length", "[macro][rfc7208-6.2]") {
    const auto values = values_of("192.0.2.3");
    CHECK(text_of("0123456789", values, 10) == "0123456789");
    CHECK(text_of("0123456789", values, 9) == "012345678");
    CHECK(text_of("%{d}%{d}", values, 20) == "email.example.comema");
    CHECK(text_of("a%%b", values, 2) == "a%");
    CHECK(text_of("abc", values, 0).empty());
    CHECK(text_of("%{d}", values, 0).empty());
    CHECK(text_of("at %{d} now", values, std::string::npos) == "at email.example.com now");
}

TEST_CASE("the text, the letters and the plainness of a macro string are known", "[macro]") {
    const auto macro = MacroString::parse_domain_spec("%{ir}.%{L1r+}._spf.%{d}");
    REQUIRE(macro);
    CHECK(macro->text() == "%{ir}.%{L1r+}._spf.%{d}");
    CHECK(macro->has_macros());
    for (const char letter : "slodiphcrtv"s)
        CHECK(macro->uses(letter) == ("ild"s.find(letter) != std::string::npos));
    CHECK_FALSE(macro->uses('L'));
    CHECK_FALSE(macro->uses('%'));
    CHECK(macro->depends_on_sender());
    CHECK_FALSE(macro->is_plain_name());
    CHECK_FALSE(MacroString::parse_domain_spec("%{ir}.%{v}.%{d}")->depends_on_sender());
    CHECK_FALSE(MacroString::parse_domain_spec("%{p}")->depends_on_sender());
    for (const char* text : {"%{i}", "%{p}", "%{d}.%{ir}.x"})
        CHECK(MacroString::parse_domain_spec(text)->depends_on_address());
    CHECK_FALSE(MacroString::parse_domain_spec("%{v}.%{d}.%{l}")->depends_on_address());
    CHECK(MacroString::parse_domain_spec("%%%_%-")->has_macros());
    CHECK_FALSE(MacroString::parse_domain_spec("%%.%_")->depends_on_sender());
}

TEST_CASE("a plain name is one that is asked for as it is", "[macro]") {
    const auto [text, plain] = GENERATE(table<std::string, bool>({
        {"example.com", true},
        {"_spf.example.com", true},
        {"example.com.", false},
        {"Example.com", false},
        {"a..example.com", false},
        {".example.com", false},
        {"%{d}", false},
        {"a%%.example.com", false},
        {std::string(63, 'a') + ".com", true},
        {std::string(64, 'a') + ".com", false},
    }));
    const auto macro = MacroString::parse_domain_spec(text);
    REQUIRE(macro);
    CHECK(macro->is_plain_name() == plain);
}

TEST_CASE("texts that are not a domain-spec are refused where they break", "[macro][rfc7208-7.1]") {
    const auto [text, code, offset, length] =
        GENERATE(table<std::string, Code, std::size_t, std::size_t>({
            {"", Code::domain_missing, 0, 0},
            {"example", Code::domain_toplabel, 0, 7},
            {"example.", Code::domain_toplabel, 0, 7},
            {"example.c_m", Code::domain_toplabel, 8, 3},
            {"example.-m", Code::domain_toplabel, 8, 2},
            {"example.m-", Code::domain_toplabel, 8, 2},
            {"example.123", Code::domain_toplabel, 8, 3},
            {"192.0.2.1", Code::domain_address, 0, 9},
            {"example.com/24", Code::prefix_length_forbidden, 11, 3},
            {"example.com//64", Code::prefix_length_forbidden, 11, 4},
            {"%", Code::macro_percent, 0, 1},
            {"a.%x", Code::macro_percent, 2, 1},
            {"%{", Code::macro_unterminated, 0, 2},
            {"%{d", Code::macro_unterminated, 0, 3},
            {"%{d2r-", Code::macro_unterminated, 0, 6},
            {"%{z}", Code::macro_letter, 2, 1},
            {"%{}", Code::macro_letter, 2, 1},
            {"%{c}", Code::macro_exp_only, 2, 1},
            {"%{R}", Code::macro_exp_only, 2, 1},
            {"%{t}", Code::macro_exp_only, 2, 1},
            {"%{d0}", Code::macro_zero, 3, 1},
            {"%{d00r}", Code::macro_zero, 3, 2},
            {"%{dx}", Code::macro_transformer, 3, 1},
            {"%{dr2}", Code::macro_transformer, 4, 1},
            {"%{d-r}", Code::macro_transformer, 4, 1},
            {"%{drr}", Code::macro_transformer, 4, 1},
            {"%{d@}", Code::macro_transformer, 3, 1},
            {"a b.com", Code::invalid_character, 1, 1},
            {"a.com\n", Code::invalid_character, 5, 1},
            {"\xc3\xbc.com", Code::invalid_character, 0, 1},
            {"a\0.com"s, Code::invalid_character, 1, 1},
        }));
    CAPTURE(text);
    const auto macro = MacroString::parse_domain_spec(text);
    REQUIRE_FALSE(macro);
    CHECK(to_string(macro.error().code) == to_string(code));
    CHECK(macro.error().offset == offset);
    CHECK(macro.error().length == length);
}

TEST_CASE("spaces and c, r and t are for explanations, bad ends for other texts",
          "[macro][rfc7208-7.1][rfc7208-7.2]") {
    CHECK(MacroString::parse_explain_string("a b %{c}%{r}%{t}"));
    CHECK(MacroString::parse_explain_string(""));
    CHECK(MacroString::parse_macro_string(""));
    CHECK(MacroString::parse_macro_string("example"));
    CHECK(MacroString::parse_macro_string("a=b:c/d"));
    CHECK(MacroString::parse_macro_string("a b").error().code == Code::invalid_character);
    CHECK(MacroString::parse_macro_string("%{c}").error().code == Code::macro_exp_only);
    CHECK(MacroString::parse_explain_string("50% off").error().code == Code::macro_percent);
    CHECK(MacroString::parse_explain_string("na\xc3\xafve").error().code ==
          Code::invalid_character);
    CHECK(MacroString::parse_explain_string("a\tb").error().code == Code::invalid_character);
    CHECK(MacroString::parse_explain_string("%{d0}").error().code == Code::macro_zero);
}
