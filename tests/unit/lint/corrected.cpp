// The corrections that lint() offers for typical mistakes, and those that it does not offer.

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "spf/lint/lint.hpp"
#include "spf/record/parse.hpp"
#include "support/catch.hpp"
#include "support/cpu_time.hpp"

using Code = spf::lint::Finding::Code;
using Catch::Contains;

namespace {

using Texts = std::vector<std::string>;

/// The first finding because of which receivers reject the record.
spf::lint::Finding permerror(const std::string& text) {
    for (spf::lint::Finding& each : spf::lint::lint(text)) {
        if (each.is_permerror()) return std::move(each);
    }
    FAIL("no permerror: " << text);
    return {};
}

/// The text with all corrections made.
std::string corrected(const std::string& text) {
    std::string out = text;
    const std::vector<spf::lint::Finding> findings = spf::lint::lint(text);
    for (auto each = findings.rbegin(); each != findings.rend(); ++each) {
        if (each->correction) out.replace(each->offset, each->length, *each->correction);
    }
    return out;
}

bool has(const std::vector<spf::lint::Finding>& findings, Code code) {
    return std::any_of(findings.begin(), findings.end(),
                       [code](const spf::lint::Finding& each) { return each.code == code; });
}
bool has(const std::string& text, Code code) { return has(spf::lint::lint(text), code); }

}  // namespace

TEST_CASE("a misspelt all keeps the qualifier that is before it",
          "[lint][corrections][rfc7208-5.1]") {
    const auto [term, meant] = GENERATE(table<std::string, std::string>({
        {"-al", "-all"},
        {"~alll", "~all"},
        {"?al", "?all"},
        {"-lal", "-all"},
        {"-a11", "-all"},
        {"- all", "-all"},
        {"~ all", "~all"},
        {"\xe2\x88\x92"
         "all",
         "-all"},
        {"-all.", "-all"},
        {"-all;", "-all"},
        {"~all]", "~all"},
        {"~all}", "~all"},
        {"(-all)", "-all"},
        {",-all", "-all"},
        {"--all", "-all"},
        {"~~all", "~all"},
        {"-all-", "-all"},
        {"-_all", "-all"},
        {"-.all", "-all"},
        {"\"-all\"", "-all"},
        {"-\"all\"", "-all"},
        {"\\~all", "~all"},
        {"~tutti", "~all"},
        {"~all~all", "~all"},
        {"-all-all", "-all"},
        {"?all?all", "?all"},
    }));
    CAPTURE(term);
    CHECK(corrected("v=spf1 mx " + term) == "v=spf1 mx " + meant);
    CHECK_FALSE(has("v=spf1 mx " + term, Code::everyone_passes));
}

TEST_CASE("an all whose qualifier is not clear is not corrected, and the remedy says why",
          "[lint][corrections][rfc7208-5.1]") {
    const std::string term =
        GENERATE(as<std::string>{}, "all-", "all~", "_all", "+-all", "-+all", "-~all", "~-all",
                 "~all-", "=all", ".all", ":all", "/all", "*all", "al", "alll", "ll", "a11", "+al",
                 "all?", "tutti", "+tutti", "\"all-\"", "!all", "+all-");
    const std::string text = "v=spf1 mx " + term;
    const spf::lint::Finding finding = permerror(text);
    CAPTURE(term);
    CHECK_FALSE(finding.correction);
    CHECK_THAT(finding.remedy(),
               Contains("write -all or ~all") && Contains("lets every address pass"));
    CHECK(corrected(text) == text);
    CHECK_FALSE(has(text, Code::everyone_passes));  // the meaning is not clear
}

TEST_CASE("an all that lets every address pass is reported beside the mistake, and not written out",
          "[lint][corrections][rfc7208-5.1]") {
    const std::string term =
        GENERATE(as<std::string>{}, "\"all\"", "\"+all\"", "+all.", "all;", "(all)", "a+all",
                 "ip4:192.0.2.1+all", "all\t", "+all\xe2\x80\x8b", "+allMS=ms1", "allmx");
    const std::string text = "v=spf1 mx " + term;
    CAPTURE(term);
    CHECK(has(text, Code::everyone_passes));
    const spf::lint::Finding finding = permerror(text);
    CHECK_FALSE(finding.correction);
    CHECK(corrected(text) == text);
}

