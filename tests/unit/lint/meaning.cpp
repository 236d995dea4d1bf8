// Records that the grammar allows but that open a domain or hide mistakes. Each is tested beside
// records that look similar and are right.

#include <algorithm>
#include <string>
#include <tuple>

#include "spf/lint/lint.hpp"
#include "spf/record/parse.hpp"
#include "support/catch.hpp"

using Code = spf::lint::Finding::Code;

namespace {

std::size_t count(const std::vector<spf::lint::Finding>& findings, Code code) {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [code](const spf::lint::Finding& each) { return each.code == code; }));
}
bool has(std::string_view text, Code code) { return count(spf::lint::lint(text), code) != 0; }

spf::lint::Finding find(std::string_view text, Code code) {
    const auto findings = spf::lint::lint(text);
    const auto found =
        std::find_if(findings.begin(), findings.end(),
                     [code](const spf::lint::Finding& each) { return each.code == code; });
    REQUIRE(found != findings.end());
    return *found;
}

std::string corrected(const std::string& text, Code code) {
    const spf::lint::Finding finding = find(text, code);
    if (!finding.correction) return {};
    return std::string(text).replace(finding.offset, finding.length, *finding.correction);
}

bool has_error(std::string_view text) {
    const auto findings = spf::lint::lint(text);
    return std::any_of(findings.begin(), findings.end(), [](const spf::lint::Finding& each) {
        return each.severity == spf::lint::Finding::Severity::error;
    });
}

}  // namespace

TEST_CASE("a record that lets every address pass is reported", "[lint][open][rfc7208-5.1]") {
    const auto* const text =
        GENERATE("v=spf1 +all", "v=spf1 all", "v=spf1 mx all", "v=spf1 mx ALL", "v=spf1 a/0 -all",
                 "v=spf1 mx/0 ~all", "v=spf1 a:mail.example.com/0 -all", "v=spf1 a//0 -all",
                 "v=spf1 a/0//0 -all", "v=spf1 ip4:192.0.2.1/0 -all", "v=spf1 ip6:::/0 -all",
                 "v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all",
                 "v=spf1 ip4:0.0.0.0/2 ip4:64.0.0.0/2 mx ip4:128.0.0.0/2 ip4:192.0.0.0/3 -all",
                 "v=spf1 ip6:2000::/4 ip6:3000::/4 -all");
    CAPTURE(text);
    CHECK(has(text, Code::everyone_passes));
}

TEST_CASE("a record that lets some addresses pass is not reported as one that lets all pass",
          "[lint][open][rfc7208-5.1]") {
    const auto* const text =
        GENERATE("v=spf1 -all", "v=spf1 mx ?all", "v=spf1 a/24 mx/16 -all", "v=spf1 -a/0 ~all",
                 "v=spf1 ?ip4:0.0.0.0/0 -all", "v=spf1 -all +all", "v=spf1 -all ip4:0.0.0.0/0",
                 "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "v=spf1 ip4:0.0.0.0/1 -all",
                 "v=spf1 ip4:17.0.0.0/8 -all", "v=spf1 a/8//16 -all");
    CAPTURE(text);
    CHECK_FALSE(has(text, Code::everyone_passes));
}

TEST_CASE("an \"all\" without a qualifier is said to be \"+all\"", "[lint][open][rfc7208-4.6.2]") {
    const spf::lint::Finding bare = find("v=spf1 mx all", Code::everyone_passes);
    CHECK_THAT(bare.message(), Catch::Contains("without a qualifier means \"+all\""));
    CHECK_THAT(bare.remedy(), Catch::Contains("-all") && Catch::Contains("~all"));
    const spf::lint::Finding plus = find("v=spf1 mx +all", Code::everyone_passes);
    CHECK_THAT(plus.message(), !Catch::Contains("without a qualifier"));
}

TEST_CASE("that every address passes is reported beside errors, however many", "[lint][open]") {
    const auto* const text = GENERATE("v=spf1 ip:192.0.2.1 +all", "v=spf1 foo all",
                                      "v=spf1 mx all include:", "v=spf1include:a.example +all",
                                      "v=spf1 ip4:192.0.2.300 a/0 -all");
    CAPTURE(text);
    CHECK(has(text, Code::everyone_passes));

    std::string broken = "v=spf1";
    for (int i = 0; i < 1000; ++i) broken += " foo";
    CHECK(has(broken + " +all", Code::everyone_passes));
    CHECK_FALSE(has(broken + " -all", Code::everyone_passes));
}

