#include "spf/resolver/zone.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "spf/record/select.hpp"
#include "support/catch.hpp"

using namespace std::chrono_literals;
using spf::IpAddress;
using spf::ZoneResolver;
using spf::dns::RecordType;
using spf::dns::Status;

namespace {

const IpAddress address = IpAddress::v4({192, 0, 2, 1});

Status status_of(ZoneResolver& zone, std::string_view name, RecordType type = RecordType::a) {
    return zone.resolve({name, type})->status;
}

}  // namespace

TEST_CASE("records of each type are answered as they were added", "[zone]") {
    ZoneResolver zone;
    zone.add_a("example.com", address, 5s);
    zone.add_a("example.com", IpAddress::v4({192, 0, 2, 2}), 7s);
    zone.add_aaaa("example.com", IpAddress::v6(0x2001'0db8'0000'0000U, 1));
    zone.add_mx("example.com", 10, "mail.example.com.");
    zone.add_mx("example.com", 0, ".");
    zone.add_ptr("1.2.0.192.in-addr.arpa", "Mail.Example.com");
    zone.add_txt("example.com", "one");
    zone.add_txt("example.com", std::vector<std::string>{"v=spf1 ", "-all"});

    const auto a = zone.resolve({"example.com", RecordType::a});
    CHECK(a->status == Status::ok);
    CHECK(a->ttl == 5s);
    CHECK(a->addresses == std::vector<IpAddress>{address, IpAddress::v4({192, 0, 2, 2})});
    const auto aaaa = zone.resolve({"example.com", RecordType::aaaa});
    CHECK(aaaa->ttl == ZoneResolver::default_ttl);
    CHECK(aaaa->addresses.size() == 1);
    CHECK(zone.resolve({"example.com", RecordType::mx})->exchanges ==
          std::vector<spf::dns::MailExchange>{{10, "mail.example.com"}, {0, ""}});
    CHECK(zone.resolve({"1.2.0.192.in-addr.arpa", RecordType::ptr})->names ==
          std::vector<std::string>{"mail.example.com"});
    CHECK(zone.resolve({"example.com", RecordType::txt})->texts ==
          std::vector<std::string>{"one", "v=spf1 -all"});
}

TEST_CASE("an IPv4-mapped AAAA record stays with AAAA", "[zone][rfc7208-5]") {
    ZoneResolver zone;
    zone.add_aaaa("example.com", address);
    CHECK(status_of(zone, "example.com", RecordType::a) == Status::no_data);
    CHECK(status_of(zone, "example.com", RecordType::aaaa) == Status::ok);
}

TEST_CASE("no such name and no such record are distinguished", "[zone][rfc2308-2]") {
    ZoneResolver zone;
    CHECK(status_of(zone, "example.com") == Status::nxdomain);
    zone.add_txt("a.b.example.com", "text");
    zone.add_name("c.example.com");
    CHECK(status_of(zone, "a.b.example.com") == Status::no_data);
    CHECK(status_of(zone, "b.example.com") == Status::no_data);  // an empty non-terminal
    CHECK(status_of(zone, "c.example.com") == Status::no_data);
    CHECK(status_of(zone, "d.example.com") == Status::nxdomain);
    CHECK(status_of(zone, "x.a.b.example.com") == Status::nxdomain);
    CHECK(status_of(zone, "example.org") == Status::nxdomain);
    CHECK(status_of(zone, "ample.com") == Status::nxdomain);
}

TEST_CASE("names match in any case and with a trailing dot", "[zone]") {
    ZoneResolver zone;
    zone.add_a("Example.COM.", address);
    for (const char* name : {"example.com", "EXAMPLE.com", "example.com."}) {
        CHECK(status_of(zone, name) == Status::ok);
    }
}

TEST_CASE("a name may hold any octet but the dot", "[zone]") {
    ZoneResolver zone;
    const std::string name("a \\;\"\0\xff.example.com", 18);
    zone.add_a(name, address);
    CHECK(status_of(zone, name) == Status::ok);
}

TEST_CASE("names that no question can have are ignored", "[zone]") {
    ZoneResolver zone;
    for (const std::string& name : {std::string{"a..b"}, std::string{".b"}, std::string(64, 'a'),
                                    std::string(254, '.'), std::string("b..")}) {
        CAPTURE(name);
        zone.add_a(name, address);
        zone.set_status(name, Status::timeout);
        CHECK(status_of(zone, name) == Status::nxdomain);
    }
    CHECK(status_of(zone, "b") == Status::nxdomain);
}

TEST_CASE("a record is there once, however often it is added", "[zone][rfc2181-5]") {
    ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 -all");
    zone.add_txt("example.com", "v=spf1 -all");
    zone.add_txt("example.com", "V=spf1 -all");
    CHECK(zone.resolve({"example.com", RecordType::txt})->texts.size() == 2);
}

TEST_CASE("wildcards represent names that do not exist", "[zone][rfc4592]") {
    // The example of RFC 4592 section 2.2.1.
    ZoneResolver zone;
    zone.add_txt("*.example", "wild");
    zone.add_mx("*.example", 10, "host1.example");
    zone.add_txt("sub.*.example", "not a wildcard");
    zone.add_a("host1.example", address);
    zone.add_name("_ssh._tcp.host1.example");
    const auto of = [&zone](std::string_view name, RecordType type) {
        return status_of(zone, name, type);
    };
    CHECK(of("host3.example", RecordType::mx) == Status::ok);
    CHECK(of("host3.example", RecordType::a) == Status::no_data);
    CHECK(of("foo.bar.example", RecordType::txt) == Status::ok);
    CHECK(of("host1.example", RecordType::mx) == Status::no_data);
    CHECK(of("sub.*.example", RecordType::mx) == Status::no_data);
    CHECK(of("_telnet._tcp.host1.example", RecordType::txt) == Status::nxdomain);
    CHECK(of("ghost.*.example", RecordType::mx) == Status::nxdomain);
    CHECK(of("*.example", RecordType::txt) == Status::ok);
    CHECK(of("example", RecordType::txt) == Status::no_data);
    CHECK(of("x.y.HOST9.example", RecordType::mx) == Status::ok);
}

TEST_CASE("aliases are followed, and the smallest TTL of the chain counts",
          "[zone][rfc1034-3.6.2]") {
    ZoneResolver zone;
    zone.add_cname("www.example.com", "A.example.com.", 9s);
    zone.add_cname("a.example.com", "b.example.com", 20s);
    zone.add_a("b.example.com", address, 30s);
    zone.add_cname("*.cdn.example.com", "b.example.com", 40s);
    zone.add_cname("gone.example.com", "nowhere.example.org");
    const auto answer = zone.resolve({"www.example.com", RecordType::a});
    CHECK(answer->status == Status::ok);
    CHECK(answer->ttl == 9s);
    CHECK(answer->addresses.size() == 1);
    CHECK(zone.resolve({"x.cdn.example.com", RecordType::a})->ttl == 30s);
    CHECK(zone.resolve({"b.example.com", RecordType::a})->ttl == 30s);
    CHECK(status_of(zone, "www.example.com", RecordType::mx) == Status::no_data);
    CHECK(status_of(zone, "gone.example.com") == Status::nxdomain);
}

TEST_CASE("a loop of aliases is an error, a long chain is not", "[zone][rfc1034-3.6.2]") {
    ZoneResolver zone;
    zone.add_cname("a.example.com", "b.example.com");
    zone.add_cname("b.example.com", "a.example.com");
    zone.add_cname("self.example.com", "self.example.com");
    CHECK(status_of(zone, "a.example.com") == Status::error);
    CHECK(status_of(zone, "self.example.com") == Status::error);

    const auto link = [](unsigned number) { return std::to_string(number) + ".example.com"; };
    for (unsigned i = 0; i <= ZoneResolver::max_aliases; ++i) zone.add_cname(link(i), link(i + 1));
    zone.add_a(link(ZoneResolver::max_aliases + 1), address);
    CHECK(status_of(zone, link(1)) == Status::ok);
    CHECK(status_of(zone, link(0)) == Status::error);
}

TEST_CASE("negative answers have the TTL of the zone they are in", "[zone][rfc2308-5]") {
    ZoneResolver zone;
    zone.add_soa("example.com", 900s, 60s);
    zone.add_soa("sub.example.com", 30s, 60s);
    zone.add_cname("alias.example.com", "gone.example.com", 10s);
    const auto ttl = [&zone](std::string_view name) {
        return zone.resolve({name, RecordType::txt})->ttl;
    };
    CHECK(ttl("example.com") == 60s);
    CHECK(ttl("a.b.example.com") == 60s);
    CHECK(ttl("x.sub.example.com") == 30s);
    CHECK(ttl("alias.example.com") == 10s);
    CHECK(ttl("example.org") == 0s);
}

TEST_CASE("a name can be made to fail, of one type or of all", "[zone]") {
    ZoneResolver zone;
    zone.add_a("example.com", address);
    zone.add_txt("example.com", "v=spf1 -all");
    zone.set_status("Example.com", RecordType::txt, Status::timeout);
    CHECK(status_of(zone, "example.com") == Status::ok);
    CHECK(status_of(zone, "example.com", RecordType::txt) == Status::timeout);
    zone.set_status("example.com", Status::servfail);
    CHECK(status_of(zone, "example.com") == Status::servfail);
    CHECK(status_of(zone, "below.example.com") == Status::nxdomain);
    zone.set_status("example.com", Status::ok);
    CHECK(status_of(zone, "example.com", RecordType::txt) == Status::ok);
    zone.add_cname("alias.example.com", "down.example.com");
    zone.set_status("down.example.com", Status::unreachable);
    CHECK(status_of(zone, "alias.example.com") == Status::unreachable);
    zone.set_status("*.example.com", RecordType::mx, Status::timeout);
    CHECK(status_of(zone, "any.example.com", RecordType::mx) == Status::timeout);
    CHECK(status_of(zone, "any.example.com") == Status::no_data);
}

TEST_CASE("TXT answers carry their record parsed unless that is switched off", "[zone]") {
    for (const bool preparse : {true, false}) {
        ZoneResolver zone{{.preparse = preparse}};
        zone.add_txt("example.com", "other");
        zone.add_txt("example.com", "v=spf1 -all");
        zone.add_a("example.com", address);
        const auto answer = zone.resolve({"example.com", RecordType::txt});
        CHECK((answer->selected != nullptr) == preparse);
        CHECK(zone.resolve({"example.com", RecordType::a})->selected == nullptr);
        if (!preparse) continue;
        CHECK(std::holds_alternative<spf::Record>(*answer->selected));
        zone.add_txt("example.com", "v=spf1 +all");
        CHECK(std::holds_alternative<spf::SeveralRecords>(
            *zone.resolve({"example.com", RecordType::txt})->selected));
    }
}

TEST_CASE("a borrowed answer is the zone's own, and no reference is counted", "[zone]") {
    ZoneResolver zone;
    zone.add_a("example.com", address);
    const spf::dns::Question question{"example.com", RecordType::a};
    const auto shared = zone.lookup(question);
    const auto borrowed = zone.borrow(question);
    CHECK(borrowed == shared);
    CHECK(borrowed.use_count() == 0);
}

TEST_CASE("what is asked for seldom can be borrowed as well", "[zone]") {
    ZoneResolver zone;
    zone.add_a("host.example.com", address, 5s);
    zone.add_cname("alias.example.com", "host.example.com", 3s);
    zone.set_status("down.example.com", Status::servfail);
    const auto aliased = zone.borrow({"alias.example.com", RecordType::a});
    CHECK(aliased->addresses == std::vector<IpAddress>{address});
    CHECK(aliased->ttl == 3s);
    CHECK(zone.borrow({"down.example.com", RecordType::a})->status == Status::servfail);
    CHECK(zone.borrow({"other.example.com", RecordType::a})->status == Status::nxdomain);
    CHECK(zone.borrow({"host.example.com", RecordType::mx})->status == Status::no_data);
}

TEST_CASE("an answer that was handed out does not change and outlives its zone", "[zone]") {
    spf::dns::AnswerPtr answer;
    {
        ZoneResolver zone;
        zone.add_a("example.com", address);
        answer = zone.resolve({"example.com", RecordType::a});
        zone.add_a("example.com", IpAddress::v4({192, 0, 2, 2}));
    }
    CHECK(answer->addresses == std::vector<IpAddress>{address});
}

TEST_CASE("a hit hands out the same answer each time", "[zone]") {
    ZoneResolver zone;
    zone.add_a("example.com", address);
    const auto first = zone.resolve({"example.com", RecordType::a});
    CHECK(zone.resolve({"example.com", RecordType::a}) == first);
    const ZoneResolver moved = std::move(zone);
    CHECK(moved.lookup({"example.com", RecordType::a}) == first);
}

TEST_CASE("several threads may ask at once", "[zone]") {
    ZoneResolver zone;
    zone.add_a("b.example.com", address);
    zone.add_cname("a.example.com", "b.example.com", 1s);
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 1000; ++j) {
                if (status_of(zone, "a.example.com") == Status::ok) ++right;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(right == 4000);
}

TEST_CASE("of names that the data neither holds nor owns nothing is known", "[zone]") {
    spf::ZoneOptions options;
    options.knows_all = false;
    options.source = "a.zone";
    ZoneResolver zone{options};
    zone.add_a("mail.example.com", spf::IpAddress::v4({192, 0, 2, 1}));
    zone.add_soa("example.net", 5s, 7s);
    zone.set_status("slow.example", Status::timeout);
    zone.add_name("*.wild.example");
    zone.add_name("b.c.wild.example");
    zone.add_cname("alias.mail.example.com", "elsewhere.example.org");
    const auto status = [&zone](std::string_view name) {
        return zone.lookup({name, RecordType::txt})->status;
    };
    for (const char* name :
         {"mail.example.com", "example.com", "com", "example.net", "wild.example"})
        CHECK(status(name) == Status::no_data);
    for (const char* name : {"x.mail.example.com", "y.x.mail.example.com", "www.example.net",
                             "x.slow.example", "x.c.wild.example"})
        CHECK(status(name) == Status::nxdomain);
    CHECK(status("slow.example") == Status::timeout);
    CHECK(status("any.wild.example") == Status::no_data);
    CHECK(zone.lookup({"www.example.net", RecordType::a})->ttl == 5s);
    for (const char* name : {"www.example.com", "example.org", "org", "ail.example.com", "x.com"}) {
        CAPTURE(name);
        const auto answer = zone.lookup({name, RecordType::txt});
        CHECK(answer->status == Status::not_in_zone);
        CHECK(answer->is_failure());
        CHECK(answer->texts == std::vector<std::string>{"a.zone", name});
        CHECK(describe(*answer, RecordType::txt).empty());
    }
    const auto aliased = zone.lookup({"alias.mail.example.com", RecordType::txt});
    CHECK(aliased->status == Status::not_in_zone);
    CHECK(aliased->texts == std::vector<std::string>{"a.zone", "elsewhere.example.org"});
}

TEST_CASE("what is missing at or below a zone cut is not known", "[zone][rfc1034-4.2.1]") {
    const bool knows_all = GENERATE(false, true);
    spf::ZoneOptions options;
    options.knows_all = knows_all;
    ZoneResolver zone{options};
    zone.add_soa("example.com", 5s, 7s);
    zone.add_ns("example.com");
    zone.add_ns("_spf.example.com");
    zone.add_a("ns._spf.example.com", spf::IpAddress::v4({192, 0, 2, 1}));
    zone.add_ns("own.example.com");
    zone.add_soa("own.example.com", 5s, 7s);
    zone.add_ns("example.org");  // no SOA record, so it may be a separate zone
    const auto status = [&zone](std::string_view name, RecordType type = RecordType::txt) {
        return zone.lookup({name, type})->status;
    };
    const auto cut = [&](Status without) { return knows_all ? without : Status::not_in_zone; };
    CHECK(status("_spf.example.com") == cut(Status::no_data));
    CHECK(status("x._spf.example.com") == cut(Status::nxdomain));
    CHECK(status("ns._spf.example.com") == cut(Status::no_data));
    CHECK(status("x.ns._spf.example.com") == cut(Status::nxdomain));
    CHECK(status("ns._spf.example.com", RecordType::a) == Status::ok);
    for (const char* name : {"example.com", "own.example.com", "example.org"})
        CHECK(status(name) == Status::no_data);
    for (const char* name : {"x.example.com", "x.own.example.com", "x.example.org"})
        CHECK(status(name) == Status::nxdomain);
}

TEST_CASE("data that is all there is implies that other names do not exist", "[zone]") {
    ZoneResolver zone;
    CHECK(zone.lookup({"example.org", RecordType::txt})->status == Status::nxdomain);
    zone.add_name("www.example.com");
    CHECK(zone.lookup({"mail.example.com", RecordType::txt})->status == Status::nxdomain);
}

TEST_CASE("what was handed out does not change when more is added", "[zone]") {
    ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 -all");
    const auto before = zone.lookup({"example.com", RecordType::txt});
    zone.add_txt("example.com", "other");
    zone.add_txt("example.com", "v=spf1 ?all");
    CHECK(before->texts == std::vector<std::string>{"v=spf1 -all"});
    CHECK(std::holds_alternative<spf::Record>(*before->selected));
    const auto after = zone.lookup({"example.com", RecordType::txt});
    CHECK(after->texts.size() == 3);
    CHECK(std::get<spf::SeveralRecords>(*after->selected).count == 2);
}

TEST_CASE("the selected record of a long list is that of all its texts", "[zone][rfc7208-4.5]") {
    ZoneResolver zone;
    std::vector<std::string> texts;
    for (int i = 0; i < 60; ++i) {
        texts.push_back((i % 20 == 19 ? "v=spf1 ip4:192.0.2." : "text ") + std::to_string(i));
        zone.add_txt("example.com", texts.back());
        zone.add_txt("example.com", texts[texts.size() / 2]);  // a text that it already has
        const auto answer = zone.lookup({"example.com", RecordType::txt});
        REQUIRE(answer->texts == texts);
        const spf::SelectedRecord expected = spf::select_record(texts);
        REQUIRE(answer->selected->index() == expected.index());
        if (const auto* several = std::get_if<spf::SeveralRecords>(&expected))
            REQUIRE(std::get<spf::SeveralRecords>(*answer->selected).count == several->count);
    }
}

TEST_CASE("the names of zone data are all that exist, those above an owner included", "[zone]") {
    ZoneResolver zone;
    CHECK(zone.names().empty());
    zone.add_a("Mail.Example.com.", address);
    zone.add_name("*.example.org");
    zone.add_name("example.com");
    CHECK(zone.names() == std::vector<std::string>{"com", "example.com", "mail.example.com", "org",
                                                   "example.org", "*.example.org"});
}

TEST_CASE("an alias is reported by the name it leads to", "[zone][rfc1034-3.6.2]") {
    spf::ZoneResolver zone;
    zone.add_txt("end.example", "text");
    zone.add_cname("b.example", "end.example");
    zone.add_cname("a.example", "b.example");
    zone.add_cname("dangling.example", "nowhere.example");
    const auto txt = [&zone](std::string_view name) {
        return zone.lookup({name, spf::dns::RecordType::txt})->canonical_name;
    };
    CHECK(txt("a.example") == "end.example");
    CHECK(txt("b.example") == "end.example");
    CHECK(txt("dangling.example") == "nowhere.example");
    CHECK(txt("end.example").empty());
    CHECK(txt("nosuch.example").empty());
    CHECK(zone.lookup({"a.example", spf::dns::RecordType::a})->canonical_name == "end.example");
}

TEST_CASE("the strings of a text are known as they were added", "[zone][rfc1035-3.3.14]") {
    using Strings = std::vector<std::string>;
    spf::ZoneResolver zone;
    const Strings cut{"v=spf1 ", "", "-all"};
    zone.add_txt("a.example", "one");
    zone.add_txt("a.example", cut);
    zone.add_txt("a.example", "three");
    zone.add_txt("b.example", std::string(256, 'x'));  // no single string can hold it
    const auto a = zone.lookup({"a.example", spf::dns::RecordType::txt});
    CHECK(spf::dns::published_strings(*a, 0) == Strings{"one"});
    CHECK(spf::dns::published_strings(*a, 1) == cut);
    CHECK(spf::dns::published_strings(*a, 2) == Strings{"three"});
    const auto b = zone.lookup({"b.example", spf::dns::RecordType::txt});
    CHECK_FALSE(spf::dns::published_strings(*b, 0));
    CHECK(a->is_authoritative);
}