TEST_CASE("everyone_passes is reported for a record that has a mistake somewhere else",
          "[lint][corrections]") {
    const auto [text, everyone] = GENERATE(table<std::string, bool>({
        {"v=spf1 ip4:192.0.2.0/33 +all", true},
        {"v=spf1 foo all", true},
        {"v=spf1 include: ip4:0.0.0.0/0 -all", true},
        {"v=spf1 + all", true},
        {"v=spf1all", true},
        {"v=spf1+all", true},
        {"v=spf1 ip4:192.0.2.0/33 -all", false},
        {"v=spf1 foo ~all", false},
        {"v=spf1 - all", false},
        {"v=spf1-all", false},
    }));
    CAPTURE(text);
    CHECK(has(text, Code::everyone_passes) == everyone);
}

TEST_CASE("no correction of the version opens the domain", "[lint][corrections][rfc7208-4.5]") {
    const auto [text, result] = GENERATE(table<std::string, std::string>({
        {"v=spf1all", "v=spf1all"},
        {"v=spf1;all", "v=spf1;all"},
        {"v=spf1-all", "v=spf1 -all"},
        {"v=spf1~all", "v=spf1 ~all"},
        {"v=spf1a mx -all", "v=spf1a mx -all"},  // "v=spf1" with a typing error, or "a"
        {"v=spf1mx -all", "v=spf1 mx -all"},
        {"v=spf 1 mx -all", "v=spf1 mx -all"},
        {"V=SPF1include:a.example -all", "V=SPF1 include:a.example -all"},
    }));
    CAPTURE(text);
    CHECK(corrected(text) == result);
}

TEST_CASE("no correction names another address", "[lint][corrections][rfc7208-5.6]") {
    const auto [term, result] = GENERATE(table<std::string, std::string>({
        {"ip4:192.0.2.1\\24", "ip4:192.0.2.1/24"},
        {"a\\28", "a/28"},
        {"ip6:2001:db8::\\32", "ip6:2001:db8::/32"},
        {"ip4:192.0.2.1\\7", "ip4:192.0.2.1\\7"},
        {"ip4:192.0.2.1\"2", "ip4:192.0.2.1\"2"},
        {"ip4:192.0.2.1\t2", "ip4:192.0.2.1\t2"},
        {"ip4:19 8.51.100.1", "ip4:19 8.51.100.1"},
        {"ip4:192.0. 2.1", "ip4:192.0.2.1"},
        {"ip6:2001:db8 ::1", "ip6:2001:db8::1"},
        {"ip4:192.0.2.1 - 192.0.2.9", "ip4:192.0.2.1 - 192.0.2.9"},
        {"ip4:192.0.2.1 \xe2\x80\x93 192.0.2.9", "ip4:192.0.2.1 \xe2\x80\x93 192.0.2.9"},
        {"ip4:192.0.2.1 \u2212 192.0.2.9", "ip4:192.0.2.1 \u2212 192.0.2.9"},
        {"ip4:192.0.2.1 -192.0.2.9", "ip4:192.0.2.1 -192.0.2.9"},
        {"ip4:192.0.2.1-192.0.2.9", "ip4:192.0.2.1-192.0.2.9"},
        {"ip4:192.0.2.*", "ip4:192.0.2.*"},
        {"ip4:192.0.2.l7", "ip4:192.0.2.l7"},
        {"ip4:192.0.2.20!", "ip4:192.0.2.20!"},
        {"ip41:98.51.100.1", "ip41:98.51.100.1"},
        {"ip45.6.7.8", "ip45.6.7.8"},
        {"ip4125.209.1.1", "ip4:125.209.1.1"},
        {"ip4192.0.2.1", "ip4:192.0.2.1"},
        {"ip6fe80::1", "ip6:fe80::1"},
        {"ip4:192.0.2.1/00", "ip4:192.0.2.1/00"},
        {"ip4:0.0.0.0/0.0.0.0", "ip4:0.0.0.0/0.0.0.0"},
        {"a/24/24", "a/24/24"},
        {"a/24/64", "a/24//64"},
    }));
    CAPTURE(term);
    CHECK(corrected("v=spf1 mx " + term + " -all") == "v=spf1 mx " + result + " -all");
}

