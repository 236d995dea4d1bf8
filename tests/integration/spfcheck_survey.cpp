// `spfcheck survey` over the wire, with name servers that fail and that are silent.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "integration/cares_support.hpp"
#include "integration/sockets.hpp"
#include "spf/resolver/zone_file.hpp"
#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/temporary_folder.hpp"

using nlohmann::json;
using spf::test::Message;
using spf::test::ScriptedServer;
using spf::test::Sent;
using spf::test::TemporaryFolder;

namespace {

/// The number of domains, SPF_SURVEY_DOMAINS in the environment.
unsigned number_of_domains() {
    const char* const number = std::getenv("SPF_SURVEY_DOMAINS");
    return number == nullptr ? 60 : static_cast<unsigned>(std::stoul(number));
}

std::string domain(unsigned i) { return "d" + std::to_string(i) + ".test"; }

/// Records of many kinds. Some are included by many domains.
std::string zone_of(unsigned domains) {
    std::string out;
    const auto txt = [&out](const std::string& name, const std::string& text) {
        out += name + ". TXT \"" + text + "\"\n";
    };
    for (unsigned i = 0; i < domains; ++i) {
        const std::string n = std::to_string(i);
        const std::string shared = " include:s" + std::to_string(i % 7) + ".test";
        const std::string own = " include:i" + n + ".test";
        switch (i % 10) {
            case 0: txt(domain(i), "v=spf1 mx" + shared + " -all"); break;
            case 1: txt(domain(i), "v=spf1 a:h" + n + ".test" + own + shared + " ~all"); break;
            case 2: txt(domain(i), "v=spf1 ip4:192.0.2.0/33 -all"); break;
            case 3: txt(domain(i), "v=spf1 redirect=i" + n + ".test"); break;
            case 4: txt(domain(i), "v=spf1 exists:%{i}.x.test" + own + " ?all"); break;
            case 5:
                txt(domain(i), "v=spf1 -all");
                txt(domain(i), "v=spf1 mx ~all");
                break;
            case 6: txt(domain(i), "v=spf1 include:h" + n + ".test a -all"); break;
            case 7: txt(domain(i), "v=spf1 include:l.test include:_spf.google.com +all"); break;
            case 8: txt(domain(i), "no record"); break;
            default: break;  // there is no such domain
        }
        txt("i" + n + ".test",
            "v=spf1 ip4:198.51.100." + std::to_string(i % 200) + shared + " -all");
        out += domain(i) + ". MX 1 h" + n + ".test.\n";
        out += "h" + n + ".test. A 192.0.2." + std::to_string(i % 200) + '\n';
    }
    for (unsigned i = 0; i < 7; ++i)
        txt("s" + std::to_string(i) + ".test", "v=spf1 ip4:203.0.113.0/26 ip6:2001:db8::/32 -all");
    txt("l.test", "v=spf1 include:l.test -all");
    return out;
}

/// Returns a number from 0 to 99 that depends on the name alone. The records that many domains
/// include have another number than failing ones, so that there is something to compare.
unsigned fate_of(const std::string& name) {
    if (name.starts_with("s") || name.starts_with("l")) return 99;
    std::uint32_t out = 2166136261U;
    for (const char c : name) out = (out ^ static_cast<unsigned char>(c)) * 16777619U;
    return (out >> 8U) % 100;
}

/// A name server that answers with SERVFAIL for 5 % of the names, and not at all for other 5 %.
class FailingServer {
public:
    explicit FailingServer(const spf::ZoneResolver& zone)
        : server_([this, &zone](const Message& query, bool) {
              const auto question = spf::test::asked_in(query);
              {
                  const std::lock_guard lock{mutex_};
                  ++asked_[question.name + ' ' + std::string(to_string(question.type))];
              }
              const unsigned fate = fate_of(question.name);
              if (fate < 5) return std::vector<Sent>{};
              if (fate >= 10) return std::vector<Sent>{spf::test::reply_from(zone, query)};
              Message failure = query;
              failure[2] |= 0x80U;  // QR: it is a reply
              failure[3] = 2;       // RCODE: server failure
              return std::vector<Sent>{failure};
          }) {}

