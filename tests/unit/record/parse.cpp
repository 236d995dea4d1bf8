#include "spf/record/parse.hpp"

#include <string>

#include "support/catch.hpp"
#include "support/dump.hpp"

namespace {

using namespace std::string_literals;
using spf::test::dump;

}  // namespace

TEST_CASE("records are read into the expected terms", "[parse][rfc7208-4.6.1][rfc7208-12]") {
    const auto [text, ast] = GENERATE(table<std::string, std::string>({
        {"v=spf1", ""},
        {"v=spf1  ", ""},
        {"V=SPF1 -ALL", "-all"},
        {"v=spf1 +all -all ~all ?all all", "+all -all ~all ?all +all"},
        {"v=spf1 +mx a:colo.example.com/28 -all",
         "+mx{/32,/128} +a:<colo.example.com>{/28,/128} -all"},
        {"v=spf1 a mx//64 ?a/24//64", "+a{/32,/128} +mx{/32,/64} ?a{/24,/64}"},
        {"v=spf1 a/0 a//0 a/0//0 a/32 a//128",
         "+a{/0,/128} +a{/32,/0} +a{/0,/0} +a{/32,/128} +a{/32,/128}"},
        {"v=spf1 MX:x.example/9//9", "+mx:<x.example>{/9,/9}"},
        {"v=spf1 a:a/24.example a:a/24.example/8",
         "+a:<a/24.example>{/32,/128} +a:<a/24.example>{/8,/128}"},
        {"v=spf1 a:%{d}/24//64 a:x/%{d}", "+a:<%{d}>{/24,/64} +a:<x/%{d}>{/32,/128}"},
        {"v=spf1 a:a//64.example//48", "+a:<a//64.example>{/32,/48}"},
        {"v=spf1 include:_spf.%{d2} exists:%{ir}.%{l1r+-}._spf.%{d}",
         "+include:<_spf.%{d2}> +exists:<%{ir}.%{l1r+-}._spf.%{d}>"},
        {"v=spf1 ptr ~ptr:example.com.", "+ptr ~ptr:<example.com.>"},
        {"v=spf1 ip4:192.0.2.77/24 ip4:192.0.2.1 ip6:2001:DB8::/32",
         "+ip4:192.0.2.0/24 +ip4:192.0.2.1 +ip6:2001:db8::/32"},
        {"v=spf1 ip6:::ffff:192.0.2.1 ip6:::/0", "+ip6:::ffff:c000:201 +ip6:::/0"},
        {"v=spf1 exp=why.%{d} redirect=_spf.example.com",
         "exp=<why.%{d}> redirect=<_spf.example.com>"},
        {"v=spf1 x= -all X-1_2.3=%{d}:/= a=b", "-all x=<> X-1_2.3=<%{d}:/=> a=<b>"},
        {"v=spf1 redirect=a.example ?all", "?all redirect=<a.example>"},
    }));
    CAPTURE(text);
    CHECK(dump(text) == ast);
}