TEST_CASE("a port, a URL and brackets are taken off", "[lint][corrections][rfc7208-5.6]") {
    const auto [term, result] = GENERATE(table<std::string, std::string>({
        {"ip4:192.0.2.1:25", "ip4:192.0.2.1"},
        {"ip4:192.0.2.1:587", "ip4:192.0.2.1"},
        {"ip4:[192.0.2.1]", "ip4:192.0.2.1"},
        {"ip4:[192.0.2.1]:25", "ip4:192.0.2.1"},
        {"ip6:[2001:db8::1]", "ip6:2001:db8::1"},
        {"ip6:[2001:db8::]/32", "ip6:2001:db8::/32"},
        {"ip6:[2001:db8::1]:587", "ip6:2001:db8::1"},
        {"a:mail.example.com:25", "a:mail.example.com"},
        {"include:spf.example.com:443", "include:spf.example.com"},
        {"a:https://mail.example.com/", "a:mail.example.com"},
        {"mx:http://example.com/", "mx:example.com"},
        {"ip4:192.0.2.0:24", "ip4:192.0.2.0:24"},            // a prefix length, or not
        {"a:mail.example.com:24", "a:mail.example.com:24"},  // likewise
        {"ip4:192.0.2.1:7", "ip4:192.0.2.1:7"},
    }));
    CAPTURE(term);
    CHECK(corrected("v=spf1 " + term + " -all") == "v=spf1 " + result + " -all");
    CHECK_THAT(permerror("v=spf1 " + term + " -all").remedy(),
               !Contains("find out the prefix length"));
    CHECK_THAT(permerror("v=spf1 ip4:192.0.2.0/33 -all").remedy(), Contains("find out the prefix"));
}

TEST_CASE("quotes become a space between terms, and nothing within one",
          "[lint][corrections][rfc7208-3.3]") {
    const auto [terms, result] = GENERATE(table<std::string, std::string>({
        {"ip4:192.0.2.1\"\"ip4:192.0.2.2", "ip4:192.0.2.1 ip4:192.0.2.2"},
        {"include:a.example\"\"-all", "include:a.example -all"},
        {"mx\"\"a", "mx a"},
        {"mx\"~all", "mx ~all"},
        {"include:_spf.exam\"\"ple.c\"", "include:_spf.example.c"},
        {"include:_spf.example.co\"\"m-", "include:_spf.example.co\"\"m-"},
        {"redirect=_spf.goog\" \"le.com", "redirect=_spf.google.com"},
        {"include:_spf.goog\" \"le.com", "include:_spf.google.com"},
        {"\"include:a.example\"", "include:a.example"},
        {"include:\"a.example\"", "include:a.example"},
        {"a\\/24", "a/24"},
        {"ip4:192.0.2.1\"\"0", "ip4:192.0.2.1\"\"0"},
    }));
    CAPTURE(terms);
    const std::string text = "v=spf1 " + terms;
    CHECK(corrected(text) == "v=spf1 " + result);
}

