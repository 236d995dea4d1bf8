// Findings of lint_domain() about a domain and all records that it includes.

#include "spf/lint/domain.hpp"

#include <algorithm>
#include <optional>
#include <random>

#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

using Code = spf::lint::Finding::Code;

namespace {

using spf::test::ip;

const spf::lint::Finding* find(const spf::lint::DomainLint& lint, Code code) {
    for (const spf::lint::Finding& each : lint.findings) {
        if (each.code == code) return &each;
    }
    return nullptr;
}
bool has(const spf::lint::DomainLint& lint, Code code) { return find(lint, code) != nullptr; }
std::string place(const spf::lint::Finding* finding) {
    return finding == nullptr ? "" : finding->text.substr(finding->offset, finding->length);
}

/// example.com with this record, and a few names that terms refer to.
spf::ZoneResolver zone_of(const std::string& record) {
    spf::ZoneResolver zone;
    if (!record.empty()) zone.add_txt("example.com", record);
    zone.add_a("host.example", ip("192.0.2.1"));
    zone.add_aaaa("host.example", ip("2001:db8::1"));
    zone.add_txt("a.example", "v=spf1 a:host.example ip4:192.0.2.0/24 -all");
    zone.add_txt("b.example", "v=spf1 include:a.example ip4:198.51.100.0/24 -all");
    zone.add_txt("bad.example", "v=spf1 ip4:192.0.2.0/33 -all");
    zone.add_txt("loop.example", "v=spf1 include:example.com -all");
    zone.add_txt("self.example", "v=spf1 include:self.example -all");
    zone.add_txt("open.example", "v=spf1 +all");
    zone.add_txt("neutral.example", "v=spf1 ip4:192.0.2.9 ?all");
    zone.add_txt("twice.example", "v=spf1 -all");
    zone.add_txt("twice.example", "v=spf1 ~all");
    zone.add_txt("none.example", "hello");
    zone.set_status("fail.example", spf::dns::Status::servfail);
    for (int i = 0; i < 11; ++i)
        zone.add_mx("many.example", 10, "host" + std::to_string(i) + ".example");
    return zone;
}

}  // namespace

TEST_CASE("a term is blamed for what it leads to", "[lint][tree]") {
    const auto [record, code, underlined] = GENERATE(table<std::string, Code, std::string>({
        {"v=spf1 include:none.example -all", Code::include_without_record, "include:none.example"},
        {"v=spf1 include:absent.example ~all", Code::include_without_record,
         "include:absent.example"},
        {"v=spf1 redirect=none.example", Code::redirect_without_record, "redirect=none.example"},
        {"v=spf1 include:loop.example -all", Code::include_loop, "include:example.com"},
        {"v=spf1 include:example.com -all", Code::include_loop, "include:example.com"},
        {"v=spf1 redirect=example.com", Code::include_loop, "redirect=example.com"},
        {"v=spf1 include:a.example include:b.example -all", Code::included_twice,
         "include:a.example"},
        {"v=spf1 a:absent.example -all", Code::void_lookup, "a:absent.example"},
        {"v=spf1 mx:a.example -all", Code::void_lookup, "mx:a.example"},
        {"v=spf1 mx:many.example -all", Code::too_many_mx_names, "mx:many.example"},
        {"v=spf1 include:fail.example -all", Code::dns_failure, "include:fail.example"},
        {"v=spf1 a:fail.example -all", Code::dns_failure, "a:fail.example"},
        {"v=spf1 include:open.example -all", Code::included_everyone, "+all"},
        {"v=spf1 include:bad.example -all", Code::prefix_length_ip4, "/33"},
        {"v=spf1 include:twice.example -all", Code::several_records, ""},
        {"v=spf1 redirect=neutral.example", Code::neutral_all, "?all"},
    }));
    CAPTURE(record);
    auto zone = zone_of(record);
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    REQUIRE(has(lint, code));
    CHECK(place(find(lint, code)) == underlined);
    CHECK(lint.record == record);
}

TEST_CASE("how an included record ends is not a finding", "[lint][tree][rfc7208-5.2]") {
    auto zone = zone_of("v=spf1 include:neutral.example -all");
    CHECK(spf::lint::lint_domain("example.com", zone).findings.empty());
    auto own = zone_of("v=spf1 include:neutral.example ?all");
    CHECK(has(spf::lint::lint_domain("example.com", own), Code::neutral_all));
}

