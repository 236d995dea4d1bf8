// `spfcheck batch` over the wire: kept answers and policies make it faster, not different.

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "integration/cares_support.hpp"
#include "integration/sockets.hpp"
#include "spf/resolver/zone_file.hpp"
#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/temporary_folder.hpp"

using Catch::Contains;

namespace {

using Answers = std::map<std::string, nlohmann::json>;

/// The answers of a batch that succeeds.
Answers answers(const std::string& command) {
    const cli_test::Run run = cli_test::shell(command);
    REQUIRE(run.status == 0);
    return cli_test::batch_answers(run.out);
}

}  // namespace

TEST_CASE("a batch with kept answers and policies is one without, and asks less",
          "[cares][policy][batch]") {
    const auto zone = spf::load_zone_file(SPF_SOURCE_DIR "/examples/zones/example.zone");
    REQUIRE(zone);
    const spf::test::ScriptedServer server{[&zone](const spf::test::Message& query, bool) {
        return std::vector<spf::test::Sent>{spf::test::reply_from(*zone, query)};
    }};
    const std::vector<std::string> domains{"example.com",      "softfail.example", "moved.example",
                                           "neutral.example",  "nomail.example",   "broken.example",
                                           "norecord.example", "void.example",     "no.example"};
    std::string lines;
    for (unsigned i = 0; i < 4000; ++i) {
        const std::string ip = i % 3 == 0 ? "2001:db8:25::1" : "192.0.2." + std::to_string(i % 40);
        lines += "{\"id\":" + std::to_string(i) + ",\"ip\":\"" + ip + "\",\"sender\":\"ann@" +
                 domains[i % domains.size()] + "\"}\n";
    }
    const spf::test::TemporaryFolder folder;
    folder.write("input", lines);
    const std::string command = "$SPFCHECK batch --json --concurrency 8 --nameserver 127.0.0.1:" +
                                std::to_string(server.server().port) + " < " +
                                (folder.path() / "input").string();

    Answers plain = answers(command + " --no-cache");
    REQUIRE(plain.size() == 4000);
    const std::size_t asked = server.udp_queries();
    for (const char* jobs : {"", " --jobs 2"}) {
        const std::size_t before = server.udp_queries();
        Answers kept = answers(command + jobs);
        CHECK(10 * (server.udp_queries() - before) < asked);
        REQUIRE(kept.size() == plain.size());
        for (auto& [id, answer] : kept) {
            CAPTURE(id);
            nlohmann::json expected = plain[id];
            REQUIRE(answer["ttl"] <= expected["ttl"]);  // elapsed time is subtracted
            answer.erase("ttl");
            expected.erase("ttl");
            REQUIRE(answer == expected);
        }
    }
}

TEST_CASE("a batch keeps what name servers beside a zone file answer", "[cares][policy][batch]") {
    const auto zone = spf::load_zone_file(SPF_SOURCE_DIR "/examples/zones/example.zone");
    REQUIRE(zone);
    const spf::test::ScriptedServer server{[&zone](const spf::test::Message& query, bool) {
        return std::vector<spf::test::Sent>{spf::test::reply_from(*zone, query)};
    }};
    std::string lines;
    for (unsigned i = 0; i < 200; ++i) {
        lines += "{\"id\":" + std::to_string(i) + ",\"ip\":\"192.0.2." + std::to_string(i) +
                 "\",\"sender\":\"ann@" + (i % 2 == 0 ? "example.com" : "local.example") + "\"}\n";
    }
    const spf::test::TemporaryFolder folder;
    folder.write("input", lines);
    folder.write("zone", "local.example. TXT \"v=spf1 include:example.com -all\"\n");
    const std::string command = "$SPFCHECK batch --json --zone " +
                                (folder.path() / "zone").string() +
                                " --nameserver 127.0.0.1:" + std::to_string(server.server().port) +
                                " < " + (folder.path() / "input").string();
    Answers plain = answers(command + " --no-cache");
    CHECK(server.udp_queries() >= 200);
    for (const char* jobs : {"", " --jobs 3"}) {
        const std::size_t before = server.udp_queries();
        Answers kept = answers(command + jobs);
        CHECK(server.udp_queries() - before <= 12);
        REQUIRE(kept.size() == 200);
        for (auto& [id, answer] : kept) {
            CAPTURE(id);
            CHECK(answer["received_spf"] == plain[id]["received_spf"]);
        }
    }
}

