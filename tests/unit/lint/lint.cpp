// Findings of lint() about a text alone.

#include "spf/lint/lint.hpp"

#include <algorithm>
#include <set>

#include "spf/record/parse.hpp"
#include "support/catch.hpp"

using Code = spf::lint::Finding::Code;

namespace {

std::vector<std::string> codes(const std::vector<spf::lint::Finding>& findings) {
    std::vector<std::string> out;
    for (const spf::lint::Finding& each : findings) out.emplace_back(to_string(each.code));
    return out;
}
std::vector<std::string> codes(std::string_view text) { return codes(spf::lint::lint(text)); }

/// The text with each correction made.
std::string corrected(const std::string& text) {
    std::string out = text;
    std::vector<spf::lint::Finding> findings = spf::lint::lint(text);
    std::size_t limit = text.size() + 1;
    std::reverse(findings.begin(), findings.end());
    for (const spf::lint::Finding& each : findings) {
        if (!each.correction || each.offset + each.length > limit) continue;
        out.replace(each.offset, each.length, *each.correction);
        limit = each.offset;
    }
    return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("every code has a name of its own, a section, a message and a remedy", "[lint]") {
    std::set<std::string_view> names;
    std::set<std::string_view> messages;
    for (const spf::lint::FindingKind& kind : spf::lint::finding_kinds()) {
        CAPTURE(kind.name);
        CHECK(names.insert(kind.name).second);
        CHECK(messages.insert(kind.message).second);
        CHECK(kind.section.size() >= 1);
        CHECK_FALSE(kind.remedy.empty());
        CHECK(kind.message.back() != '.');
        CHECK(kind.remedy.back() != '.');
        CHECK((!kind.permerror || kind.severity == spf::lint::Finding::Severity::error));
    }
    CHECK(names.size() == spf::lint::Finding::code_count);
}

TEST_CASE("a good record has no findings", "[lint]") {
    const std::string text =
        GENERATE(as<std::string>{}, "v=spf1 -all", "v=spf1 mx a ~all",
                 "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all",
                 "V=SPF1 include:_spf.example.com -ALL", "v=spf1 redirect=_spf.example.com",
                 "v=spf1 exists:%{i}._spf.%{d2} exp=why.example.com -all",
                 "v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -all");
    CAPTURE(text);
    CHECK(codes(text).empty());
}

TEST_CASE("every broken term is reported, not only the leftmost", "[lint][rfc7208-4.6]") {
    const std::string text = "v=spf1 ip:192.0.2.1 mx ip4:192.0.2.0/33 foo:x include:a.example~all";
    const std::vector<spf::lint::Finding> findings = spf::lint::lint(text);
    REQUIRE(codes(findings) ==
            Texts{"misspelt_name", "prefix_length_ip4", "unknown_mechanism", "missing_space"});
    CHECK(findings[0].correction == "ip4:192.0.2.1");
    CHECK(findings[1].offset == 36);
    CHECK(findings[1].length == 3);
    CHECK_FALSE(findings[1].correction);
    CHECK(findings[2].text.substr(findings[2].offset, findings[2].length) == "foo");
    CHECK(findings[3].correction == "include:a.example ~all");
    for (const spf::lint::Finding& each : findings) {
        CHECK(each.is_permerror());
        CHECK(each.text == text);
        CHECK(each.syntax);
    }
}

TEST_CASE("mistakes of syntax are recognised and corrected", "[lint][rfc7208-4.6.1]") {
    const auto [text, code, result] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 ipv4:192.0.2.1 -all", "misspelt_name", "v=spf1 ip4:192.0.2.1 -all"},
        {"v=spf1 ipv6:2001:db8::1 -all", "misspelt_name", "v=spf1 ip6:2001:db8::1 -all"},
        {"v=spf1 ip:2001:db8::1 -all", "misspelt_name", "v=spf1 ip6:2001:db8::1 -all"},
        {"v=spf1 inlcude:a.example -all", "misspelt_name", "v=spf1 include:a.example -all"},
        {"v=spf1 includes:a.example -all", "misspelt_name", "v=spf1 include:a.example -all"},
        {"v=spf1 mx ~al", "misspelt_name", "v=spf1 mx ~all"},
        {"v=spf1 include=a.example -all", "equals_for_colon", "v=spf1 include:a.example -all"},
        {"v=spf1 ip4=192.0.2.1 -all", "equals_for_colon", "v=spf1 ip4:192.0.2.1 -all"},
        {"v=spf1 include;a.example -all", "wrong_separator", "v=spf1 include:a.example -all"},
        {"v=spf1 ip4.192.0.2.1 -all", "wrong_separator", "v=spf1 ip4:192.0.2.1 -all"},
        {"v=spf1 +include=a.example -all", "wrong_separator", "v=spf1 +include:a.example -all"},
        {"v=spf1 redirect:a.example", "modifier_as_mechanism", "v=spf1 redirect=a.example"},
        {"v=spf1 -redirect=a.example", "qualified_modifier", "v=spf1 redirect=a.example"},
        {"v=spf1 include a.example -all", "space_in_term", "v=spf1 include:a.example -all"},
        {"v=spf1 include :a.example -all", "space_in_term", "v=spf1 include:a.example -all"},
        {"v=spf1 ip4:192.0.2.0 /24 -all", "space_in_term", "v=spf1 ip4:192.0.2.0/24 -all"},
        {"v=spf1 mx - all", "space_in_term", "v=spf1 mx -all"},
        {"v=spf1 192.0.2.1 -all", "bare_address", "v=spf1 ip4:192.0.2.1 -all"},
        {"v=spf1 2001:db8::/32 -all", "bare_address", "v=spf1 ip6:2001:db8::/32 -all"},
        {"v=spf1 mx~all", "missing_space", "v=spf1 mx ~all"},
        {"v=spf1 ip4:192.0.2.1ip4:192.0.2.2 -all", "missing_space",
         "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all"},
        {"v=spf1 mx -all-all", "missing_space", "v=spf1 mx -all"},
        {"v=spf1 mx \"include:a.example\" -all", "typed_quotes",
         "v=spf1 mx include:a.example -all"},
        {"v=spf1 mx \xe2\x80\x9c-all\xe2\x80\x9d", "typed_quotes", "v=spf1 mx -all"},
        {"v=spf1 mx \xe2\x80\x93"
         "all",
         "typographic_character", "v=spf1 mx -all"},
        {"v=spf1 include\xef\xbc\x9a"
         "a.example -all",
         "typographic_character", "v=spf1 include:a.example -all"},
        {"v=spf1 mx\tip:192.0.2.1 -all", "white_space", "v=spf1 mx ip4:192.0.2.1 -all"},
        {"v=spf1 mx -all;", "stray_punctuation", "v=spf1 mx -all"},
        {"v=spf1 include:a.example, -all", "stray_punctuation", "v=spf1 include:a.example -all"},
        {"v=spf1 ip4:2001:db8::1 -all", "wrong_family", "v=spf1 ip6:2001:db8::1 -all"},
        {"v=spf1 ip6:192.0.2.1 -all", "wrong_family", "v=spf1 ip4:192.0.2.1 -all"},
        {"v=spf1 ip4:mail.example.com -all", "name_in_ip", "v=spf1 a:mail.example.com -all"},
        {"v=spf1 ip4:192.0.2.1,192.0.2.2 -all", "address_list",
         "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all"},
        {"v=spf1 ip4:192.0.2.0/255.255.255.0 -all", "netmask", "v=spf1 ip4:192.0.2.0/24 -all"},
        {"v=spf1 ip4:192.0.2.0/024 -all", "prefix_length_ip4", "v=spf1 ip4:192.0.2.0/24 -all"},
        {"v=spf1 a/24/64 -all", "prefix_length_dual", "v=spf1 a/24//64 -all"},
        {"v=spf1 a:a.example/24/64 -all", "prefix_length_dual", "v=spf1 a:a.example/24//64 -all"},
        {"v=spf1 include:a.example/24 -all", "prefix_length_forbidden",
         "v=spf1 include:a.example -all"},
        {"v=spf1 a:192.0.2.1 -all", "domain_address", "v=spf1 ip4:192.0.2.1 -all"},
        {"v=spf1 mx:192.0.2.0/24 -all", "domain_address", "v=spf1 ip4:192.0.2.0/24 -all"},
        {"v=spf1 a:2001:db8::1 -all", "domain_address", "v=spf1 ip6:2001:db8::1 -all"},
        {"v=spf1 a: -all", "domain_missing", "v=spf1 a -all"},
    }));
    CAPTURE(text);
    CHECK(codes(text).front() == code);
    CHECK(corrected(text) == result);
}