TEST_CASE("without a usable record, that is what is reported", "[lint][tree]") {
    CHECK(has(spf::lint::lint_domain("localhost", *std::make_unique<spf::ZoneResolver>()),
              Code::malformed_domain));
    auto zone = zone_of("");
    CHECK(has(spf::lint::lint_domain("example.com", zone), Code::no_such_domain));
    CHECK(has(spf::lint::lint_domain("none.example", zone), Code::no_record));
    CHECK(has(spf::lint::lint_domain("twice.example", zone), Code::several_records));
    CHECK(has(spf::lint::lint_domain("fail.example", zone), Code::dns_failure));
    CHECK(has(spf::lint::lint_domain("Bad.Example.", zone), Code::prefix_length_ip4));
    zone.add_txt("quoted.example", "\"v=spf1 -all\"");
    CHECK(has(spf::lint::lint_domain("quoted.example", zone), Code::no_record));
    CHECK(has(spf::lint::lint_domain("quoted.example", zone), Code::version_quoted));
}

TEST_CASE("lookups are counted over the whole tree", "[lint][tree][rfc7208-4.6.4]") {
    const auto [record, count, code] = GENERATE(table<std::string, unsigned, std::optional<Code>>({
        {"v=spf1 a:host.example include:b.example -all", 4, std::nullopt},
        {"v=spf1 include:b.example include:b.example include:b.example -all", 9,
         Code::close_to_limit},
        {"v=spf1 include:b.example include:b.example include:b.example ptr ptr -all", 11,
         Code::too_many_lookups},
        {"v=spf1 exists:%{p}.example -all", 2, std::nullopt},
        {"v=spf1 -all include:b.example", 0, Code::unreachable_term},
        {"v=spf1 redirect=b.example", 3, std::nullopt},
        {"v=spf1 include:self.example -all", 1000, Code::too_many_lookups},
    }));
    CAPTURE(record);
    auto zone = zone_of(record);
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    CHECK(lint.dns_lookups == count);
    CHECK_FALSE(has(lint, Code::lookup_budget));
    if (code) CHECK(has(lint, *code));
}

TEST_CASE("a record in order has no findings, whatever lookups it needs",
          "[lint][tree][rfc7208-4.6.4]") {
    const std::string record = GENERATE("v=spf1 a:host.example include:b.example -all",
                                        "v=spf1 redirect=b.example", "v=spf1 -all");
    CAPTURE(record);
    auto zone = zone_of(record);
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    for (const spf::lint::Finding& each : lint.findings) UNSCOPED_INFO(each.message());
    CHECK(lint.findings.empty());
}

TEST_CASE("the macro p costs a lookup if no ptr comes before it", "[lint][tree][rfc7208-4.6.4]") {
    const auto [record, count] = GENERATE(table<std::string, unsigned>({
        {"v=spf1 exists:%{p}.example ptr -all", 3},
        {"v=spf1 ptr exists:%{p}.example -all", 2},
        {"v=spf1 ptr:%{p}.example -all", 2},
        {"v=spf1 exists:%{p}.a.example exists:%{p}.b.example ptr -all", 4},
        {"v=spf1 include:names.example exists:%{p}.example -all", 3},
        {"v=spf1 exists:%{p}.example include:names.example -all", 4},
        {"v=spf1 include:%{p}.example include:names.example -all", 4},
        {"v=spf1 ptr redirect=%{p}.example", 2},
        {"v=spf1 redirect=%{p}.example", 2},
        {"v=spf1 ~all exists:%{p}.example", 0},
    }));
    CAPTURE(record);
    auto zone = zone_of(record);
    zone.add_txt("names.example", "v=spf1 ptr -all");
    // The value of %{p} if there is no validated name.
    zone.add_txt("unknown.example", "v=spf1 -all");
    CHECK(spf::lint::lint_domain("example.com", zone).dns_lookups == count);
    const spf::Outcome outcome =
        spf::check_host({.ip = ip("198.51.100.1"), .mail_from = "ann@example.com"}, zone);
    CHECK(outcome.dns_lookups == count);
}

TEST_CASE("the cost of each term is reported", "[lint][tree]") {
    auto zone = zone_of("v=spf1 a:host.example include:b.example -all");
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    REQUIRE(lint.costs.size() == 2);
    CHECK(lint.costs[0].dns_lookups == 1);
    CHECK(lint.costs[1].term == "include:b.example");
    CHECK(lint.costs[1].dns_lookups == 3);
    CHECK(lint.costs[1].void_lookups == 0);
}

TEST_CASE("the void lookups of each term are reported, with those below an include",
          "[lint][tree][rfc7208-4.6.4]") {
    auto zone = zone_of("v=spf1 a:host.example a:absent.example include:below.example -all");
    zone.add_txt("below.example", "v=spf1 a:gone.example exists:gone.example -all");
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    REQUIRE(lint.costs.size() == 3);
    CHECK(lint.costs[0].void_lookups == 0);
    CHECK(lint.costs[1].void_lookups == 1);
    CHECK(lint.costs[2].void_lookups == 2);
}

