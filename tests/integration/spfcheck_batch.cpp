// `spfcheck batch` over the wire: kept answers and policies make it faster, not different.

#include <array>
#include <cstdio>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "integration/cares_support.hpp"
#include "integration/name_server.hpp"
#include "integration/sockets.hpp"
#include "spf/resolver/zone_file.hpp"

namespace {

using Answers = std::map<int, nlohmann::json>;

/// What a shell command prints, a JSON object a line, by `id`.
Answers answers(const std::string& command) {
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("no shell");
    std::string out;
    std::array<char, 65536> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        out.append(buffer.data(), count);
    }
    REQUIRE(::pclose(pipe) == 0);
    Answers found;
    std::istringstream lines(out);
    for (std::string line; std::getline(lines, line);) {
        nlohmann::json json = nlohmann::json::parse(line);
        const int id = json["id"];
        REQUIRE(found.emplace(id, std::move(json)).second);
    }
    return found;
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
    const std::string command =
        SPF_SPFCHECK " batch --json --concurrency 8 --nameserver 127.0.0.1:" +
        std::to_string(server.server().port) + " < " + (folder.path() / "input").string();

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
            REQUIRE(answer["ttl"] <= expected["ttl"]);  // from which time is taken off
            answer.erase("ttl");
            expected.erase("ttl");
            REQUIRE(answer == expected);
        }
    }
}