TEST_CASE("what cannot be guessed is reported if parse_record() sees it", "[lint]") {
    const auto [text, code, underlined] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 foo -all", "unknown_mechanism", "foo"},
        {"v=spf1 include:localhost -all", "domain_toplabel", "localhost"},
        {"v=spf1 exists:%{x}.example -all", "macro_letter", "x"},
        {"v=spf1 exists:%d.example -all", "macro_percent", "%"},
        {"v=spf1 exists:%{d0}.example -all", "macro_zero", "0"},
        {"v=spf1 exp=a.example exp=b.example -all", "duplicate_modifier", "exp=b.example"},
        {"v=spf1 exp=a.example exp=b\x01.example -all", "invalid_character", "\x01"},  // read first
        {"v=spf1 exp=a.example exp=%\x01.example -all", "invalid_character", "\x01"},
        {"v=spf1 include:b\xc3\xbc"
         "cher.example -all",
         "non_ascii_name", "\xc3"},
        {"v=spf1 a:\x01.example -all", "invalid_character", "\x01"},
        {"v=spf1 mail.example.com -all", "bare_domain", "mail.example.com"},
    }));
    const std::vector<spf::lint::Finding> findings = spf::lint::lint(text);
    CAPTURE(text);
    REQUIRE(codes(findings) == Texts{code});
    CHECK(findings[0].syntax == spf::parse_record(text).error());
    CHECK(text.substr(findings[0].offset, findings[0].length) == underlined);
    CHECK(findings[0].syntax == spf::parse_record(text).error());
    CHECK_FALSE(findings[0].correction);
}