TEST_CASE("lookups that cannot be followed make the count \"at least\"",
          "[lint][tree][rfc7208-4.6.4]") {
    const auto [record, count, at_least] = GENERATE(table<std::string, unsigned, bool>({
        {"v=spf1 include:%{i}._spf.example.com a:host.example -all", 2, true},
        {"v=spf1 redirect=%{l}.example.com", 1, true},
        {"v=spf1 include:below.example -all", 2, true},
        {"v=spf1 include:fail.example -all", 1, true},
        {"v=spf1 include:%{d}.a.example include:b.example -all", 4, false},
        {"v=spf1 include:%{o}.%{d} -all", 1, false},
        {"v=spf1 exists:%{i}.example.com -all", 1, false},
        {"v=spf1 a:host.example -all include:%{i}.example.com", 1, false},
        {"v=spf1 a:fail.example -all", 1, false},
    }));
    CAPTURE(record);
    auto zone = zone_of(record);
    zone.add_txt("below.example", "v=spf1 include:%{h}.example.com -all");
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    CHECK(lint.dns_lookups == count);
    CHECK(lint.at_least == at_least);
    const bool said =
        std::any_of(lint.findings.begin(), lint.findings.end(), [](const spf::lint::Finding& each) {
            return each.message().find("at least") != std::string::npos;
        });
    CHECK(said == at_least);
    CHECK(has(lint, Code::lookup_budget) == at_least);
}

TEST_CASE("loops count as endless, however the macros of their names are written",
          "[lint][tree][rfc7208-4.6.4]") {
    const auto [record, wildcard] = GENERATE(table<std::string, std::string>({
        {"v=spf1 include:%{d} -all", ""},
        {"v=spf1 include:%{o} -all", ""},
        {"v=spf1 redirect=%{d2}", ""},
        {"v=spf1 include:%{o}.x.example -all", "v=spf1 include:%{o}.x.example -all"},
        {"v=spf1 include:%{d}.x.example -all", "v=spf1 include:%{d}.x.example -all"},
        {"v=spf1 redirect=%{d}.x.example", "v=spf1 redirect=%{d}.x.example"},
    }));
    CAPTURE(record);
    auto zone = zone_of(record);
    if (!wildcard.empty()) {
        std::string name = "x.example";
        for (int i = 0; i < 40 && name.size() < 254; ++i) {
            name.insert(0, "example.com.");
            zone.add_txt(name, wildcard);
            name = "example.com." + std::string("x.example");
            for (int k = 0; k < i; ++k) name += ".x.example";
            if (name.size() < 254) zone.add_txt(name, wildcard);
        }
    }
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    CHECK(lint.dns_lookups >= 11);
    CHECK(has(lint, Code::too_many_lookups));
}

TEST_CASE("an include of a host is reported with the term that lists it", "[lint][tree]") {
    auto zone = zone_of("v=spf1 include:host.example include:none.example -all");
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    const spf::lint::Finding* finding = find(lint, Code::include_without_record);
    REQUIRE(finding != nullptr);
    CHECK(place(finding) == "include:host.example");
    CHECK_THAT(finding->remedy(), Catch::Contains("a:host.example"));
    const spf::lint::Finding& other = lint.findings[1];
    CHECK(place(&other) == "include:none.example");
    CHECK_THAT(other.remedy(), !Catch::Contains("a:"));
}

TEST_CASE("an exists: of one name that exists lets every address pass", "[lint][tree][open]") {
    auto zone = zone_of("v=spf1 exists:host.example -all");
    CHECK(has(spf::lint::lint_domain("example.com", zone), Code::everyone_passes));
    for (const char* record : {"v=spf1 exists:absent.example -all", "v=spf1 -exists:host.example a",
                               "v=spf1 exists:%{i}.host.example -all"}) {
        CAPTURE(record);
        auto other = zone_of(record);
        CHECK_FALSE(has(spf::lint::lint_domain("example.com", other), Code::everyone_passes));
    }
}

