// Evidence of random commands about random policies, asked over loopback: each is reproduced
// without the network. An octet that was altered is noticed if the same command says something else
// when DNS gives such an answer. The commands are the same each time. With SPF_EVIDENCE_ALL in the
// environment there are 10,000, without it 300, or 60 with sanitizers, which make each slow.

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "integration/cares_support.hpp"
#include "integration/hostile_server.hpp"
#include "integration/message_builder.hpp"
#include "support/catch.hpp"
#include "support/random_tree.hpp"
#include "support/spfcheck.hpp"
#include "support/temporary_folder.hpp"

namespace {

using cli_test::Run;
using nlohmann::json;
using spf::test::Datagram;
using spf::test::Message;
using spf::test::RandomTree;
using Words = std::vector<std::string>;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// An answer that differs from that of the zone.
struct Altered {
    std::string name;
    spf::dns::RecordType type{};
    spf::dns::Answer answer;
};

/// A name server whose data the test exchanges between two commands.
class Server {
public:
    Server()
        : server_({[this](const Message& query, std::size_t) {
                       return std::vector<Datagram>{{.message = reply(query)}};
                   },
                   [this](const Message& query, std::size_t) {
                       return spf::test::Stream{.octets = spf::test::framed(reply(query))};
                   }}) {}

    void serve(const spf::ZoneResolver& zone, std::optional<Altered> altered = std::nullopt) {
        const std::lock_guard lock(mutex_);
        zone_ = &zone;
        altered_ = std::move(altered);
    }
    [[nodiscard]] std::string address() const {
        return "127.0.0.1:" + std::to_string(server_.server().port);
    }

private:
    Message reply(const Message& query) {
        const std::lock_guard lock(mutex_);
        const spf::test::Asked asked = spf::test::asked_in(query);
        if (altered_ && lower(asked.name) == altered_->name && asked.type == altered_->type)
            return spf::test::reply_from(altered_->answer, query);
        const spf::dns::AnswerPtr answer = zone_->lookup({asked.name, asked.type});
        if (answer->is_failure()) return spf::test::reply_to(query, spf::test::servfail);
        return spf::test::reply_from(*answer, query);
    }

    std::mutex mutex_;
    const spf::ZoneResolver* zone_ = nullptr;
    std::optional<Altered> altered_;
    spf::test::HostileServer server_;  // the last member, because its thread uses the others
};

enum class Kind : std::uint8_t {
    check,
    analysis,  ///< lints, proposals and all others
};

/// A random policy, and a random command about it.
class Case {
public:
    Case(unsigned seed, Kind kind)
        : kind_(kind), random_(seed), tree_(seed, {.errors = true, .dependent = true}) {
        if (below(4) == 0) tree_.zone.add_cname("h4.example", host());
        if (below(16) == 0) tree_.zone.add_cname("d6.example", domain());
    }

    [[nodiscard]] const spf::ZoneResolver& zone() const { return tree_.zone; }
    unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }

    Words command() {
        Words words = form();
        if (below(10) == 0)
            words.insert(words.end(), {"--with", domain() + " TXT v=spf1" + tree_.terms(4)});
        return words;
    }

private:
    Words form() {
        if (kind_ == Kind::check) return check();
        switch (below(10)) {
            case 0: return {"networks", domain()};
            case 1: return {"flatten", domain()};
            case 2: return {"diff", domain(), "v=spf1" + tree_.terms(0)};
            case 3: return {"overview", domain()};
            case 4:
            case 5: return {"lint", domain()};
            case 6:
            case 7: return {"authorize", domain(), below(2) == 0 ? host() : address()};
            default: return fix();
        }
    }
    Words check() {
        Words words{"check", "--ip", address(), "--sender", "user@" + domain()};
        if (below(3) == 0) words.insert(words.end(), {"--helo", host()});
        if (below(4) == 0) words.emplace_back("--trace");
        return words;
    }
    Words fix() {
        Words words{"fix", domain()};
        if (below(4) == 0) words.insert(words.end(), {"--flatten", domain()});
        return words;
    }
    std::string domain() { return "d" + std::to_string(below(7)) + ".example"; }
    std::string host() { return "h" + std::to_string(below(4)) + ".example"; }
    std::string address() { return tree_.address().to_string(); }