TEST_CASE("white space within a term is deleted, and between terms replaced",
          "[lint][corrections][rfc7208-4.6.1]") {
    const auto [term, result, remedy] = GENERATE(table<std::string, std::string, std::string>({
        {"include:\ta.example", "include:a.example", "delete it from \""},
        {"mx\t", "mx", "delete it from \""},
        {"ip4:192.0.2.0\t/24", "ip4:192.0.2.0/24", "delete it from \""},
        {"mx\xe2\x80\x8b", "mx", "delete it from \""},
        {"incl\xc2\xad"
         "ude:a.example",
         "include:a.example", "delete it from \""},
        {"include:a.exam\r\nple.com", "include:a.example.com", "delete it from \""},
        {"mx\tinclude:a.example", "mx include:a.example", "replace it in \"mx"},
        {"mx\xc2\xa0ip4:192.0.2.1", "mx ip4:192.0.2.1", "replace it in \"mx"},
        {"mx\xe2\x80\x8bip4:192.0.2.1", "mx ip4:192.0.2.1", "replace it in \"mx"},
        {"a:mail.example.com\xe2\x80\x8bmx", "", "delete it from \"a:mail"},
    }));
    CAPTURE(term);
    const spf::lint::Finding finding = permerror("v=spf1 " + term + " -all");
    CHECK(finding.code == Code::white_space);
    CHECK(finding.correction.value_or("") == result);
    CHECK_THAT(finding.remedy(), Catch::StartsWith(remedy));
}

TEST_CASE("a record that has been pasted onto another is reported as one that must be alone",
          "[lint][corrections]") {
    const auto [text, result, remedy] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 mx ~allv=spf1 a ~all", "v=spf1 mx ~allv=spf1 a ~all", "merge the terms"},
        {"v=spf1 ip4:192.0.2.1v=spf1 a ~all", "v=spf1 ip4:192.0.2.1v=spf1 a ~all", "merge"},
        {"v=spf1 mx ~allv=dmarc1", "v=spf1 mx ~allv=dmarc1", "at _dmarc"},
        {"v=spf1 mx -allv=DMARC1;p=none", "v=spf1 mx -allv=DMARC1;p=none", "at _dmarc"},
        {"v=spf1 mx ~allgoogle-site-verification=x", "v=spf1 mx ~all", "of its own"},
        {"v=spf1 mx -allMS=ms123", "v=spf1 mx -all", "of its own"},
        {"v=spf1 mx ?allapple-domain=x", "v=spf1 mx ?all", "of its own"},
        {"v=spf1 mx -allv=DKIM1;p=x", "v=spf1 mx -allv=DKIM1;p=x", "of its own"},
    }));
    CAPTURE(text);
    CHECK(corrected(text) == result);
    CHECK_THAT(permerror(text).remedy(), Contains(remedy));
}

TEST_CASE("what is pasted onto an all without qualifier is reported, though the grammar allows it",
          "[lint][corrections][rfc7208-6]") {
    const auto [term, told] = GENERATE(table<std::string, bool>({
        {"allv=spf1", true},
        {"allgoogle-site-verification=x", true},
        {"allMS=ms123", true},
        {"allow=x", false},
        {"all-in=x", false},
    }));
    const std::string text = "v=spf1 mx " + term;
    CAPTURE(text);
    REQUIRE(spf::parse_record(text));
    CHECK(has(text, Code::fused_terms) == told);
    CHECK(corrected(text) == text);
}

TEST_CASE("names that have lost their colon, or their way, are corrected",
          "[lint][corrections][rfc7208-4.6.1]") {
    const auto [terms, result] = GENERATE(table<std::string, std::string>({
        {"include_spf.google.com", "include:_spf.google.com"},
        {"includespf.protection.outlook.com", "include:spf.protection.outlook.com"},
        {"redirect_spf.example.com", "redirect=_spf.example.com"},
        {"include:_ spf.google.com", "include:_spf.google.com"},
        {"include:_spf. google.com", "include:_spf.google.com"},
        {"include:a.example .com", "include:a.example.com"},
        {"inc lude:a.example", "include:a.example"},
        {"include:ip4:192.0.2.1", "ip4:192.0.2.1"},
        {"a:ip6:2001:db8::1", "ip6:2001:db8::1"},
        {"mx:ip4:192.0.2.0/24", "ip4:192.0.2.0/24"},
        {"pi4:192.0.2.1", "ip4:192.0.2.1"},
        {"i4p:192.0.2.1", "ip4:192.0.2.1"},
        {"pi6:2001:db8::1", "ip6:2001:db8::1"},
        {"aaaa", "a"},
        {"aaaa:mail.example.com", "a:mail.example.com"},
        {"patří:spf.example.com", "include:spf.example.com"},
        {"zahrnout:spf.example.com", "include:spf.example.com"},
        {"vložit:spf.example.com", "include:spf.example.com"},
        {"a:", "a"},
        {"a;mx,ip4:192.0.2.1", "a mx ip4:192.0.2.1"},
        {"includes:spf.example.com", "include:spf.example.com"},
    }));
    CAPTURE(terms);
    CHECK(corrected("v=spf1 " + terms + " -all") == "v=spf1 " + result + " -all");
}