TEST_CASE("networks that are larger than any organisation's are reported",
          "[lint][open][rfc7208-5.6]") {
    SECTION("that they are") {
        const auto* const text = GENERATE("v=spf1 ip4:0.0.0.0/1 -all", "v=spf1 ip4:64.0.0.0/7 -all",
                                          "v=spf1 ip6:2000::/3 -all", "v=spf1 ip6:2001::/15 -all",
                                          "v=spf1 a/4 -all", "v=spf1 mx//8 -all");
        CAPTURE(text);
        CHECK(has(text, Code::huge_network));
    }
    SECTION("not that of one organisation, nor one that does not pass") {
        const auto* const text = GENERATE(
            "v=spf1 ip4:17.0.0.0/8 -all", "v=spf1 ip4:192.0.2.0/24 -all",
            "v=spf1 ip6:2630::/16 -all", "v=spf1 mx/24//64 -all", "v=spf1 ?ip4:64.0.0.0/2 -all",
            "v=spf1 ip4:224.0.0.0/4 -all", "v=spf1 -all ip4:64.0.0.0/2");
        CAPTURE(text);
        CHECK_FALSE(has(text, Code::huge_network));
    }
    SECTION("that they are together") {
        std::string text = "v=spf1";
        for (int i = 0; i < 140; ++i) text += " ip4:" + std::to_string(i + 16) + ".0.0.0/8";
        CHECK(count(spf::lint::lint(text + " -all"), Code::huge_network) == 1);
        CHECK_FALSE(has("v=spf1 ip4:17.0.0.0/8 ip4:18.0.0.0/8 -all", Code::huge_network));
    }
}

TEST_CASE("networks without any sender are reported", "[lint][open][rfc7208-5.6]") {
    SECTION("that no mail comes from there") {
        const auto* const text = GENERATE(
            "v=spf1 ip4:224.0.0.1 -all", "v=spf1 ip4:239.0.0.0/8 -all", "v=spf1 ip4:0.0.0.0 -all",
            "v=spf1 ip4:100.64.0.0/10 -all", "v=spf1 ip4:100.100.1.1 -all",
            "v=spf1 ip4:240.0.0.0/4 -all", "v=spf1 ip4:255.255.255.255 -all", "v=spf1 ip6:::1 -all",
            "v=spf1 ip6:ff00::/8 -all", "v=spf1 ip6:fe80::1 -all", "v=spf1 ip6:fd12::/32 -all",
            "v=spf1 ip4:198.18.0.0/15 -all", "v=spf1 ip4:10.1.2.3 -all");
        CAPTURE(text);
        CHECK(has(text, Code::private_network));
    }
    SECTION("not of public addresses and those of examples") {
        const auto* const text =
            GENERATE("v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:198.51.100.0/24 -all",
                     "v=spf1 ip4:203.0.113.0/24 -all", "v=spf1 ip6:2001:db8::/32 -all",
                     "v=spf1 ip4:100.63.0.1 -all", "v=spf1 ip4:223.255.255.255 -all",
                     "v=spf1 ip6:2a00:1450::/32 -all", "v=spf1 ip4:9.0.0.0/8 -all");
        CAPTURE(text);
        CHECK_FALSE(has(text, Code::private_network));
    }
    CHECK_THAT(find("v=spf1 ip4:100.64.1.1 -all", Code::private_network).message(),
               Catch::Contains("RFC 6598"));
}

TEST_CASE("exists: of a name that is the same for every client is reported",
          "[lint][open][rfc7208-5.7]") {
    const auto* const constant =
        GENERATE("v=spf1 exists:example.com -all", "v=spf1 exists:%{d} -all",
                 "v=spf1 exists:_spf.%{o} -all", "v=spf1 -exists:block.example.com mx -all");
    CAPTURE(constant);
    CHECK(has(constant, Code::exists_constant));

    const auto* const varying =
        GENERATE("v=spf1 exists:%{i}._spf.example.com -all", "v=spf1 exists:%{l}.%{d} -all",
                 "v=spf1 exists:%{ir}.%{v}.%{d2} -all", "v=spf1 exists:%{h}.example.com -all",
                 "v=spf1 a:example.com -all", "v=spf1 -all exists:example.com",
                 "v=spf1 exists:%{v}.example.com -all");
    CAPTURE(varying);
    CHECK_FALSE(has(varying, Code::exists_constant));
}