TEST_CASE("a version that receivers do not see is reported", "[lint][rfc7208-4.5]") {
    const auto [text, code, result] = GENERATE(table<std::string, std::string, std::string>({
        {"v=v=spf1 -all", "version_misspelt", "v=spf1 -all"},
        {"spf1 mx -all", "version_misspelt", "v=spf1 mx -all"},
        {"v = spf1 mx -all", "version_misspelt", "v=spf1 mx -all"},
        {"v=sfp1 mx -all", "version_misspelt", "v=spf1 mx -all"},
        {"v=spf1include:a.example -all", "version_glued", "v=spf1 include:a.example -all"},
        {"v=spf1;mx -all", "version_glued", "v=spf1 mx -all"},
        {"v=spf1\xc2\xa0mx -all", "version_glued", "v=spf1 mx -all"},
        {"\"v=spf1 mx -all\"", "version_quoted", "v=spf1 mx -all"},
        {"\xe2\x80\x9cv=spf1 mx -all\xe2\x80\x9d", "version_quoted", "v=spf1 mx -all"},
        {" v=spf1 mx -all", "version_space", "v=spf1 mx -all"},
        {"\xef\xbb\xbfv=spf1 mx -all", "version_space", "v=spf1 mx -all"},
        {"\u2028\fv=spf1 mx -all", "version_space", "v=spf1 mx -all"},
        {"\u201av=spf1 mx -all", "version_quoted", "v=spf1 mx -all"},
        {"v=spf1\u2007mx -all", "version_glued", "v=spf1 mx -all"},
        {"google-site-verification=abc", "not_spf", "google-site-verification=abc"},
        {"", "not_spf", ""},
    }));
    CAPTURE(text);
    CHECK(codes(text).front() == code);
    CHECK(corrected(text) == result);
}