TEST_CASE("if two things can be meant, none is offered", "[lint][corrections]") {
    const std::string terms = GENERATE(
        as<std::string>{}, "a mx a:", "mx MX:", "a aaaa", "mx =all", "a :mail.example.com",
        "mx =mail.example.com", "a,mail.example.com", "ip4:spf.example.com",
        "redirect=a.example redirect=b.example", "unclude-spf.example.com", "-spf.example.com",
        "- include:a.example", "include:a.example .mx", "exists:a.examplemx/24", "include:a.b/com",
        "redirect_=spf.example.com", "~all-all", "mx~all+all", "o'include:a.example");
    CAPTURE(terms);
    CHECK(corrected("v=spf1 " + terms) == "v=spf1 " + terms);
}

TEST_CASE("no two corrections of a record collide", "[lint][corrections]") {
    const auto [strings, result] = GENERATE(table<Texts, std::string>({
        {{"v=spf1include:_spf.a.exampleinclude:b.example ~all"},
         "v=spf1 include:_spf.a.example include:b.example ~all"},
        {{"v=spf1", "include:b.example -all"}, "v=spf1 include:b.example -all"},
        {{"v=spf1 mx", "ip4:192.0.2.1 -all"}, "v=spf1 mx ip4:192.0.2.1 -all"},
        {{"v=spf1 include:a.example", "include:b.example -all"},
         "v=spf1 include:a.example include:b.example -all"},
        {{"v=spf1 include:%{D}.exampleinclude:b.example -all"},
         "v=spf1 include:%{D}.example include:b.example -all"},
        {{"v=spf1 include:a.example", "+all"}, "v=spf1 include:a.example+all"},
    }));
    std::string text;
    for (const std::string& each : strings) text += each;
    CAPTURE(text);
    const auto findings = spf::lint::lint(strings);
    std::size_t end = 0;
    std::size_t last = std::string::npos;
    for (const spf::lint::Finding& each : findings) {
        if (!each.correction) continue;
        CHECK(each.offset >= end);
        CHECK(each.offset != last);
        end = each.offset + each.length;
        last = each.offset;
    }
    for (auto each = findings.rbegin(); each != findings.rend(); ++each) {
        if (each->correction) text.replace(each->offset, each->length, *each->correction);
    }
    CHECK(text == result);
}

TEST_CASE("records without a mistake are left alone", "[lint][corrections]") {
    const std::string text =
        GENERATE(as<std::string>{}, "v=spf1 a mx -all", "v=spf1 a:mail.example.com/24//64 -all",
                 "v=spf1 include:aaaa.example.com ~all", "v=spf1 include:include.example.com ~all",
                 "v=spf1 include:spf_all.example.com -all", "v=spf1 redirect=all.example.com",
                 "v=spf1 ip6:fe80:1::25 ip6:2001:db8::25 -all",
                 "v=spf1 exists:%{ir}.v=spf1.example.com -all",
                 "v=spf1 include:ip4.example.com include:mx-a.example.com -all");
    CAPTURE(text);
    CHECK(corrected(text) == text);
    CHECK_FALSE(has(text, Code::everyone_passes));
    const auto findings = spf::lint::lint(text);
    CHECK(std::none_of(findings.begin(), findings.end(),
                       [](const spf::lint::Finding& each) { return each.is_permerror(); }));
}

