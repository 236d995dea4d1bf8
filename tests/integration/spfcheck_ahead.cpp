// The analyses of spfcheck ask all independent questions at the same time, and show a person at a
// terminal what they wait for.

#include <algorithm>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "integration/cares_support.hpp"
#include "integration/hostile_server.hpp"
#include "integration/message_builder.hpp"
#include "support/catch.hpp"
#include "support/random_tree.hpp"
#include "support/spfcheck.hpp"
#include "support/terminal.hpp"

namespace {

using namespace std::chrono_literals;
using Catch::Contains;
using spf::ZoneResolver;
using spf::test::Datagram;
using spf::test::Message;

/// Answers from a zone, after a delay. Notes which questions arrive together: the next round begins
/// with the first question after an answer was sent.
class SlowZone {
public:
    SlowZone(const ZoneResolver& zone, std::chrono::milliseconds delay)
        : server_({[this, &zone, delay](const Message& query, std::size_t /*number*/) {
                       const auto now = std::chrono::steady_clock::now();
                       const std::lock_guard lock(mutex_);
                       if (rounds_ == 0 || now >= answered_) {
                           ++rounds_;
                           answered_ = now + delay;
                       }
                       ++questions_;
                       return std::vector<Datagram>{{spf::test::reply_from(zone, query), delay}};
                   },
                   {}}) {}