TEST_CASE("what the grammar allows but no owner means is reported", "[lint]") {
    const auto [text, expected] = GENERATE(table<std::string, Texts>({
        {"v=spf1 include:include:a.example -all", {"doubled_name"}},
        {"v=spf1 redirect=include:a.example", {"doubled_name"}},
        {"v=spf1 include:a.exampleinclude:b.example -all", {"fused_terms"}},
        {"v=spf1 mx v=spf1 -all", {"repeated_version"}},
        {"v=spf1 mx -all google-site-verification=abc", {"verification_token"}},
        {"v=spf1 mx -all colour=red", {"unknown_modifier"}},
        {"v=spf1 mx rediret=a.example -all", {"equals_for_colon"}},
        {"v=spf1 include:.a.example -all", {"impossible_name"}},
        {"v=spf1 include:a..example -all", {"impossible_name"}},
        {"v=spf1 include:a.example. -all", {"trailing_dot"}},
        {"v=spf1 include:https://a.example -all", {"name_of_url"}},
        {"v=spf1 include:a,b.example -all", {"odd_name"}},
        {"v=spf1 ip4:192.0.2.1/24 -all", {"host_bits"}},
        {"v=spf1 ip6:2001:db8::1/32 -all", {"host_bits"}},
        {"v=spf1 ip6:::ffff:192.0.2.1 -all", {"mapped_network"}},
        {"v=spf1 ip4:192.168.1.0/24 -all", {"private_network"}},
        {"v=spf1 mx +all", {"everyone_passes"}},
        {"v=spf1 ip4:0.0.0.0/0 -all", {"everyone_passes"}},
        {"v=spf1 mx ?all", {"neutral_all"}},
        {"v=spf1 mx", {"no_all"}},
        {"v=spf1", {"no_all"}},
        {"v=spf1 -all mx", {"unreachable_term"}},
        {"v=spf1 mx ~all ~all", {"repeated_all"}},
        {"v=spf1 mx -all redirect=a.example", {"redirect_ignored"}},
        {"v=spf1 mx ~all exp=a.example", {"unused_explanation"}},
        {"v=spf1 ptr -all", {"ptr_used"}},
        {"v=spf1 exists:%{p}.example -all", {"macro_p"}},
        {"v=spf1 exists:%{I}.example -all", {"macro_upper_case"}},
        {"v=spf1 mx +MX -all", {"duplicate_term"}},
        {"v=spf1 ip4:192.0.2.1 ip4:192.0.2.1/32 -all", {"duplicate_term"}},
        {"v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/24 -all", {"shadowed_network"}},
        {"v=spf1 a:1.a.example a:2.a.example a:3.a.example a:4.a.example a:5.a.example "
         "a:6.a.example a:7.a.example a:8.a.example a:9.a.example a:10.a.example a:11.a.example "
         "-all",
         {"many_lookup_terms"}},
    }));
    CAPTURE(text);
    CHECK(codes(text) == expected);
    CHECK(spf::parse_record(text).has_value());
}

TEST_CASE("long records and strings are reported, and terms that fuse at a cut",
          "[lint][rfc7208-3.4]") {
    std::string text = "v=spf1";
    while (text.size() <= 460) text += " include:" + std::to_string(text.size()) + ".spf.example";
    std::vector<spf::lint::Finding> findings = spf::lint::lint(text + " -all");
    CHECK(findings.back().code == Code::record_size_close);
    CHECK(findings.back().severity == spf::lint::Finding::Severity::hint);
    const std::string longer(60, 'x');
    findings = spf::lint::lint(text + " include:" + longer + ".example -all");
    CHECK(findings.back().code == Code::record_size);
    CHECK(findings.back().severity == spf::lint::Finding::Severity::warning);

    const Texts too_long{text, " -all"};
    findings = spf::lint::lint(too_long);
    CHECK(std::any_of(findings.begin(), findings.end(), [](const spf::lint::Finding& each) {
        return each.code == Code::string_too_long && each.offset == 255;
    }));
    const Texts fused{"v=spf1 include:a.example", "include:b.example -all"};
    CHECK(codes(spf::lint::lint(fused)) == Texts{"missing_space_at_cut"});
    const Texts version{"v=spf1", "include:b.example -all"};
    CHECK(codes(spf::lint::lint(version)) == Texts{"version_glued", "missing_space_at_cut"});
    const Texts within{"v=spf1 include:a.exa", "mple -all"};
    CHECK(codes(spf::lint::lint(within)).empty());
    const Texts spaced{"v=spf1 include:a.example ", "include:b.example -all"};
    CHECK(codes(spf::lint::lint(spaced)).empty());
}