TEST_CASE("no correction lets in more than one organisation has", "[lint][corrections]") {
    // A digit of the prefix length is missing, or comes after a space: the rest is a quarter of
    // IPv4.
    const std::string terms =
        GENERATE(as<std::string>{}, "ip4:192.0.2.0 /2 4", "ip4:192.0.2.0/2,", "a/7;", "mx/24//15,",
                 "ip6:2001:db8::/3,", "ip4:192.0.2.0/2 8", "\"ip4:192.0.2.0/2\"", "ip4=9.0.0.0/7");
    const std::string text = "v=spf1 " + terms + " -all";
    CAPTURE(text);
    for (const spf::lint::Finding& each : spf::lint::lint(text))
        CHECK_FALSE(each.correction.has_value());
}

TEST_CASE("a value in brackets loses both of them", "[lint][corrections]") {
    CHECK(corrected("v=spf1 include:<a.example> -all") == "v=spf1 include:a.example -all");
    CHECK(corrected("v=spf1 include:(a.example), -all") == "v=spf1 include:a.example -all");
    CHECK(corrected("v=spf1 a:[mail.example.com] -all") == "v=spf1 a:mail.example.com -all");
    // The braces of a macro are not such brackets.
    CHECK(corrected("v=spf1 exists:%{i}.a.example} -all") == "v=spf1 exists:%{i}.a.example -all");
    CHECK(corrected("v=spf1 (include:a.example) -all") == "v=spf1 include:a.example -all");
}

TEST_CASE("a backslash is not called a quote", "[lint][corrections]") {
    const std::string term =
        GENERATE(as<std::string>{}, "ip4:192.0.2.0 \\24", "mx\\-all", "ip4:192.0.2.1\\1");
    const spf::lint::Finding finding = permerror("v=spf1 " + term + " ~all");
    CHECK(finding.message() == "a backslash has become part of this term");
    CHECK(finding.remedy().find("quote") == std::string_view::npos);
    CHECK(permerror("v=spf1 \"mx\" ~all").message() == "a quote has become part of this term");
}

TEST_CASE("addresses in a list without a mechanism are listed each", "[lint][corrections]") {
    CHECK(corrected("v=spf1 192.0.2.1,192.0.2.2 -all") ==
          "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all");
    CHECK(corrected("v=spf1 192.0.2.0/24;2001:db8::1 -all") ==
          "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::1 -all");
    CHECK(has("v=spf1 192.0.2.1,192.0.2.2 -all", Code::address_list));
    // One address is not a list, a number is not an address, and a dash may be that of a range.
    CHECK_FALSE(has("v=spf1 192.0.2.1, -all", Code::address_list));
    CHECK_FALSE(has("v=spf1 192,0,2,1 -all", Code::address_list));
    CHECK_FALSE(has("v=spf1 -192.0.2.1,192.0.2.2 -all", Code::address_list));
}

TEST_CASE("thousands of marks after a term cost no more than a look", "[lint]") {
    // With quadratic cost this took minutes; a record can have 64 KiB.
    for (const char mark : {'.', ':', ')', ','}) {
        const std::string text = "v=spf1 mx" + std::string(60000, mark) + " -all";
        const auto begin = spf::test::cpu_time();
        CHECK_FALSE(spf::lint::lint(text).empty());
        CHECK(spf::test::cpu_time() - begin < std::chrono::seconds(10));
    }
}

TEST_CASE("a remedy fits beside the others, and the value", "[lint][corrections]") {
    CHECK(has("v=spf1 a mx -a", Code::all_cut_short));
    CHECK_FALSE(has("v=spf1 a mx -a", Code::duplicate_term));
    CHECK(has("v=spf1 a mx a -all", Code::duplicate_term));
    // "mx:all" would be wrong, too.
    for (const spf::lint::Finding& each : spf::lint::lint("v=spf1 a mx=all")) {
        if (each.code != Code::equals_for_colon) continue;
        CHECK_FALSE(each.correction.has_value());
        CHECK_THAT(each.remedy(), Contains("write -all or ~all"));
    }
    CHECK(corrected("v=spf1 mx=a.example -all") == "v=spf1 mx:a.example -all");
}