TEST_CASE("two records are merged if only one thing can be meant", "[lint][tree][rfc7208-4.5]") {
    const auto [first, second, result] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 include:a.example ~all", "v=spf1 include:b.example -all",
         "v=spf1 include:a.example include:b.example ~all"},
        {"v=spf1 mx -all", "v=spf1 +MX ip4:192.0.2.1 -all", "v=spf1 mx ip4:192.0.2.1 -all"},
        {"v=spf1 mx -all", "v=spf1 a", "v=spf1 mx a -all"},
        {"v=spf1 mx", "v=spf1 a", ""},
        {"v=spf1 mx ?all", "v=spf1 a -all", ""},
        {"v=spf1 mx all", "v=spf1 a -all", ""},
        {"v=spf1 mx -all", "v=spf1 -ip4:192.0.2.1 a -all", ""},
        {"v=spf1 mx -all", "v=spf1 redirect=a.example", ""},
        {"v=spf1 mx -all", "v=spf1 foo -all", ""},
    }));
    CAPTURE(first, second);
    spf::ZoneResolver zone;
    zone.add_txt("example.com", first);
    zone.add_txt("example.com", "something else");
    zone.add_txt("example.com", second);
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    const spf::lint::Finding* finding = find(lint, Code::several_records);
    REQUIRE(finding != nullptr);
    CHECK(finding->correction.value_or("") == result);
}

TEST_CASE("of a record of others at most three mistakes are reported", "[lint][tree][hostile]") {
    spf::ZoneResolver zone;
    std::string broken = "v=spf1";
    for (int i = 0; i < 1000; ++i) broken += " foo";
    zone.add_txt("example.com", "v=spf1 include:a.example -all");
    zone.add_txt("a.example", broken);
    CHECK(spf::lint::lint_domain("example.com", zone).findings.size() < 6);
    CHECK(spf::lint::lint_domain("a.example", zone).findings.size() > 100);
}

TEST_CASE("a tree of large records that lead back to each other is reported in few findings",
          "[lint][tree][hostile]") {
    const std::string term =
        GENERATE(as<std::string>{}, " include:n0.example", " include:x..example");
    CAPTURE(term);
    spf::ZoneResolver zone;
    std::string large = "v=spf1";
    for (int i = 0; i < 200; ++i) large += term;
    std::string root = "v=spf1";
    for (int i = 0; i < 50; ++i) {
        const std::string name = 'n' + std::to_string(i) + ".example";
        root += " include:" + name;
        zone.add_txt(name, large + " ip4:192.0.2." + std::to_string(i));
    }
    zone.add_txt("example.com", root + " -all");
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    CHECK(lint.findings.size() < 300);
    CHECK(lint.dns_lookups >= 11);
    CHECK(std::any_of(lint.findings.begin(), lint.findings.end(),
                      [](const spf::lint::Finding& each) { return each.is_permerror(); }));
}

TEST_CASE("too many names without records are reported, also for one family alone",
          "[lint][tree]") {
    auto zone = zone_of("v=spf1 a:4.example a:5.example a:6.example -all");
    for (const char* name : {"4.example", "5.example", "6.example"})
        zone.add_a(name, ip("192.0.2.1"));
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    REQUIRE(has(lint, Code::too_many_void_lookups));
    CHECK(find(lint, Code::too_many_void_lookups)->message().find("IPv6 clients") !=
          std::string::npos);
    CHECK_FALSE(has(lint, Code::void_lookup));
}

TEST_CASE("unusual TTLs are reported for the domain's own record", "[lint][tree]") {
    using namespace std::chrono_literals;
    spf::ZoneResolver zone;
    zone.add_txt("low.example", "v=spf1 -all", 60s);
    zone.add_txt("high.example", "v=spf1 include:low.example -all", 604800s);
    zone.add_txt("fine.example", "v=spf1 include:low.example -all", 3600s);
    CHECK(has(spf::lint::lint_domain("low.example", zone), Code::low_ttl));
    CHECK(has(spf::lint::lint_domain("high.example", zone), Code::high_ttl));
    CHECK_FALSE(has(spf::lint::lint_domain("fine.example", zone), Code::low_ttl));
}

TEST_CASE("a leftover record of type SPF is reported, with or without one of type TXT",
          "[lint][tree][rfc7208-3.1]") {
    spf::ZoneResolver zone;
    zone.add_txt("both.example", "v=spf1 -all");
    zone.add_spf("both.example", "v=spf1 -all");
    zone.add_spf("old.example", "v=spf1 mx -all");
    zone.add_txt("new.example", "v=spf1 -all");
    zone.add_txt("broken.example", "v=spf1 -all");
    zone.set_status("broken.example", spf::dns::RecordType::spf, spf::dns::Status::servfail);
    CHECK(has(spf::lint::lint_domain("both.example", zone), Code::obsolete_type));
    const spf::lint::DomainLint old = spf::lint::lint_domain("old.example", zone);
    CHECK(has(old, Code::no_record));
    CHECK(has(old, Code::obsolete_type));
    CHECK(spf::lint::lint_domain("new.example", zone).findings.empty());
    CHECK(spf::lint::lint_domain("broken.example", zone).findings.empty());
}