TEST_CASE("the leftmost error is reported with its place", "[parse][rfc7208-4.6]") {
    const auto [text, error] = GENERATE(table<std::string, std::string>({
        {"", "not_spf@0+0"},
        {"v=spf", "not_spf@0+5"},
        {"v=spf10 -all", "not_spf@0+6"},
        {"hello world", "not_spf@0+6"},
        {"v=spf1 foo -all", "unknown_mechanism@7+3"},
        {"v=spf1 -foo:bar -all", "unknown_mechanism@8+3"},
        {"v=spf1 -", "missing_mechanism@8+0"},
        {"v=spf1 + all", "missing_mechanism@8+0"},
        {"v=spf1 redirect:x.example", "modifier_as_mechanism@7+8"},
        {"v=spf1 exp:x.example", "modifier_as_mechanism@7+3"},
        {"v=spf1 -redirect=x.example", "qualified_modifier@7+10"},
        {"v=spf1 =x", "modifier_name@7+1"},
        {"v=spf1 1a=x", "modifier_name@7+3"},
        {"v=spf1 exp=a.example -all exp=b.example", "duplicate_modifier@26+13"},
        {"v=spf1 redirect=a.example redirect=a.example", "duplicate_modifier@26+18"},
        {"v=spf1 include -all", "missing_argument@14+0"},
        {"v=spf1 include/24", "missing_argument@14+3"},
        {"v=spf1 exists", "missing_argument@13+0"},
        {"v=spf1 ip4", "missing_argument@10+0"},
        {"v=spf1 ip6:", "missing_argument@10+1"},
        {"v=spf1 include: -all", "domain_missing@15+0"},
        {"v=spf1 a: -all", "domain_missing@9+0"},
        {"v=spf1 redirect=", "domain_missing@16+0"},
        {"v=spf1 all:x", "unexpected_argument@10+2"},
        {"v=spf1 -all/8", "unexpected_argument@11+2"},
        {"v=spf1 ptr/24", "prefix_length_forbidden@10+3"},
        {"v=spf1 include:example.com/24", "prefix_length_forbidden@26+3"},
        {"v=spf1 exp=example.com//64", "prefix_length_forbidden@22+4"},
        {"v=spf1 a/33", "prefix_length_ip4@8+3"},
        {"v=spf1 a/024", "prefix_length_ip4@8+4"},
        {"v=spf1 a//129", "prefix_length_ip6@8+5"},
        {"v=spf1 mx:example.com/33", "prefix_length_ip4@21+3"},
        {"v=spf1 a/24/64", "prefix_length_dual@11+3"},
        {"v=spf1 a:example.com/24/64", "prefix_length_dual@23+3"},
        {"v=spf1 ip4:192.0.2.0/33", "prefix_length_ip4@20+3"},
        {"v=spf1 ip6:2001:db8::/129", "prefix_length_ip6@21+4"},
        {"v=spf1 ip4:192.0.2 -all", "address_ip4@11+7"},
        {"v=spf1 ip6:192.0.2.1 -all", "address_ip6@11+9"},
        {"v=spf1 a:192.0.2.1 -all", "domain_address@9+9"},
        {"v=spf1 a:example -all", "domain_toplabel@9+7"},
        {"v=spf1 exists:%(ir).sbl.example.org", "macro_percent@14+1"},
        {"v=spf1 exists:%{ir.sbl.example.org", "macro_unterminated@14+20"},
        {"v=spf1 x=%{z}", "macro_letter@11+1"},
        {"v=spf1 exp=%{c}", "macro_exp_only@13+1"},
        {"v=spf1 a:%{d0}.com", "macro_zero@12+1"},
        {"v=spf1 a:%{d!}.com", "macro_transformer@12+1"},
        {"v=spf1\ta", "not_spf@0+6"},
        {"v=spf1 a\t-all", "invalid_character@8+1"},
        {"v=spf1 -all\n", "invalid_character@11+1"},
        {"v=spf1 a:b\xc3\xbc.example"s, "invalid_character@10+1"},
        {"v=spf1 a\0"s, "invalid_character@8+1"},
        {"v=spf1 x=\x7f"s, "invalid_character@9+1"},
        // The first of several errors.
        {"v=spf1 foo a/33 \xff"s, "unknown_mechanism@7+3"},
        {"v=spf1 a/33 foo", "prefix_length_ip4@8+3"},
    }));
    CAPTURE(text);
    CHECK(dump(text) == error);
}

TEST_CASE("an error always lies inside the text", "[parse]") {
    const std::string valid =
        "v=spf1 a:%{l1r-}.x.example/24//64 ip4:192.0.2.0/24 ip6:2001:db8::/32 redirect=x.example "
        "exp=%{d} y=z";
    for (std::size_t at = 6; at <= valid.size(); ++at) {
        for (unsigned octet = 0; octet < 256; ++octet) {
            std::string text = valid.substr(0, at) + static_cast<char>(octet);
            for (int rest = 0; rest < 2; ++rest) {
                if (rest == 1) text += valid.substr(std::min(at + 1, valid.size()));
                const auto record = spf::parse_record(text);
                if (record) {
                    REQUIRE(to_string(*record) == text);
                } else {
                    REQUIRE(record.error().offset <= text.size());
                    REQUIRE(record.error().length <= text.size() - record.error().offset);
                }
            }
        }
    }
}

TEST_CASE("a version section is distinguished from other texts", "[parse][rfc7208-4.5]") {
    CHECK(spf::has_version("v=spf1"));
    CHECK(spf::has_version("V=sPf1 whatever"));
    CHECK_FALSE(spf::has_version(""));
    CHECK_FALSE(spf::has_version("v=spf"));
    CHECK_FALSE(spf::has_version("v=spf10"));
    CHECK_FALSE(spf::has_version("v=spf1\t"));
    CHECK_FALSE(spf::has_version("v=spf1\0"s));
    CHECK_FALSE(spf::has_version(" v=spf1"));
}

TEST_CASE("a record of many terms is read whole", "[parse][rfc7208-3.4]") {
    std::string text = "v=spf1";
    for (int i = 0; i < 5000; ++i) text += " ip4:192.0.2.1 x=y";
    const auto record = spf::parse_record(text);
    REQUIRE(record);
    CHECK(record->directives.size() == 5000);
    CHECK(record->modifiers.size() == 5000);
}