TEST_CASE("a space that is missing before -all is reported if the name takes it up",
          "[lint][rfc7208-7.1]") {
    const auto [text, result] = GENERATE(table<std::string, std::string>({
        {"v=spf1 include:spf.protection.outlook.com-all",
         "v=spf1 include:spf.protection.outlook.com -all"},
        {"v=spf1 mx a:mail.example.com-ALL", "v=spf1 mx a:mail.example.com -ALL"},
        {"v=spf1 exists:%{i}.example.com-all", "v=spf1 exists:%{i}.example.com -all"},
        {"v=spf1 redirect=_spf.example.com-all", ""},
    }));
    CAPTURE(text);
    REQUIRE(spf::parse_record(text));
    CHECK(corrected(text, Code::fused_terms) == result);
    CHECK_FALSE(has(text, Code::no_all));

    const auto* const right =
        GENERATE("v=spf1 include:not-all.example.com -all", "v=spf1 include:we-all.example -all",
                 "v=spf1 include:x.xn--p1-all -all", "v=spf1 include:example.com -all");
    CAPTURE(right);
    CHECK_FALSE(has(right, Code::fused_terms));
}

TEST_CASE("an \"all\" that was cut to \"a\" is told", "[lint][rfc7208-5.3]") {
    CHECK(corrected("v=spf1 mx ~a", Code::all_cut_short) == "v=spf1 mx ~all");
    CHECK(corrected("v=spf1 ip4:192.0.2.1 -a", Code::all_cut_short) == "v=spf1 ip4:192.0.2.1 -all");
    CHECK(corrected("v=spf1 include:a.example ?A", Code::all_cut_short) ==
          "v=spf1 include:a.example ?all");
    const auto* const right =
        GENERATE("v=spf1 mx a", "v=spf1 mx +a", "v=spf1 ~a -all", "v=spf1 mx ~a redirect=b.example",
                 "v=spf1 mx ~a:mail.example.com", "v=spf1 ~a mx");
    CAPTURE(right);
    CHECK_FALSE(has(right, Code::all_cut_short));
}

TEST_CASE("terms that reject the senders that they name are reported", "[lint][rfc7208-4.6.2]") {
    SECTION("where that is not what was meant") {
        const auto* const text =
            GENERATE("v=spf1 mx -include:a.example -all", "v=spf1 mx ~include:a.example ~all",
                     "v=spf1 -a -mx ip4:192.0.2.1 -all", "v=spf1 -a:mail.example.com -all",
                     "v=spf1 -ip4:192.0.2.1 -all",
                     "v=spf1 ip4:198.51.100.1 -ip4:192.0.2.0/24 ip6:2001:db8::/32 -all");
        CAPTURE(text);
        CHECK(has(text, Code::negative_term));
        CHECK_FALSE(has_error(text));
    }
    SECTION("not an exception") {
        const auto* const text =
            GENERATE("v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -all",
                     "v=spf1 ~ip4:192.0.2.0/24 ip4:192.0.2.7 -all",
                     "v=spf1 -exists:%{i}.blocked.example mx -all",
                     "v=spf1 ?include:a.example -all", "v=spf1 ?a mx -all",
                     "v=spf1 -ip4:192.0.2.1 ?all", "v=spf1 -ip4:192.0.2.1 include:a.example -all",
                     "v=spf1 -ip4:192.0.2.1 redirect=a.example", "v=spf1 mx -all -a");
        CAPTURE(text);
        CHECK_FALSE(has(text, Code::negative_term));
    }
}

TEST_CASE("a service's record after a: or mx: is reported", "[lint][services][rfc7208-5.3]") {
    const auto [text, result] = GENERATE(table<std::string, std::string>({
        {"v=spf1 a:_spf.google.com -all", "v=spf1 include:_spf.google.com -all"},
        {"v=spf1 mx:spf.protection.outlook.com -all",
         "v=spf1 include:spf.protection.outlook.com -all"},
        {"v=spf1 a:_spf.mailer.example ~all", "v=spf1 include:_spf.mailer.example ~all"},
        {"v=spf1 a:sendgrid.net ~all", ""},
        {"v=spf1 mx:_spf.google.com/24 ~all", ""},
    }));
    CAPTURE(text);
    CHECK(corrected(text, Code::service_as_host) == result);

    const auto* const right =
        GENERATE("v=spf1 include:_spf.google.com -all", "v=spf1 a:mail.example.com -all",
                 "v=spf1 mx:example.com -all", "v=spf1 a:spf.example.com -all",
                 "v=spf1 redirect=_spf.google.com", "v=spf1 exists:%{i}._spf.example.com -all",
                 "v=spf1 a:_mail.example.com -all", "v=spf1 a:my_spf.example.com -all");
    CAPTURE(right);
    CHECK_FALSE(has(right, Code::service_as_host));
}

