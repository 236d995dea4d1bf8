// What lint says to people: each sentence, whatever it names.

#include "support/sentences.hpp"

#include <bitset>
#include <set>
#include <string>
#include <vector>

#include "spf/lint/domain.hpp"
#include "spf/lint/lint.hpp"
#include "spf/lint/sentence.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

using spf::lint::Finding;
using spf::lint::Sentence;
using spf::test::ip;

namespace {

/// Answers that a name is not in the zone where no zone says so; see below.
class Unknown final : public spf::dns::Resolver {
public:
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        spf::dns::Answer answer;
        answer.status = spf::dns::Status::not_in_zone;
        if (question.name == "truncated.example") {
            answer.status = spf::dns::Status::error;
            answer.texts = {"truncated"};
        }
        if (question.name == "sourced.example")
            answer.texts = {"own.zone", std::string(question.name)};
        return std::make_shared<const spf::dns::Answer>(std::move(answer));
    }
};

std::vector<std::string> records() {
    std::vector<std::string> out;
    for (const char* terms : {
             "mx all-",
             "mx ~allv=spf1 a ~all",
             "mx ~allv=dmarc1",
             "mx -allv=DKIM1;p=x",
             "mx ~allgoogle-site-verification=x",
             "mx allgoogle-site-verification=x",
             "google-site-verification:abc ~all",
             "mx\xe2\x80\x8bip4:192.0.2.1 -all",
             "mx\xe2\x80\x8b -all",
             "a:mail.example.com\xe2\x80\x8bmx -all",
             "ip4:192.0.2.1\\1 -all",
             "mx\\ -all",
             "ip4:192.0.2.0\\24 -all",
             "mx\"\"a -all",
             "include:<a.example> -all",
             "ip6:[2001:db8::1] -all",
             ",mx -all",
             "a;mx,-all",
             "mx ~all-all",
             "include_spf.example.com -all",
             "redirect_spf.example.com",
             "aaaa -all",
             "mx \"all\"",
             "ip4:192.0.2.1 - 192.0.2.9 -all",
             "ip4:192.0.2.1-192.0.2.9 -all",
             "ip4:192.0.2.1:25 -all",
             "ip4:192.0.2.0:24 -all",
             "ip4:192.0.2.0/024 -all",
             "mx:http://example.com/ -all",
             "ip4:19 8.51.100.33 -all",
             "a mx a: -all",
             "a mx=all",
             "-include:a.example -all",
             "redirect=_spf.example.net ip4:192.0.2.120",
             "ip4:10.0.0.0/8 -all",
             "include:_spf.gogle.com -all",
             "include:_spf_google.com -all",
             "mx all",
             "mx -all +all",
             "a/0//0 -all",
             "a/0 -all",
             "a//0 -all",
             "ip4:0.0.0.0/1 ip4:128.0.0.0/1 ip6:2000::/4 ip6:3000::/4 -all",
             "ip4:2.0.0.0/7 ip6:2000::/8 -all",
             "a/7 a:b.example//8 -all",
         })
        out.push_back(std::string("v=spf1 ") + terms);
    out.emplace_back("v=spf1all");
    out.push_back("v=spf1 -all x=" + std::string(500, 'x'));
    std::string half = "v=spf1";
    for (int i = 11; i < 200; ++i) half += " ip4:" + std::to_string(i) + ".0.0.0/8";
    out.push_back(half + " -all");
    return out;
}

/// Records below which everything is wrong that only DNS can tell.
spf::ZoneResolver zone() {
    using namespace std::chrono_literals;
    spf::ZoneResolver zone;
    zone.add_a("host.example", ip("192.0.2.1"));
    zone.add_a("four.example", ip("192.0.2.1"));
    zone.add_aaaa("six.example", ip("2001:db8::1"));
    zone.add_name("empty.example");
    zone.set_status("fail.example", spf::dns::Status::servfail);
    for (int i = 0; i < 11; ++i)
        zone.add_mx("many.example", 10, "host" + std::to_string(i) + ".example");
    const auto add = [&zone](std::string name, std::string terms, std::chrono::seconds ttl = 1h) {
        zone.add_txt(name + ".example", "v=spf1 " + terms, ttl);
    };
    add("one", "a:host.example -all");
    add("copy", "a:host.example -all");
    add("two", "a:host.example mx:host.example -all");
    add("several", "-all");
    add("several", "~all");
    add("names",
        "include:absent.example include:host.example include:a..example a:absent.example "
        "mx:empty.example exists:host.example mx:many.example a:fail.example -all");
    add("loop", "include:back.example -all");
    add("back", "include:loop.example -all");
    add("endless", "redirect=endless.example");
    add("again", "include:one.example include:wrap.example include:copy.example -all");
    add("wrap", "include:one.example -all");
    add("low", "-all", 1s);
    add("high", "-all", 240h);
    add("voids", "a:absent.example a:absent2.example a:absent3.example -all");
    add("voids4", "a:six.example a:six.example exists:absent.example a:six.example -all");
    add("voids6", "a:four.example a:four.example exists:absent.example a:four.example -all");
    std::string nine;
    for (int i = 0; i < 9; ++i) nine += "a:host.example ";
    add("plain", nine + "-all");
    std::string thousand;
    for (int i = 0; i < 1000; ++i) thousand += "a ";
    add("thousand", thousand + "-all");
    add("costly", "include:two.example include:two.example include:two.example -all");
    add("least", "include:%{i}.example -all");
    add("costly_least", "include:two.example include:%{i}.example -all");
    return zone;
}