TEST_CASE("check_host() asks for no record of type SPF", "[check][rfc7208-3.1]") {
    spf::ZoneResolver zone;
    zone.add_spf("old.example", "v=spf1 +all");
    CHECK(spf::check_host({.mail_from = "a@old.example"}, zone).result == spf::Result::none);
}

TEST_CASE("the same record under two names is reported", "[lint][tree][providers]") {
    spf::ZoneResolver zone;
    zone.add_txt("zohomail.com", "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 -all");
    zone.add_txt("one.zoho.com", "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 -all");
    zone.add_txt("example.com", "v=spf1 include:zohomail.com include:one.zoho.com -all");
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    CHECK(place(find(lint, Code::included_twice)) == "include:one.zoho.com");
}

TEST_CASE("a hostile tree ends at the bounds", "[lint][tree][hostile]") {
    spf::ZoneResolver zone;
    for (int i = 0; i < 400; ++i) {
        std::string record = "v=spf1";
        for (int k = 1; k <= 8; ++k)
            record += " include:n" + std::to_string((i * 7 + k * 13) % 400) + ".example a:h" +
                      std::to_string(i) + "x" + std::to_string(k) + ".example";
        zone.add_txt("n" + std::to_string(i) + ".example", record + " -all");
    }
    spf::lint::LintOptions options;
    const spf::lint::DomainLint lint = spf::lint::lint_domain("n0.example", zone, options);
    CHECK(has(lint, Code::too_large));
    CHECK(has(lint, Code::too_many_lookups));
}

TEST_CASE("whatever check_host() calls a permerror, lint_domain() finds or says that it cannot see",
          "[lint][tree][random]") {
    constexpr unsigned seed = 1464;
    std::mt19937 random(seed);  // NOLINT: the same zones each time
    const std::vector<std::string> terms{"a:h1.example",
                                         "a:h2.example",
                                         "a:absent.example",
                                         "mx:m.example",
                                         "mx:many.example",
                                         "ip4:192.0.2.1",
                                         "ip6:2001:db8::1",
                                         "exists:h1.example",
                                         "include:r0.example",
                                         "include:r1.example",
                                         "include:r2.example",
                                         "include:r3.example",
                                         "include:r4.example",
                                         "a",
                                         "mx",
                                         "?all",
                                         "-all",
                                         "redirect=r1.example",
                                         "redirect=r2.example",
                                         "include:%{d}",
                                         "include:%{o}",
                                         "include:r%{i4}.example",
                                         "include:%{l}0.example",
                                         "foo",
                                         "ip4:1.2.3.4/33",
                                         "-ip4:192.0.2.0/24",
                                         "include:none.example"};
    int permerrors = 0;
    for (int round = 0; round < 2000; ++round) {
        spf::ZoneResolver zone;
        zone.add_a("h1.example", ip("192.0.2.1"));
        zone.add_a("h2.example", ip("192.0.2.2"));
        zone.add_aaaa("h2.example", ip("2001:db8::2"));
        zone.add_mx("m.example", 10, "h1.example");
        for (int i = 0; i < 12; ++i)
            zone.add_mx("many.example", 10, "h" + std::to_string(i) + ".example");
        std::string shown;
        for (int i = 0; i < 5; ++i) {
            std::string record = "v=spf1";
            for (std::size_t k = random() % 5; k > 0; --k)
                record += ' ' + terms.at(random() % (terms.size() - (random() % 4 == 0 ? 0 : 4)));
            zone.add_txt("r" + std::to_string(i) + ".example", record);
            shown += record + '\n';
        }
        const spf::lint::DomainLint lint = spf::lint::lint_domain("r0.example", zone);
        const bool found =
            std::any_of(lint.findings.begin(), lint.findings.end(),
                        [](const spf::lint::Finding& each) { return each.is_permerror(); });
        for (const char* client : {"192.0.2.1", "203.0.113.9", "2001:db8::9"}) {
            const spf::Outcome outcome = spf::check_host(
                {.ip = ip(client), .mail_from = "r@r0.example", .helo = "h1.example"}, zone);
            if (outcome.result != spf::Result::permerror) {
                CHECK((outcome.dns_lookups <= lint.dns_lookups || lint.at_least));
                continue;
            }
            ++permerrors;
            if (!found && !lint.at_least)
                FAIL_CHECK(outcome.problem->message() << "\n" << shown << "seed " << seed);
        }
    }
    CHECK(permerrors > 500);
}