TEST_CASE("a name that is almost that of a well-known record is reported", "[lint][services]") {
    const auto [name, meant] = GENERATE(table<std::string, std::string>({
        {"_spf-google.com", "_spf.google.com"},
        {"_spf.google", "_spf.google.com"},
        {"spf.google.com", "_spf.google.com"},
        {"_spf.google.com.com", "_spf.google.com"},
        {"_spf.gogle.com", "_spf.google.com"},
        {"_spf.google.con", "_spf.google.com"},
        {"_sfp.google.com", "_spf.google.com"},
        {"_spf.google.comall", "_spf.google.com"},
        {"spf.protection.outlook", "spf.protection.outlook.com"},
        {"spf.protecton.outlook.com", "spf.protection.outlook.com"},
        {"protection.outlook.com", "spf.protection.outlook.com"},
        {"spf-protection.outlook.com", "spf.protection.outlook.com"},
        {"spf.protection.outlook.com.example.com", "spf.protection.outlook.com"},
        {"sendgird.net", "sendgrid.net"},
        {"amazoness.com", "amazonses.com"},
        {"SPF.mailjett.com", "spf.mailjet.com"},
    }));
    CAPTURE(name);
    const spf::lint::Finding finding = find("v=spf1 include:" + name + " -all", Code::near_miss);
    CHECK(finding.severity == spf::lint::Finding::Severity::warning);
    CHECK_THAT(finding.remedy(), Catch::Contains("did you mean include:" + meant + "?"));
}

TEST_CASE("a name near a well-known name is corrected only if it cannot exist",
          "[lint][services]") {
    CHECK(corrected("v=spf1 include:_spf-google.com ~all", Code::near_miss) ==
          "v=spf1 include:_spf.google.com ~all");
    CHECK(corrected("v=spf1 redirect=_spf_google.com", Code::near_miss) ==
          "v=spf1 redirect=_spf.google.com");
    CHECK_FALSE(find("v=spf1 include:_spf.gogle.com ~all", Code::near_miss).correction);
    CHECK_FALSE(find("v=spf1 include:_spf.google ~all", Code::near_miss).correction);
}

TEST_CASE("names of their own are near none", "[lint][services]") {
    const auto* const name = GENERATE(
        "_spf.google.com", "_SPF.Google.com.", "spf.protection.outlook.com", "spf1.mailjet.com",
        "_netblocks2.google.com", "eu._netblocks.mimecast.com", "us._netblocks.mimecast.com",
        "_spf.example.com", "spf.example.com", "google.com", "outlook.com", "icloud.com",
        "cloud.com", "spf-us.emailsignatures365.com", "_spf1.ekom21.de", "mailgun.net",
        "example-com.mail.protection.outlook.com", "spf.sendinblue.com", "_spf-eu.ionos.com",
        "spf.abxsec.com", "relay.example.net", "server.example.net", "%{d}._spf.google.com",
        "_spf-dc7.sapsf.com", "spf-b.mailbaby.net", "_spf_euwest1.prod.hydra.sophos.com");
    CAPTURE(name);
    CHECK_FALSE(has("v=spf1 include:" + std::string(name) + " -all", Code::near_miss));
}

TEST_CASE("what can never be a name is reported, and corrected if a URL holds one",
          "[lint][rfc7208-4.8]") {
    const auto [term, result] = GENERATE(table<std::string, std::string>({
        {"include:://spf.example.com", "include:spf.example.com"},
        {"include:https://spf.example.com", "include:spf.example.com"},
        {"a:http://mail.example.com:8080/x.y", "a:mail.example.com"},
        {"include:spf:mail.example", ""},
        {"include:ann@example.com", ""},
        {"redirect=//spf.example.com", "redirect=spf.example.com"},
    }));
    const std::string text = "v=spf1 " + term;
    CAPTURE(text);
    REQUIRE(spf::parse_record(text));
    CHECK(corrected(text, Code::name_of_url) == (result.empty() ? "" : "v=spf1 " + result));
    CHECK_FALSE(
        has("v=spf1 include:spf.example.com exists:%{l}@%{o}.example -all", Code::name_of_url));
}

