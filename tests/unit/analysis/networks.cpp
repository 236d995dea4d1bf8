// What a record authorises, network by network.

#include "spf/analysis/networks.hpp"

#include "spf/resolver/overlay.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::Family;
using spf::Result;
using spf::test::dump;
using spf::test::ip;

struct Example {
    spf::ZoneResolver zone;

    explicit Example(std::string record) {
        zone.add_txt("example.com", std::move(record));
        zone.add_txt("mailer.example",
                     "v=spf1 ip4:203.0.113.0/26 ip4:192.0.2.64/26 ip6:2001:db8::/32 -all");
        zone.add_txt("moved.example", "v=spf1 ip4:198.51.100.0/25 ~all");
        zone.add_a("a.example", ip("192.0.2.130"));
        zone.add_a("a.example", ip("192.0.2.131"));
        zone.add_txt("senders.example", "v=spf1 exists:%{l}.example -all");
    }
    spf::analysis::NetworkMap map(const spf::SweepOptions& options = {}) {
        return spf::analysis::map_networks("example.com", zone, options);
    }
};

/// Counts the questions that it passes on.
class Counter final : public spf::dns::Resolver {
public:
    explicit Counter(spf::dns::Resolver& upstream) : upstream_(upstream) {}
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        ++count;
        return upstream_.resolve(question);
    }
    unsigned count = 0;

private:
    spf::dns::Resolver& upstream_;
};

/// Whether both families are in order, without gap or overlap.
bool is_partition(const spf::analysis::NetworkMap& map) {
    std::vector<spf::AddressRange> ranges;
    for (std::size_t i = 0; i < map.ranges.size(); ++i) {
        const spf::AddressRange& range = map.ranges[i].range;
        ranges.push_back(range);
        if (i == 0) continue;
        const spf::AddressRange& before = map.ranges[i - 1].range;
        if (before.family == range.family && before.last.next() != range.first) return false;
    }
    return dump(spf::NetworkSet(ranges)) == "0.0.0.0/0 ::/0";
}

}  // namespace

TEST_CASE("the networks of each result are those that check_host() answers so", "[networks]") {
    const auto [record, pass, softfail] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 -all", "", ""},
        {"v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "192.0.2.0/24", ""},
        {"v=spf1 ip4:192.0.2.0/28 include:mailer.example -all",
         "192.0.2.0/28 192.0.2.64/26 203.0.113.0/26 2001:db8::/32", ""},
        {"v=spf1 -ip4:192.0.2.96/27 include:mailer.example ~ip4:10.0.0.0/8 -all",
         "192.0.2.64/27 203.0.113.0/26 2001:db8::/32", "10.0.0.0/8"},
        {"v=spf1 a:a.example redirect=moved.example", "192.0.2.130/31 198.51.100.0/25",
         "0.0.0.0/1 128.0.0.0/2 192.0.0.0/23 192.0.2.0/25 192.0.2.128/31 192.0.2.132/30 "
         "192.0.2.136/29 "
         "192.0.2.144/28 192.0.2.160/27 192.0.2.192/26 192.0.3.0/24 192.0.4.0/22 192.0.8.0/21 "
         "192.0.16.0/20 "
         "192.0.32.0/19 192.0.64.0/18 192.0.128.0/17 192.1.0.0/16 192.2.0.0/15 192.4.0.0/14 "
         "192.8.0.0/13 "
         "192.16.0.0/12 192.32.0.0/11 192.64.0.0/10 192.128.0.0/9 193.0.0.0/8 194.0.0.0/7 "
         "196.0.0.0/7 "
         "198.0.0.0/11 198.32.0.0/12 198.48.0.0/15 198.50.0.0/16 198.51.0.0/18 198.51.64.0/19 "
         "198.51.96.0/22 "
         "198.51.100.128/25 198.51.101.0/24 198.51.102.0/23 198.51.104.0/21 198.51.112.0/20 "
         "198.51.128.0/17 "
         "198.52.0.0/14 198.56.0.0/13 198.64.0.0/10 198.128.0.0/9 199.0.0.0/8 200.0.0.0/5 "
         "208.0.0.0/4 "
         "224.0.0.0/3 ::/0"},
        {"v=spf1 ~ip6:2000::/3 ip4:0.0.0.0/0 -all", "0.0.0.0/0", "2000::/3"},
    }));
    CAPTURE(record);
    Example example(record);
    const spf::analysis::NetworkMap map = example.map();
    CHECK(map.is_complete());
    CHECK(is_partition(map));
    CHECK(dump(map.with(Result::pass)) == pass);
    CHECK(dump(map.with(Result::softfail)) == softfail);
    CHECK(map.unknown().empty());
    CHECK(map.not_enumerable.empty());
}