TEST_CASE("in a batch -v reports the outcomes, -vv each question and its answer",
          "[cares][batch]") {
    const auto zone = spf::load_zone_file(SPF_SOURCE_DIR "/examples/zones/example.zone");
    REQUIRE(zone);
    const spf::test::ScriptedServer server{[&zone](const spf::test::Message& query, bool) {
        return std::vector<spf::test::Sent>{spf::test::reply_from(*zone, query)};
    }};
    const spf::test::TemporaryFolder folder;
    folder.write("input",
                 "{\"id\":1,\"ip\":\"192.0.2.33\",\"sender\":\"ann@example.com\"}\n"
                 "{\"id\":2,\"ip\":\"192.0.2.33\",\"sender\":\"ann@broken.example\"}\n");
    folder.write("zone", "local.example. TXT \"v=spf1 -all\"\n");
    const auto run = [&](const std::string& more) {
        return cli_test::shell("$SPFCHECK batch --json --nameserver 127.0.0.1:" +
                               std::to_string(server.server().port) + more + " < " +
                               (folder.path() / "input").string());
    };
    for (const std::string& from :
         {std::string(), " --zone " + (folder.path() / "zone").string()}) {
        const cli_test::Run quiet = run(from);
        CHECK(quiet.err.empty());
        const cli_test::Run once = run(from + " -v");
        CHECK_THAT(once.err, Contains("spfcheck: info: SPF pass: 192.0.2.33 ") &&
                                 Contains("spfcheck: warning: SPF permerror: "));
        CHECK_THAT(once.err, !Contains("DNS TXT"));
        const cli_test::Run twice = run(from + " -v -v");
        CHECK_THAT(twice.err, Contains("spfcheck: info: SPF pass: ") &&
                                  Contains("spfcheck: debug: DNS MX example.com: ok, ") &&
                                  Contains("spfcheck: debug: DNS TXT broken.example: ok, "));
        for (const cli_test::Run& each : {once, twice})
            CHECK(cli_test::batch_answers(each.out) == cli_test::batch_answers(quiet.out));
    }
}

TEST_CASE("a batch whose name servers are silent ends with 69, unless one has spoken",
          "[cares][batch]") {
    const spf::test::SilentServer silent;
    // It answers once, and then no more.
    const spf::test::ScriptedServer server{[](const spf::test::Message& query, bool) {
        std::vector<spf::test::Sent> replies;
        if (spf::test::asked_in(query).name == "example.com")
            replies.emplace_back(spf::test::txt_reply(query, "v=spf1 include:b.example -all"));
        return replies;
    }};
    const spf::test::TemporaryFolder folder;
    folder.write("input",
                 "nonsense\n{\"id\":1,\"ip\":\"192.0.2.1\",\"sender\":\"ann@example.com\"}\n");
    folder.write("zone", "other.example. TXT \"v=spf1 -all\"\n");
    for (const std::string& zone :
         {std::string(), " --zone " + (folder.path() / "zone").string()}) {
        const auto run = [&](std::uint16_t port) {
            return cli_test::shell("$SPFCHECK batch --json --timeout 0.5 --nameserver 127.0.0.1:" +
                                   std::to_string(port) + zone + " < " +
                                   (folder.path() / "input").string());
        };
        const cli_test::Run unheard = run(silent.server().port);
        CHECK(unheard.status == 69);
        CHECK(unheard.err.find("--nameserver") != std::string::npos);
        CHECK(run(server.server().port).status == 0);
    }
}

TEST_CASE("a line after a thousand of silent domains is answered before them", "[cares][batch]") {
    const spf::test::ScriptedServer server{[](const spf::test::Message& query, bool) {
        if (spf::test::asked_in(query).name.starts_with("silent")) {
            return std::vector<spf::test::Sent>{};
        }
        return std::vector<spf::test::Sent>{spf::test::txt_reply(query, "v=spf1 -all")};
    }};
    std::string lines;
    for (int i = 0; i < 1000; ++i) {
        lines +=
            R"({"id":1,"ip":"192.0.2.1","sender":"ann@silent)" + std::to_string(i) + ".test\"}\n";
    }
    lines += R"({"id":2,"ip":"192.0.2.1","sender":"ann@innocent.test"})"
             "\n";
    const spf::test::TemporaryFolder folder;
    folder.write("input", lines);
    const cli_test::Run run = cli_test::shell(
        "$SPFCHECK batch --json --timeout 2 --nameserver 127.0.0.1:" +
        std::to_string(server.server().port) + " < " + (folder.path() / "input").string());
    CHECK(run.status == 0);
    CHECK(std::ranges::count(run.out, '\n') == 1001);
    CHECK(run.out.starts_with(R"({"id":2,"result":"fail")"));
}

TEST_CASE("no more checks are in flight than --concurrency says, and no fewer",
          "[cares][batch][threads]") {
    const spf::test::SilentServer silent;
    const auto [concurrency, jobs] = GENERATE(table<unsigned, unsigned>({{1, 4}, {2, 4}, {3, 2}}));
    // One check more than may be in flight. The input comes line by line, so that each thread gets
    // some.
    std::string input;
    for (unsigned i = 0; i <= concurrency; ++i) {
        input += R"(sleep 0.1; echo '{"ip":"192.0.2.1","sender":")" + std::to_string(i) +
                 ".example\"}'; ";
    }
    const auto begin = std::chrono::steady_clock::now();
    const cli_test::Run run =
        cli_test::shell("(" + input + ") | $SPFCHECK batch --timeout 1 --concurrency " +
                        std::to_string(concurrency) + " --jobs " + std::to_string(jobs) +
                        " --nameserver 127.0.0.1:" + std::to_string(silent.server().port));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CAPTURE(concurrency, jobs, took.count());
    CHECK(run.status == 69);
    CHECK(took.count() >= 2);  // it has waited for one of the others, which end after a second
    CHECK(took.count() < 3);
}