TEST_CASE("tokens and records of others within the record are reported", "[lint][rfc7208-6]") {
    SECTION("tokens") {
        const auto* const text =
            GENERATE("v=spf1 mx MS=ms12345678 -all", "v=spf1 mx -all google-site-verification=abc",
                     "v=spf1 mx apple-domain=abc -all", "v=spf1 mx docusign=abc -all",
                     "v=spf1 mx -all v=verifydomain MS=ms1234");
        CAPTURE(text);
        CHECK(has(text, Code::verification_token));
    }
    SECTION("tokens that are syntax errors") {
        const auto* const text =
            GENERATE("v=spf1 brevo-code:abc mx -all", "v=spf1 mx sendinblue-code:12ab -all",
                     "v=spf1 mx mailru-verification:0a1b -all");
        CAPTURE(text);
        const spf::lint::Finding finding = find(text, Code::unknown_mechanism);
        CHECK_THAT(finding.message(), Catch::Contains("verification token"));
        CHECK_THAT(finding.remedy(), Catch::Contains("TXT record of its own"));
        CHECK_THAT(find("v=spf1 foo:abc mx -all", Code::unknown_mechanism).message(),
                   !Catch::Contains("token"));
    }
    SECTION("other records") {
        CHECK(has("v=spf1 mx -all v=DMARC1; p=none", Code::other_record));
        CHECK(has("v=spf1 mx -all v=DKIM1; k=rsa;", Code::other_record));
        CHECK(has("v=spf1 mx v=BIMI1 -all", Code::other_record));
        CHECK_FALSE(has("v=spf1 mx v=spf1 -all", Code::other_record));
        CHECK_FALSE(has("v=spf1 mx v=1 -all", Code::other_record));
    }
    CHECK_FALSE(has("v=spf1 mx ra=postmaster msg=1 -all", Code::verification_token));
}

TEST_CASE("no remedy lets every address pass if not every address passes today",
          "[lint][open][rfc7208-5.1]") {
    CHECK_THAT(find("v=spf1 mx -all +all", Code::repeated_all).remedy(),
               Catch::Contains("delete \"+all\""));
    CHECK_THAT(find("v=spf1 mx ~all all", Code::repeated_all).remedy(),
               Catch::Contains("delete \"all\""));
    CHECK_THAT(find("v=spf1 -all ip4:0.0.0.0/0", Code::unreachable_term).remedy(),
               Catch::Contains("delete \"ip4:0.0.0.0/0\""));
    CHECK_THAT(find("v=spf1 -all a/0", Code::unreachable_term).remedy(),
               Catch::Contains("delete \"a/0\""));
    CHECK_THAT(find("v=spf1 mx ~all -all", Code::repeated_all).remedy(),
               Catch::Contains("keep the last"));
    CHECK_THAT(find("v=spf1 -all ip4:192.0.2.0/24", Code::unreachable_term).remedy(),
               Catch::Contains("move \"ip4:192.0.2.0/24\" before"));
}

TEST_CASE("a finding is as severe as the table of codes says", "[lint][rfc7208-3.4]") {
    for (std::size_t size = 440; size <= 530; ++size) {
        std::string record = "v=spf1 -all x=";
        record.append(size - record.size(), 'x');
        const auto findings = spf::lint::lint(record);
        for (const spf::lint::Finding& each : findings)
            CHECK(each.severity == spf::lint::describe(each.code).severity);
        CHECK(count(findings, Code::record_size_close) == (size > 450 && size <= 512 ? 1U : 0U));
        CHECK(count(findings, Code::record_size) == (size > 512 ? 1U : 0U));
    }
}

TEST_CASE("redirect= beside mechanisms is reported as a hint", "[lint][rfc7208-6.1]") {
    const spf::lint::Finding before =
        find("v=spf1 redirect=_spf.example.net ip4:192.0.2.120", Code::redirect_beside_terms);
    CHECK(before.severity == spf::lint::Finding::Severity::hint);
    CHECK_THAT(before.message(), Catch::Contains("after it"));
    const spf::lint::Finding behind =
        find("v=spf1 ip4:192.0.2.120 redirect=_spf.example.net", Code::redirect_beside_terms);
    CHECK_THAT(behind.message(), !Catch::Contains("after it"));
    CHECK(has("v=spf1 a redirect=_spf.example.net mx", Code::redirect_beside_terms));
    CHECK_FALSE(has("v=spf1 redirect=_spf.example.net", Code::redirect_beside_terms));
    CHECK_FALSE(has("v=spf1 redirect=_spf.example.net exp=a.example", Code::redirect_beside_terms));
    CHECK_FALSE(has("v=spf1 mx -all redirect=_spf.example.net", Code::redirect_beside_terms));
}