std::vector<Finding> all_findings() {
    std::vector<Finding> out;
    const auto take = [&out](std::vector<Finding> found) {
        out.insert(out.end(), found.begin(), found.end());
    };
    for (const std::string& each : records()) take(spf::lint::lint(each));
    take(spf::lint::lint(std::vector<std::string>{"v=spf1 -all x=" + std::string(300, 'x')}));
    spf::ZoneResolver known = zone();
    for (const char* name :
         {"several", "names", "loop", "endless", "again", "low", "high", "voids", "voids4",
          "voids6", "plain", "thousand", "costly", "least", "costly_least"})
        take(spf::lint::lint_domain(std::string(name) + ".example", known).findings);
    take(spf::lint::lint_domain("a..example", known).findings);
    Unknown unknown;
    take(spf::lint::lint_domain("sourced.example", unknown).findings);
    take(spf::lint::lint_domain("other.example", unknown).findings);
    take(spf::lint::lint_domain("truncated.example", unknown).findings);
    known.add_cname("dangling.example", "absent.example");
    known.add_cname("alias.example", "four.example");
    known.add_spf("obsolete.example", "v=spf1 mx -all");
    for (const char* name : {"dangling.example", "alias.example", "obsolete.example"})
        take(spf::lint::lint_domain(name, known).findings);
    return out;
}

}  // namespace

TEST_CASE("each sentence of lint is short printable text, whatever it names", "[lint][message]") {
    for (std::size_t i = 1; i < spf::lint::sentence_count; ++i) {
        const auto sentence = static_cast<Sentence>(i);
        CAPTURE(to_string(sentence));
        CHECK_FALSE(pattern_of(sentence).empty());
        spf::test::check_pattern(pattern_of(sentence));
    }
    for (const spf::lint::FindingKind& kind : spf::lint::finding_kinds()) {
        CAPTURE(kind.name);
        spf::test::check_pattern(kind.message);
        spf::test::check_pattern(kind.remedy);
        CHECK(spf::argument_count(kind.message) <= 1);
        CHECK(spf::argument_count(kind.remedy) <= 1);
    }
}

TEST_CASE("a finding of each code is reported, whatever its term is", "[lint][message]") {
    for (const spf::lint::FindingKind& kind : spf::lint::finding_kinds()) {
        for (const spf::Argument& each : spf::test::extreme_arguments()) {
            Finding finding;
            finding.code = kind.code;
            finding.text = "v=spf1 " + each.text() + " -all";
            finding.offset = 7;
            finding.length = each.text().size();
            spf::test::check_rendered(finding.message(), kind.message, each);
            spf::test::check_rendered(finding.remedy(), kind.remedy, each);
            CHECK(finding.remedy().size() <= 300);
        }
    }
}

TEST_CASE("no two sentences of lint say the same", "[lint][message]") {
    std::set<std::string_view> patterns;
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < spf::lint::sentence_count; ++i) {
        CHECK(patterns.insert(pattern_of(static_cast<Sentence>(i))).second);
        CHECK(names.insert(to_string(static_cast<Sentence>(i))).second);
    }
}

TEST_CASE("each sentence of lint is said of something, with all that it names", "[lint][message]") {
    std::bitset<spf::lint::sentence_count> seen;
    for (const Finding& finding : all_findings()) {
        CAPTURE(finding.domain, finding.text, finding.message(), finding.remedy());
        for (const auto* said : {&finding.said, &finding.advised}) {
            CAPTURE(to_string(said->code));
            seen.set(static_cast<std::size_t>(said->code));
            // {1} is the term, and needs no argument.
            const std::size_t named = spf::argument_count(pattern_of(said->code));
            CHECK(said->arguments.size() == (named > 1 ? named - 1 : 0));
        }
        CHECK_FALSE(spf::test::has_placeholder(finding.message()));
        CHECK_FALSE(spf::test::has_placeholder(finding.remedy()));
    }
    for (std::size_t i = 0; i < spf::lint::sentence_count; ++i) {
        INFO(to_string(static_cast<Sentence>(i)));
        CHECK(seen.test(i));
    }
}

TEST_CASE("a finding names the whole term that it underlines a part of", "[lint][message]") {
    const auto first = [](const std::string& text) {
        const std::vector<Finding> findings = spf::lint::lint(text);
        REQUIRE_FALSE(findings.empty());
        return findings.front();
    };
    CHECK(first("v=spf1 ip4:192.0.2.0/33 -all").term() == "ip4:192.0.2.0/33");
    CHECK(first("v=spf1 mx include: example.com -all").term() == "include: example.com");
    CHECK(first("v=spf1 mx include:").term() == "include:");
    CHECK(first("v=spf1 ip4:192.0.2.0/33 -all").remedy() ==
          "find out the prefix length of the network in \"ip4:192.0.2.0/33\", 0 to 32; a single "
          "address needs none");
    CHECK(Finding{}.term().empty());
}