    Kind kind_;
    std::mt19937 random_;
    RandomTree tree_;
};

/// Alters one octet of an answer of evidence.
class Alteration {
public:
    /// Chooses an answer with data, and an octet of it; nothing if there is none.
    static std::optional<Altered> make(json& evidence, const spf::ZoneResolver& zone,
                                       Case& random) {
        std::vector<json*> with_data;
        for (json& each : evidence["answers"]) {
            if (each.contains("texts") || each.contains("addresses") || each.contains("exchanges"))
                with_data.push_back(&each);
        }
        if (with_data.empty()) return std::nullopt;
        json& chosen = *with_data[random.below(static_cast<unsigned>(with_data.size()))];
        Altered out{chosen["name"], type_of(chosen["type"]), {}};
        out.answer = *zone.lookup({out.name, out.type});
        if (chosen.contains("texts")) {
            alter_text(chosen["texts"], out.answer.texts, random);
        } else if (chosen.contains("addresses")) {
            alter_address(chosen["addresses"], out.answer.addresses, random);
        } else {
            alter_host(chosen["exchanges"], out.answer.exchanges, random);
        }
        return out;
    }

private:
    static spf::dns::RecordType type_of(const std::string& name) {
        return *std::find_if(spf::dns::record_types.begin(), spf::dns::record_types.end(),
                             [&](auto type) { return spf::dns::to_string(type) == name; });
    }
    /// Returns another octet than `old`, often one that keeps the syntax of a record.
    static char other(char old, Case& random, bool any) {
        static constexpr std::string_view likely = "0123456789abcdefghm";
        char out = old;
        while (out == old) {
            out = any && random.below(3) == 0
                      ? static_cast<char>(' ' + random.below(95))
                      : likely[random.below(static_cast<unsigned>(likely.size()))];
        }
        return out;
    }
    static void alter_text(json& kept, std::vector<std::string>& texts, Case& random) {
        // The server and the program may have them in another order.
        const unsigned index = random.below(static_cast<unsigned>(texts.size()));
        const auto found = std::find(kept.begin(), kept.end(), texts[index]);
        REQUIRE(found != kept.end());
        char& octet = texts[index][random.below(static_cast<unsigned>(texts[index].size()))];
        octet = other(octet, random, true);
        *found = texts[index];
    }
    static void alter_address(json& kept, std::vector<spf::IpAddress>& addresses, Case& random) {
        spf::IpAddress& address = addresses[random.below(static_cast<unsigned>(addresses.size()))];
        const auto found = std::find(kept.begin(), kept.end(), address.to_string());
        REQUIRE(found != kept.end());
        address = spf::IpAddress::v6(address.high(), address.low() ^ (1 + random.below(255)));
        *found = address.to_string();
    }
    static void alter_host(json& kept, std::vector<spf::dns::MailExchange>& exchanges,
                           Case& random) {
        spf::dns::MailExchange& chosen =
            exchanges[random.below(static_cast<unsigned>(exchanges.size()))];
        const auto found = std::find_if(kept.begin(), kept.end(), [&](const json& each) {
            return each["host"] == chosen.host;
        });
        REQUIRE(found != kept.end());
        char* octet = &chosen.host[random.below(static_cast<unsigned>(chosen.host.size()))];
        if (*octet == '.') ++octet;
        *octet = other(*octet, random, false);
        (*found)["host"] = chosen.host;
    }
};

/// Counts what became of the alterations.
struct Counts {
    unsigned commands = 0;
    unsigned mattered = 0;
    unsigned noticed = 0;
    unsigned answers = 0;
};

json read(const std::string& path) {
    std::ifstream file(path);
    return json::parse(file, nullptr, false);
}

Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

std::string to_text(const Words& words) {
    std::string out = "spfcheck";
    for (const std::string& word : words) out += " '" + word + '\'';
    return out;
}