    [[nodiscard]] std::string address() const {
        return "127.0.0.1:" + std::to_string(server_.server().port);
    }
    [[nodiscard]] std::size_t rounds() const {
        const std::lock_guard lock(mutex_);
        return rounds_;
    }
    [[nodiscard]] std::size_t questions() const {
        const std::lock_guard lock(mutex_);
        return questions_;
    }

private:
    mutable std::mutex mutex_;
    std::size_t rounds_ = 0;
    std::size_t questions_ = 0;
    std::chrono::steady_clock::time_point answered_;
    spf::test::HostileServer server_;  // the last member, because its thread uses the others
};

/// Four includes, two of which include another record, and each with a mail domain of nine hosts:
/// 83 questions, of which four depend on each other.
ZoneResolver large_tree() {
    ZoneResolver zone;
    zone.add_txt("d0.example",
                 "v=spf1 include:a.example include:b.example include:c.example "
                 "include:d.example -all");
    for (const std::string name : {"a.example", "b.example", "c.example", "d.example"}) {
        const bool is_deep = name < "c";
        zone.add_txt(name, "v=spf1 " + (is_deep ? "include:x" + name + ' ' : "") + "mx ?all");
        if (is_deep) zone.add_txt("x" + name, "v=spf1 ip4:198.51.100.0/24 ?all");
        for (std::uint8_t i = 0; i < 9; ++i) {
            const std::string host = "h" + std::to_string(i) + '.' + name;
            zone.add_mx(name, 10, host);
            zone.add_a(host, spf::IpAddress::v4({192, 0, 2, i}));
            zone.add_aaaa(host, spf::IpAddress::v6(0x2001'0db8'0000'0000U, i));
        }
    }
    zone.add_a("relay.example", spf::IpAddress::v4({203, 0, 113, 7}));
    return zone;
}

std::vector<std::vector<std::string>> analyses() {
    return {{"networks", "d0.example"},
            {"flatten", "d0.example"},
            {"lint", "d0.example"},
            {"authorize", "d0.example", "relay.example"},
            {"diff", "d0.example", "v=spf1 include:a.example -all"}};
}

cli_test::Run run(std::vector<std::string> command, const std::string& server) {
    command.insert(command.end(), {"--json", "--nameserver", server});
    return cli_test::spfcheck(command);
}

}  // namespace

TEST_CASE("an analysis needs as many round trips as the tree is deep", "[cares][ahead]") {
    const ZoneResolver zone = large_tree();
    for (const std::vector<std::string>& command : analyses()) {
        CAPTURE(command.front());
        const SlowZone server(zone, 200ms);
        const cli_test::Run result = run(command, server.address());
        CHECK(result.status <= 1);
        CHECK(server.questions() >= 83);
        // Both sides of diff have a time limit of their own and are fetched one after the other.
        const std::size_t sides = command.front() == "diff" ? 2 : 1;
        // lint and authorize have questions that they know only after a first run. On a busy
        // machine, some questions of a round may arrive late.
        CHECK(server.rounds() <= sides * (4 + 2) + 4);
    }
}

TEST_CASE("servers that never answer cost the time of one question", "[cares][ahead]") {
    ZoneResolver zone;
    std::string record = "v=spf1";
    for (int i = 0; i < 9; ++i) record += " a:h" + std::to_string(i) + ".example";
    zone.add_txt("d0.example", record + " -all");
    const spf::test::HostileServer server(
        {[&zone](const Message& query, std::size_t /*number*/) {
             const bool is_silent = spf::test::asked_in(query).name != "d0.example";
             if (is_silent) return std::vector<Datagram>{};
             return std::vector<Datagram>{{spf::test::reply_from(zone, query), 0ms}};
         },
         {}});
    const std::string address = "127.0.0.1:" + std::to_string(server.server().port);
    const auto begin = std::chrono::steady_clock::now();
    const cli_test::Run result = run({"lint", "d0.example"}, address);
    CHECK(std::chrono::steady_clock::now() - begin < 20s);  // 9 questions of 4 s each are 36 s
    CHECK_THAT(result.out, Contains("h0.example") && Contains("h8.example"));
}

TEST_CASE("trees without end are not followed without end",
          "[cares][ahead][hostile][rfc7208-11.1]") {
    // Each record includes two names below its own, and lists hosts that nobody else lists.
    const spf::test::HostileServer server(
        {[](const Message& query, std::size_t /*number*/) {
             const Message reply =
                 spf::test::asked_in(query).type == spf::dns::RecordType::txt
                     ? spf::test::txt_reply(query,
                                            "v=spf1 a:x.%{d} a:y.%{d} a:z.%{d} mx:%{i}.%{d} "
                                            "include:l.%{d} include:r.%{d} ?all")
                     : spf::test::reply_to(query);
             return std::vector<Datagram>{{reply, 0ms}};
         },
         {}});
    const std::string address = "127.0.0.1:" + std::to_string(server.server().port);
    for (const std::vector<std::string>& command : analyses()) {
        CAPTURE(command.front());
        const std::size_t before = server.udp_queries();
        CHECK(run(command, address).status < 64);
        CHECK(server.udp_queries() - before <= 2000);
    }
}

TEST_CASE("a terminal shows what is waited for, and the line is gone at the end",
          "[cares][ahead]") {
    const spf::test::Terminal terminal;
    if (!terminal.exists()) return;
    const ZoneResolver zone = large_tree();
    const SlowZone slow(zone, 700ms);
    const std::string shown_there = " 2> " + terminal.path();
    const cli_test::Run result = cli_test::shell(
        "TERM=xterm $SPFCHECK networks d0.example --nameserver " + slow.address() + shown_there);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, !Contains("waiting"));
    const std::string shown = terminal.shown();
    CHECK_THAT(shown, Contains("waiting for ") && Contains(" answers missing)"));
    CHECK_THAT(shown, Catch::EndsWith("\r\x1b[K"));

    const SlowZone fast(zone, 0ms);
    CHECK(cli_test::shell("TERM=xterm $SPFCHECK networks d0.example --nameserver " +
                          fast.address() + shown_there)
              .status == 0);
    CHECK(terminal.shown().empty());
}

TEST_CASE("what is waited for is shown only at a terminal, and not among log lines",
          "[cares][ahead]") {
    const spf::test::SilentServer silent;
    const std::string command =
        "TERM=xterm $SPFCHECK networks d0.example --timeout 1.5 "
        "--nameserver 127.0.0.1:" +
        std::to_string(silent.server().port);
    CHECK_THAT(cli_test::shell(command).err, !Contains("waiting"));
    const spf::test::Terminal terminal;
    if (!terminal.exists()) return;
    cli_test::shell(command + " -vv 2> " + terminal.path());
    CHECK_THAT(terminal.shown(), Contains("DNS TXT d0.example") && !Contains("waiting"));
    cli_test::shell("TERM=dumb " + command.substr(11) + " 2> " + terminal.path());
    CHECK_THAT(terminal.shown(), !Contains("waiting"));
    cli_test::shell(command + " 2> " + terminal.path());
    const std::string shown = terminal.shown();
    CHECK_THAT(shown, Contains("waiting for TXT d0.example\r\x1b[K"));
    CHECK_THAT(shown, Contains("not all answers came in 1.5 s, the time for all together"));
    cli_test::shell(command + " > " + terminal.path() + " 2>&1");
    const std::string screen = terminal.shown();
    CHECK(screen.find("temperror") < screen.find("not all answers"));
}