    [[nodiscard]] std::string address() const {
        return "127.0.0.1:" + std::to_string(server_.server().port);
    }
    /// Returns how often each question was asked since the previous call.
    std::map<std::string, unsigned> take_asked() {
        const std::lock_guard lock{mutex_};
        return std::exchange(asked_, {});
    }

private:
    std::mutex mutex_;
    std::map<std::string, unsigned> asked_;
    ScriptedServer server_;
};

std::string content(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// The output lines of a survey by domain. Fails if a domain occurs twice.
std::map<std::string, json> by_domain(const std::string& out) {
    std::map<std::string, json> found;
    std::istringstream lines(out);
    for (std::string line; std::getline(lines, line);) {
        json answer = json::parse(line);
        const std::string name = answer["domain"];
        CHECK(found.emplace(name, std::move(answer)).second);
    }
    return found;
}

/// What `survey` has of the findings of `lint`.
json codes_of(const json& lint) {
    json out = json::array();
    for (const char* severity : {"error", "warning", "hint"}) {
        for (const json& each : lint["findings"]) {
            if (each["severity"] == severity) out.push_back(each["code"]);
        }
    }
    return out;
}

}  // namespace

TEST_CASE("a survey with failing and silent names, even killed, says what lint says of each domain",
          "[cares][survey][resume]") {
    const unsigned domains = number_of_domains();
    const auto zone = spf::parse_zone(zone_of(domains));
    REQUIRE(zone);
    FailingServer server{*zone};
    const TemporaryFolder folder;
    std::string input;
    for (unsigned i = 0; i < domains; ++i) input += domain(i) + '\n';
    folder.write("input", input);
    const std::string dns = " --timeout 3 --nameserver " + server.address();
    const std::string in_folder = "cd " + folder.path().string() + " && ";

    const cli_test::Run run = cli_test::shell(in_folder + "$SPFCHECK survey input" + dns);
    CHECK(run.status == 0);
    auto found = by_domain(run.out);
    REQUIRE(found.size() == domains);

    // A record that many domains include is asked for once.
    unsigned silent = 0;
    for (const auto& [question, count] : server.take_asked()) {
        CAPTURE(question);
        if (question.starts_with("s")) CHECK(count == 1);
        if (fate_of(question.substr(0, question.find(' '))) < 5) ++silent;
    }
    CHECK(silent > 0);

    // Killed twice, while silent names are waited for.
    const std::string again = in_folder + "timeout -s KILL 1.5 $SPFCHECK survey input --resume out";
    for (int i = 0; i < 2; ++i) cli_test::shell(again + dns);
    CHECK(cli_test::shell(in_folder + "$SPFCHECK survey input --resume out" + dns).status == 0);
    const auto resumed = by_domain(content(folder.path() / "out"));
    REQUIRE(resumed.size() == domains);

    const auto lint = [&](const std::string& file) {
        const cli_test::Run all = cli_test::shell(
            in_folder + "mkdir -p lint && xargs -P 8 -I {} sh -c '\"$SPFCHECK\" lint {} --json" +
            dns + " >lint/{} 2>lint/{}.err; [ $? -le 5 ]' <" + file);
        CHECK(all.status == 0);
    };
    lint("input");
    std::map<std::string, unsigned> codes;
    for (const auto& [name, answer] : found) {
        CAPTURE(name, answer.dump());
        json expected = json::parse(content(folder.path() / "lint" / name));
        if (answer["findings"] != codes_of(expected)) {
            // On a busy machine, lint may not have had its answers within its three seconds.
            folder.write("again", name + '\n');
            lint("again");
            expected = json::parse(content(folder.path() / "lint" / name));
        }
        for (const char* key : {"domain", "record", "errors", "warnings", "hints", "dns_lookups",
                                "dns_lookups_at_least"}) {
            CHECK(answer[key] == expected[key]);
        }
        CHECK(answer["findings"] == codes_of(expected));
        for (const std::string code : answer["findings"]) ++codes[code];
        // The time of a failure may differ, and with it the name of the problem.
        const json& later = resumed.at(name);
        for (const char* key : {"line", "record", "findings", "dns_lookups_at_least",
                                "void_lookups", "ip4_addresses", "services", "result"}) {
            CHECK(answer[key] == later[key]);
        }
    }
    CHECK(codes["dns_failure"] > 0);
    CHECK(codes.size() >= 6);
}

TEST_CASE("a survey with a few domains in flight at a time is the same", "[cares][survey]") {
    const auto zone = spf::parse_zone(zone_of(40));
    REQUIRE(zone);
    const ScriptedServer server{[&zone](const Message& query, bool) {
        return std::vector<Sent>{spf::test::reply_from(*zone, query)};
    }};
    const TemporaryFolder folder;
    std::string input;
    for (unsigned i = 0; i < 40; ++i) input += domain(i) + '\n';
    folder.write("input", input);
    const std::string command = "$SPFCHECK survey " + (folder.path() / "input").string() +
                                " --nameserver 127.0.0.1:" + std::to_string(server.server().port);
    const auto expected = by_domain(cli_test::shell(command).out);
    CHECK(expected.size() == 40);
    for (const char* options : {" --concurrency 1", " --concurrency 3 --jobs 2 --questions 1"})
        CHECK(by_domain(cli_test::shell(command + options).out) == expected);
}