class Trial {
public:
    void run(unsigned seed, Kind kind) {
        Case random(seed, kind);
        server_.serve(random.zone());
        const Words command = with(random.command(), {"--nameserver", server_.address()});
        const std::string path = (folder_.path() / (std::to_string(seed) + ".json")).string();
        CAPTURE(seed, to_text(command));
        const Run run = cli_test::spfcheck(with(command, {"--evidence", path}));
        INFO(run.out << run.err);
        REQUIRE(run.status < 64);
        const json evidence = read(path);
        REQUIRE(evidence.is_object());
        ++counts_.commands;
        counts_.answers += static_cast<unsigned>(evidence["answers"].size());
        check_that_it_is_the_result(command, run, evidence);
        check_that_it_reproduces(path);
        check_that_an_octet_is_noticed(command, evidence, path, random);
        std::filesystem::remove(path);
    }
    [[nodiscard]] const Counts& counts() const { return counts_; }

private:
    static void check_that_it_is_the_result(const Words& command, const Run& run,
                                            const json& evidence) {
        const Run plain = cli_test::spfcheck(with(command, {"--json"}));
        INFO(plain.err);
        CHECK(json::parse(plain.out, nullptr, false) == evidence["result"]);
        CHECK(plain.status == run.status);
        CHECK(evidence["exit_status"] == run.status);
    }
    static void check_that_it_reproduces(const std::string& path) {
        const Run again = cli_test::spfcheck({"verify", path, "--json"});
        INFO(again.err);
        const json verified = json::parse(again.out, nullptr, false);
        REQUIRE(verified.is_object());
        CHECK(again.status == 0);
        CHECK(verified["changes"] == json::array());
        CHECK(verified["missing"] == 0);
    }
    void check_that_an_octet_is_noticed(const Words& command, json evidence,
                                        const std::string& path, Case& random) {
        const json before = evidence["answers"];
        auto altered = Alteration::make(evidence, random.zone(), random);
        if (!altered) return;
        const json patch = json::diff(before, evidence["answers"]);
        server_.serve(random.zone(), std::move(altered));
        const Run other = cli_test::spfcheck(with(command, {"--json"}));
        const bool mattered = other.status != evidence["exit_status"] ||
                              json::parse(other.out, nullptr, false) != evidence["result"];
        std::ofstream(path) << evidence;
        const Run again = cli_test::spfcheck({"verify", path, "--json"});
        const json verified = json::parse(again.out, nullptr, false);
        REQUIRE(verified.is_object());
        CAPTURE(patch.dump(), before.dump(), mattered, verified["missing"], verified["changes"]);
        if (mattered) ++counts_.mattered;
        if (again.status == 1) ++counts_.noticed;
        // Another answer may lead to questions that were never asked.
        if (verified["missing"] == 0) {
            CHECK(again.status == (mattered ? 1 : 0));
        } else {
            CHECK(again.status == 1);
        }
    }

    spf::test::TemporaryFolder folder_;
    Server server_;
    Counts counts_;
};

void run_all(Kind kind) {
    const unsigned count =
        std::getenv("SPF_EVIDENCE_ALL") != nullptr ? 5'000 : SPF_EVIDENCE_COMMANDS;
    Trial trial;
    for (unsigned seed = 1; seed <= count; ++seed) trial.run(seed, kind);
    const Counts& counts = trial.counts();
    CHECK(counts.mattered > count / 4);
    CHECK(counts.noticed >= counts.mattered);
    std::cout << counts.commands << " commands with " << counts.answers << " answers; "
              << counts.mattered << " altered octets mattered, " << counts.noticed
              << " were noticed\n";
}

}  // namespace

TEST_CASE("evidence of random checks is reproduced, and an altered octet that matters is noticed",
          "[cares][evidence][random]") {
    run_all(Kind::check);
}

TEST_CASE("evidence of random lints and proposals is reproduced, and an altered octet noticed",
          "[cares][evidence][random]") {
    run_all(Kind::analysis);
}
