// The resolver against a real name server.

#include <atomic>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "integration/dns_printing.hpp"
#include "integration/name_server.hpp"
#include "integration/sockets.hpp"
#include "spf/resolver/ldns.hpp"
#include "spf/resolver/zone_file.hpp"
#include "support/catch.hpp"

using namespace std::chrono_literals;
using spf::dns::RecordType;
using spf::dns::Status;

namespace {

std::string long_text() {
    std::string strings;
    for (int i = 0; i < 20; ++i) strings += " \"" + std::string(250, 'x') + '"';
    return strings;
}

std::string master_file() {
    return "$ORIGIN example.com.\n"
           "$TTL 300\n"
           "@ 900 SOA ns root 1 3600 600 86400 60\n"
           "@ NS ns\n"
           "@ MX 10 mail\n@ MX 20 mail.example.net.\n"
           "@ 8 SPF \"v=spf1 \" \"-all\"\n"
           "@ 7 TXT \"v=spf1 \" \"mx -all\"\n"
           "ns A 127.0.0.1\n"
           "mail A 192.0.2.25\nmail AAAA 2001:db8::25\n"
           "www 20 CNAME web\nweb A 192.0.2.80\n"
           "*.wild TXT \"wild\"\n"
           "empty.non.terminal A 192.0.2.1\n"
           "out CNAME elsewhere.example.net.\n"
           "lost CNAME gone\n"
           "long TXT" +
           long_text() +
           "\n"
           "a\\032b\\;c\\\"d\\\\e\\@f\\195\\164\\(\\)\\$ TXT \"odd\"\n";
}

/// The server for all tests of a process; the first test that needs it starts it.
const spf::test::Nsd& nsd() {
    static const spf::test::Nsd server{"example.com", master_file()};
    return server;
}

bool skipped() {
    if (spf::test::Nsd::installed()) return false;
    std::cout << "SKIPPED: nsd is not installed\n";
    return true;
}

spf::LdnsResolver resolver(spf::LdnsOptions options = {}) {
    if (options.servers.empty()) options.servers = {nsd().server()};
    return spf::LdnsResolver{options};
}

}  // namespace

TEST_CASE("a real server's records of each type are read", "[ldns][nsd]") {
    if (skipped()) return;
    auto dns = resolver();
    const auto txt = dns.resolve({"example.com", RecordType::txt});
    CHECK(txt->status == Status::ok);
    CHECK(txt->ttl == 7s);
    CHECK(txt->texts == std::vector<std::string>{"v=spf1 mx -all"});
    const auto mx = dns.resolve({"example.com", RecordType::mx});
    CHECK(mx->exchanges ==
          std::vector<spf::dns::MailExchange>{{10, "mail.example.com"}, {20, "mail.example.net"}});
    const auto a = dns.resolve({"mail.example.com", RecordType::a});
    REQUIRE(a->addresses.size() == 1);
    CHECK(a->addresses[0].to_string() == "192.0.2.25");
    const auto aaaa = dns.resolve({"mail.example.com", RecordType::aaaa});
    REQUIRE(aaaa->addresses.size() == 1);
    CHECK(aaaa->addresses[0].to_string() == "2001:db8::25");
    const auto alias = dns.resolve({"www.example.com", RecordType::a});
    CHECK(alias->status == Status::ok);
    CHECK(alias->ttl == 20s);
}

TEST_CASE("a real server and the same data in memory answer alike", "[ldns][nsd][zone]") {
    if (skipped()) return;
    auto zone = spf::parse_zone(master_file());
    REQUIRE(zone);
    auto dns = resolver();
    for (const char* name :
         {"example.com", "mail.example.com", "www.example.com", "web.example.com",
          "x.wild.example.com", "y.x.wild.example.com", "wild.example.com", "*.wild.example.com",
          "non.terminal.example.com", "terminal.example.com", "empty.non.terminal.example.com",
          "x.empty.non.terminal.example.com", "gone.example.com", "lost.example.com",
          "long.example.com", "a b;c\"d\\e@f\xc3\xa4()$.example.com", "a.b.example.com"}) {
        for (const auto type : spf::dns::record_types) {
            CAPTURE(name, to_string(type));
            const auto live = dns.resolve({name, type});
            const auto memory = (*zone).resolve({name, type});
            CHECK(live->status == memory->status);
            CHECK(live->ttl == memory->ttl);
            CHECK(live->addresses == memory->addresses);
            CHECK(live->exchanges == memory->exchanges);
            CHECK(live->names == memory->names);
            CHECK(live->texts == memory->texts);
        }
    }
}

TEST_CASE("a text that fits no datagram comes over TCP", "[ldns][nsd][rfc7766]") {
    if (skipped()) return;
    spf::LdnsOptions options;
    options.edns = GENERATE(true, false);
    options.tcp_only = GENERATE(true, false);
    const auto answer = resolver(options).resolve({"long.example.com", RecordType::txt});
    REQUIRE(answer->status == Status::ok);
    CHECK(answer->texts == std::vector<std::string>{std::string(5000, 'x')});
}

TEST_CASE("a name may hold any octet", "[ldns][nsd]") {
    if (skipped()) return;
    const auto answer =
        resolver().resolve({"a b;c\"d\\e@f\xc3\xa4()$.example.com", RecordType::txt});
    CHECK(answer->texts == std::vector<std::string>{"odd"});
}

TEST_CASE("a name that no zone can hold does not exist, and no server is asked", "[ldns]") {
    spf::LdnsOptions options;
    options.servers = {spf::test::server_at(spf::test::free_port())};
    const std::string long_label(64, 'a');
    const std::string name = GENERATE_COPY(as<std::string>{}, "", ".", "a..b", long_label + ".com",
                                           std::string(254, 'a'));
    CHECK(spf::LdnsResolver{options}.resolve({name, RecordType::a})->status == Status::nxdomain);
}

TEST_CASE("an alias into a zone that the server does not hold is an error", "[ldns][nsd]") {
    if (skipped()) return;
    CHECK(resolver().resolve({"out.example.com", RecordType::a})->status == Status::error);
    CHECK(resolver().resolve({"example.net", RecordType::a})->status == Status::error);
}

TEST_CASE("a server is reached over IPv6", "[ldns][nsd]") {
    if (skipped()) return;
    if (!spf::test::has_ipv6_loopback()) {
        std::cout << "SKIPPED: there is no ::1\n";
        return;
    }
    const auto server = spf::dns::parse_name_server("[::1]:" + std::to_string(nsd().port()));
    REQUIRE(server);
    spf::LdnsOptions options;
    options.servers = {*server};
    CHECK(resolver(options).resolve({"example.com", RecordType::txt})->status == Status::ok);
}

TEST_CASE("several threads may share a resolver", "[ldns][nsd]") {
    if (skipped()) return;
    auto dns = resolver();
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 50; ++j) {
                const auto answer = dns.resolve({"www.example.com", RecordType::a});
                if (answer->addresses.size() == 1) ++right;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(right == 200);
}