TEST_CASE("a domain without usable record has one result for all addresses", "[networks]") {
    CHECK(dump(Example("v=spf1 nonsense").map().with(Result::permerror)) == "0.0.0.0/0 ::/0");
    CHECK(dump(Example("no record").map().with(Result::none)) == "0.0.0.0/0 ::/0");
    Example example("v=spf1 -all");
    example.zone.set_status("example.com", spf::dns::Status::servfail);
    CHECK(dump(example.map().with(Result::temperror)) == "0.0.0.0/0 ::/0");
    CHECK(dump(spf::analysis::map_networks("", example.zone).with(Result::none)) ==
          "0.0.0.0/0 ::/0");
}

TEST_CASE("a map names its domain in lower case without trailing dot", "[networks]") {
    Example example("v=spf1 ip4:192.0.2.1 -all");
    const auto map = spf::analysis::map_networks("EXAMPLE.com.", example.zone);
    CHECK(map.domain == "example.com");
    REQUIRE(map.find(ip("192.0.2.1")) != nullptr);
    CHECK(map.find(ip("192.0.2.1"))->source_domain == map.domain);
    CHECK(spf::analysis::map_networks("a..Example", example.zone).domain == "a..Example");
}

TEST_CASE("the mapped addresses within IPv6 go with what is before them", "[networks]") {
    const spf::analysis::NetworkMap map = Example("v=spf1 ip6:::/96 -ip6:::fffe:0:0/96 ?all").map();
    CHECK(is_partition(map));
    CHECK(dump(map.with(Result::pass)) == "::/96");
    CHECK(dump(map.with(Result::fail)) == "::fffe:0:0/95");
}

TEST_CASE("it is known which term decides, and where", "[networks]") {
    Example example("v=spf1 ip4:192.0.2.0/28 include:mailer.example redirect=moved.example");
    const spf::analysis::NetworkMap map = example.map();
    const spf::analysis::Decision* decision = map.find(ip("203.0.113.1"));
    REQUIRE(decision != nullptr);
    CHECK(decision->mechanism == "include:mailer.example");
    CHECK(decision->mechanism_domain == "example.com");
    CHECK(decision->source == "ip4:203.0.113.0/26");
    CHECK(decision->source_domain == "mailer.example");
    CHECK(decision->dns_lookups == 1);
    decision = map.find(ip("8.8.8.8"));
    REQUIRE(decision != nullptr);
    CHECK(decision->source == "~all");
    CHECK(decision->source_domain == "moved.example");
    CHECK(decision->dns_lookups == 2);
    CHECK(map.find(ip("192.0.2.1"))->source == "ip4:192.0.2.0/28");
    CHECK(map.dns_lookups == 2);
    CHECK(map.ttl == spf::ZoneResolver::default_ttl);
}

TEST_CASE("a term that did not matter is not what decides", "[networks]") {
    // 203.0.113.1 passes by the second include; the -all of the first include matched, but decides
    // nothing.
    Example example("v=spf1 include:moved.example include:mailer.example ?all");
    const spf::analysis::NetworkMap map = example.map();
    CHECK(map.find(ip("203.0.113.1"))->source == "ip4:203.0.113.0/26");
    CHECK(map.find(ip("8.8.8.8"))->source == "?all");
}

TEST_CASE("what depends on a term that is not enumerable is unknown", "[networks]") {
    const auto [record, term, unknown] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 ip4:0.0.0.0/1 ip6:::/0 exists:%{ir}.x.example -all", "exists:%{ir}.x.example",
         "128.0.0.0/1"},
        {"v=spf1 ip4:0.0.0.0/1 ip6:::/0 ptr -all", "ptr", "128.0.0.0/1"},
        {"v=spf1 a:a.example ip4:0.0.0.0/1 ip6:::/0 ?a:%{p} -all", "?a:%{p}",
         "128.0.0.0/2 192.0.0.0/23 192.0.2.0/25"},
        {"v=spf1 ip4:0.0.0.0/1 ip6:::/0 include:senders.example -all", "exists:%{l}.example",
         "128.0.0.0/1"},
        {"v=spf1 ip4:0.0.0.0/1 ip6:::/0 redirect=%{h}", "redirect=%{h}", "128.0.0.0/1"},
    }));
    CAPTURE(record);
    Example example(record);
    const spf::analysis::NetworkMap map = example.map();
    CHECK(is_partition(map));
    REQUIRE(map.not_enumerable.size() == 1);
    CHECK(map.not_enumerable[0].term == term);
    CHECK_THAT(dump(map.unknown()), Catch::StartsWith(unknown));
    CHECK(map.unknown().count(Family::ipv6).to_string() == "0");
}