TEST_CASE("the mistakes that customers make are recognised by their own text",
          "[lint][providers]") {
    const auto [text, code, result] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 ip:192.0.2.12 -all", "misspelt_name", "v=spf1 ip4:192.0.2.12 -all"},
        {"v=spf1 ipv4:192.168.0.10 -all", "misspelt_name", "v=spf1 ip4:192.168.0.10 -all"},
        {"v=spf1 include.zcsend.net -all", "wrong_separator", "v=spf1 include:zcsend.net -all"},
        {"v=spf1 include: spf.example.com -all", "space_in_term",
         "v=spf1 include:spf.example.com -all"},
        {"v=spf1 spf.example.com -all", "bare_domain", "v=spf1 include:spf.example.com -all"},
        {"v=spf1 include:include:spf.protection.outlook.com -all", "doubled_name",
         "v=spf1 include:spf.protection.outlook.com -all"},
        {"v=v=spf1 -all", "version_misspelt", "v=spf1 -all"},
        {"v=spf1 include:_spf.smtp.com~all", "missing_space", "v=spf1 include:_spf.smtp.com ~all"},
        {"v=spf1 include:resend.com~all", "missing_space", "v=spf1 include:resend.com ~all"},
        {"v=spf1 mx ~allyahoo-verification-key=x", "missing_space", "v=spf1 mx ~all"},
        {"v=spf1 mx ~all yahoo-verification-key=x", "verification_token",
         "v=spf1 mx ~all yahoo-verification-key=x"},
        {"\"v=spf1 mx ~all", "version_quoted", "v=spf1 mx ~all"},
        {"v=spf1 mx ~all\"", "typed_quotes", "v=spf1 mx ~all"},
        {"v=spf1 mx\ninclude:a.example ~all", "white_space", "v=spf1 mx include:a.example ~all"},
        {"v=spf1 mx\xc2\xa0include:a.example ~all", "white_space",
         "v=spf1 mx include:a.example ~all"},
        {"v=spf1include:_spf.google.cominclude:amazonses.com ~all", "version_glued",
         "v=spf1 include:_spf.google.com include:amazonses.com ~all"},
        {"v=spf1 include:a.exampleinclude:b.example ~all", "fused_terms",
         "v=spf1 include:a.example include:b.example ~all"},
        {"v=spf1 ip4:192.168.1.0/38 ~all", "prefix_length_ip4", "v=spf1 ip4:192.168.1.0/38 ~all"},
        {"v=spf1 ip4:11.22.333.444 ~all", "address_ip4", "v=spf1 ip4:11.22.333.444 ~all"},
        {"v=spf1 ip4:321.321.321.321 ~all", "address_ip4", "v=spf1 ip4:321.321.321.321 ~all"},
        {"v=spf1 einschlie\xc3\x9f"
         "en:zcsend.net ~all",
         "translated_name", "v=spf1 include:zcsend.net ~all"},
        {"v=spf1 mx ~tutti", "translated_name", "v=spf1 mx ~all"},
        {"v=spf1 \xe5\x8c\x85\xe5\x90\xab\xef\xbc\x9amktomail.com ~all", "translated_name",
         "v=spf1 include:mktomail.com ~all"},
        {"v=spf1 mx ~all include:a.example ~all", "unreachable_term",
         "v=spf1 mx ~all include:a.example ~all"},
        {"v=spf1 mx +all", "everyone_passes", "v=spf1 mx +all"},
        {"v=spf1 mx ?all", "neutral_all", "v=spf1 mx ?all"},
    }));
    CAPTURE(text);
    CHECK(codes(text).front() == code);
    CHECK(corrected(text) == result);
}