TEST_CASE("terms that are the same for all senders of a domain are enumerable", "[networks]") {
    Example example("v=spf1 include:%{o2} -all");
    CHECK(dump(example.map().unknown()).empty());
    CHECK(spf::is_enumerable("include:%{d}.%{o}.example"));
    CHECK(spf::is_enumerable("exists:a.%{v}.example"));
    CHECK_FALSE(spf::is_enumerable("-exists:%{s}.example"));
    CHECK_FALSE(spf::is_enumerable("ptr:example.com"));
}

TEST_CASE("each question is asked once", "[networks]") {
    Example example("v=spf1 a:a.example include:mailer.example include:moved.example -all");
    Counter counter(example.zone);
    static_cast<void>(spf::analysis::map_networks("example.com", counter));
    CHECK(counter.count == 5);  // three TXT, A and AAAA
}

TEST_CASE("a budget that is spent leaves the rest open", "[networks]") {
    Example example("v=spf1 ip4:192.0.2.0/28 -all");
    spf::SweepOptions options;
    options.max_evaluations = 2;
    const spf::analysis::NetworkMap map = example.map(options);
    CHECK_FALSE(map.is_complete());
    CHECK(map.find(ip("192.0.2.1")) != nullptr);
    CHECK(map.find(ip("192.0.2.16")) == nullptr);
    CHECK(map.find(ip("2001:db8::1")) == nullptr);
    options.max_evaluations = 65536;
    options.max_work = 1;
    CHECK_FALSE(example.map(options).is_complete());
}

TEST_CASE("several maps can share one budget", "[networks]") {
    Example example("v=spf1 ip4:192.0.2.0/28 -all");
    spf::WorkBudget budget(1'000'000);
    spf::SweepOptions options;
    options.budget = &budget;
    CHECK(example.map(options).is_complete());
    const std::size_t cost = 1'000'000 - budget.left();
    CHECK(cost > 0);
    CHECK(example.map(options).is_complete());
    CHECK(budget.left() == 1'000'000 - 2 * cost);
    budget = spf::WorkBudget(cost + cost / 2);
    CHECK(example.map(options).is_complete());
    CHECK(example.map(options).is_too_large);
    CHECK(budget.is_spent());
}

TEST_CASE("a failure of DNS leaves a map incomplete and is named", "[networks][4.4][2.6.6]") {
    using Code = spf::Problem::Code;
    using spf::dns::RecordType;
    using spf::dns::Status;
    SECTION("of the domain's own record") {
        Example example("v=spf1 -all");
        example.zone.set_status("example.com", Status::servfail);
        const spf::analysis::NetworkMap map = example.map();
        CHECK_FALSE(map.is_complete());
        CHECK_FALSE(map.is_too_large);
        REQUIRE(map.failure() != nullptr);
        CHECK(map.failure()->code == Code::dns_failure);
        CHECK(map.failure()->domain == "example.com");
        CHECK(map.failure()->type == RecordType::txt);
        CHECK(map.failure()->status == Status::servfail);
        CHECK(map.mistake() == nullptr);
    }
    SECTION("of one family's addresses, while the other is decided") {
        Example example("v=spf1 ip4:192.0.2.0/24 a:a.example -all");
        example.zone.set_status("a.example", RecordType::aaaa, Status::timeout);
        const spf::analysis::NetworkMap map = example.map();
        CHECK_FALSE(map.is_complete());
        REQUIRE(map.failure() != nullptr);
        CHECK(map.failure()->domain == "a.example");
        CHECK(map.failure()->type == RecordType::aaaa);
        CHECK(map.failure()->status == Status::timeout);
        CHECK(map.failure()->text == "a:a.example");
        CHECK(map.find(ip("192.0.2.130"))->result == Result::pass);
        CHECK(map.find(ip("2001:db8::1"))->result == Result::temperror);
        CHECK(&map.problems[*map.find(ip("2001:db8::1"))->cause] == map.failure());
    }
    SECTION("of an include behind networks that are decided") {
        Example example("v=spf1 ip4:192.0.2.0/24 include:mailer.example -all");
        example.zone.set_status("mailer.example", Status::unreachable);
        const spf::analysis::NetworkMap map = example.map();
        CHECK_FALSE(map.is_complete());
        CHECK(map.failure()->status == Status::unreachable);
        CHECK(map.find(ip("192.0.2.1"))->result == Result::pass);
    }
}

TEST_CASE("a mistake in a record is named, and leaves nothing missing", "[networks][2.6.7]") {
    using Code = spf::Problem::Code;
    const auto [record, code, domain] = GENERATE(table<std::string, Code, std::string>({
        {"v=spf1 ip4:192.0.2.0/33 -all", Code::syntax_error, "example.com"},
        {"v=spf1 ip4:192.0.2.0/24 include:nothing.example -all", Code::include_without_record,
         "nothing.example"},
        {"v=spf1 include:example.com -all", Code::too_many_dns_lookups, "example.com"},
        {"no record", Code::no_record, "example.com"},
    }));
    CAPTURE(record);
    const spf::analysis::NetworkMap map = Example(record).map();
    CHECK(map.is_complete());
    CHECK(map.failure() == nullptr);
    REQUIRE(map.mistake() != nullptr);
    CHECK(map.mistake()->code == code);
    CHECK(map.mistake()->domain == domain);
    CHECK(map.problems.size() == 1);
}

TEST_CASE("nothing is wrong with a map of a record without mistakes", "[networks]") {
    const spf::analysis::NetworkMap map =
        Example("v=spf1 a:a.example include:mailer.example -all").map();
    CHECK(map.is_complete());
    CHECK(map.problems.empty());
    CHECK(map.mistake() == nullptr);
}

TEST_CASE("the largest sources come first", "[networks]") {
    Example example("v=spf1 ip4:192.0.2.0/28 include:mailer.example ip4:10.0.0.0/8 -all");
    const auto sources = example.map().sources();
    REQUIRE(sources.size() == 4);
    CHECK(sources[0].term == "ip4:10.0.0.0/8");
    CHECK(sources[0].domain == "example.com");
    CHECK(sources[0].ip4.exact() == 16'777'216U);
    CHECK(sources[3].ip4.exact() == 16U);
}

TEST_CASE("a record can be tried before it is published", "[networks]") {
    Example example("v=spf1 -all");
    spf::RecordOverlay overlay("Example.com.", "v=spf1 include:mailer.example -all", example.zone);
    CHECK(spf::analysis::map_networks("example.com", overlay).find(ip("203.0.113.1"))->result ==
          Result::pass);
}

TEST_CASE("membership in a network is the result of check_host()", "[networks]") {
    const unsigned first_seed = 1;
    std::size_t unknown = 0;
    std::size_t total = 0;
    for (unsigned seed = first_seed; seed < first_seed + 1000; ++seed) {
        spf::test::RandomTree tree(seed, {.errors = seed % 4 != 0, .dependent = seed % 3 == 0});
        const spf::analysis::NetworkMap map = spf::analysis::map_networks("d0.example", tree.zone);
        CAPTURE(seed);
        REQUIRE_FALSE(map.is_too_large);
        REQUIRE(is_partition(map));
        for (int i = 0; i < 100; ++i) {
            const spf::IpAddress client = tree.address();
            const spf::Outcome outcome = spf::test::check("d0.example", client, tree.zone);
            const spf::analysis::Decision* decision = map.find(client);
            ++total;
            if (decision != nullptr && decision->depends_on) {
                ++unknown;
                continue;
            }
            if (decision != nullptr && decision->result == outcome.result &&
                decision->mechanism == outcome.mechanism &&
                decision->mechanism_domain == outcome.mechanism_domain &&
                decision->dns_lookups == outcome.dns_lookups &&
                decision->void_lookups == outcome.void_lookups) {
                continue;
            }
            CAPTURE(client.to_string());
            REQUIRE(decision != nullptr);
            REQUIRE(decision->result == outcome.result);
            REQUIRE(decision->mechanism == outcome.mechanism);
            REQUIRE(decision->dns_lookups == outcome.dns_lookups);
            REQUIRE(decision->void_lookups == outcome.void_lookups);
            FAIL("another domain's record");
        }
    }
    CHECK(total == 100'000);
    CHECK(unknown > 1000);
    CHECK(unknown < total / 4);
}
