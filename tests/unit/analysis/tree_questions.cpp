// Asking for the tree of a domain's records with all independent questions in flight.

#include "spf/analysis/tree_questions.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "spf/analysis/authorize.hpp"
#include "spf/analysis/flatten.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/lint/domain.hpp"
#include "spf/record/select.hpp"
#include "support/catch.hpp"
#include "support/counting_zone.hpp"
#include "support/networks.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::ZoneResolver;
using spf::analysis::FetchedAnswers;
using spf::analysis::TreeQuestions;
using spf::dns::Question;
using spf::dns::RecordType;
using spf::test::ip;

/// Answers all known questions, and those to which the answers lead.
/// \return the number of round trips, if all questions that are known are asked at once
std::size_t rounds(TreeQuestions& questions, spf::dns::Resolver& resolver) {
    std::size_t count = 0;
    for (; !questions.done(); ++count) {
        std::vector<Question> asked;
        while (const auto question = questions.next()) asked.push_back(*question);
        for (const Question& each : asked) questions.answer(each, resolver.resolve(each));
    }
    return count;
}

std::vector<std::string> asked_by(TreeQuestions& questions) {
    std::vector<std::string> out;
    while (const auto question = questions.next()) {
        out.push_back(std::string(to_string(question->type)) + ' ' + std::string(question->name));
    }
    return out;
}

using Analysis = std::function<std::string(spf::dns::Resolver&)>;

/// Runs an analysis until it has all answers. Adds the number of round trips to `count`.
std::string run(const Analysis& analysis, TreeQuestions& questions, spf::dns::Resolver& resolver,
                std::size_t& count) {
    for (unsigned i = 0; i < 100; ++i) {
        count += rounds(questions, resolver);
        FetchedAnswers answers(questions, &resolver);
        std::string out = analysis(answers);
        if (answers.is_complete()) return out;
    }
    return "never complete";
}

std::string dump(const spf::analysis::NetworkMap& map) {
    std::string out = map.domain + ' ' + std::to_string(map.dns_lookups) + ' ' +
                      std::to_string(map.void_lookups) + ' ' + std::to_string(map.ttl.count()) +
                      (map.is_too_large ? " too large" : "") + '\n';
    for (const auto& each : map.ranges) {
        const spf::analysis::Decision& decision = map.decisions[each.decision];
        out += each.range.first.to_string() + '-' + each.range.last.to_string() + ' ' +
               std::string(to_string(decision.result)) + ' ' + decision.mechanism + ' ' +
               decision.mechanism_domain + ' ' + decision.source + ' ' + decision.source_domain +
               ' ' + std::to_string(decision.dns_lookups) + ' ' +
               std::to_string(decision.void_lookups);
        if (decision.depends_on) out += ' ' + map.not_enumerable[*decision.depends_on].term;
        if (decision.cause) out += ' ' + map.problems[*decision.cause].message();
        out += '\n';
    }
    return out;
}

std::string networks_of(spf::dns::Resolver& resolver) {
    return dump(spf::analysis::map_networks("d0.example", resolver));
}

std::string flattened(spf::dns::Resolver& resolver) {
    const auto flat = spf::analysis::flatten("d0.example", resolver);
    if (!flat) {
        return std::string(flat.error().message()) +
               (flat.error().problem ? flat.error().problem->message() : "");
    }
    std::string out;
    for (const auto& each : flat->records) out += each.name + ' ' + each.record + '\n';
    for (const auto& each : flat->kept) out += each + '\n';
    return out;
}

std::string findings(spf::dns::Resolver& resolver) {
    const auto lint = spf::lint::lint_domain("d0.example", resolver);
    std::string out = lint.record + ' ' + std::to_string(lint.dns_lookups) + '\n';
    for (const auto& each : lint.findings) out += each.domain + ' ' + each.message() + '\n';
    return out;
}

std::string authorized(spf::dns::Resolver& resolver) {
    std::vector<spf::analysis::Relay> relays;
    for (const char* text : {"192.0.2.7", "h1.example", "include:d4.example"})
        relays.push_back(*spf::analysis::Relay::parse(text));
    const auto found = spf::analysis::authorize("d0.example", relays, resolver);
    if (!found) return found.error().message();
    std::string out = found->record + '\n';
    for (const auto& each : found->relays) {
        out += each.relay.text + ' ' + std::string(to_string(each.status)) + ' ' +
               spf::test::dump(each.missing) + (each.problem ? each.problem->message() : "") + '\n';
    }
    if (found->proposal) out += found->proposal->name + ' ' + found->proposal->record + '\n';
    for (const auto& each : found->alternatives) out += each.name + ' ' + each.record + '\n';
    return out + (found->problem ? found->problem->message() : "");
}

/// A tree of 84 questions, in which five answers depend on each other: TXT, TXT, TXT, MX, A.
ZoneResolver large_tree() {
    ZoneResolver zone;
    std::string root = "v=spf1";
    for (int i = 0; i < 5; ++i) {
        const std::string name = "i" + std::to_string(i) + ".example";
        root += " include:" + name;
        std::string text = "v=spf1";
        for (int k = 0; k < 5; ++k) {
            const std::string host = "h" + std::to_string(k) + '.' + name;
            text += " a:" + host;
            zone.add_a(host, spf::IpAddress::v4({192, 0, static_cast<std::uint8_t>(i),
                                                 static_cast<std::uint8_t>(k)}));
        }
        zone.add_txt(name, text + " include:deep." + name + " -all");
        zone.add_txt("deep." + name, "v=spf1 mx:" + name + " -all");
        zone.add_mx(name, 10, "mx." + name);
        zone.add_a("mx." + name, ip("203.0.113.1"));
    }
    zone.add_txt("d0.example", root + " a mx a:x.example a:y.example a:z.example -all");
    return zone;
}

}  // namespace

TEST_CASE("all questions of a record are known as soon as the record is", "[tree_questions]") {
    ZoneResolver zone;
    zone.add_txt("example.com",
                 "v=spf1 include:one.example a:host.example mx exists:%{d}.list.example "
                 "ip4:192.0.2.1 ptr exists:%{i}.list.example redirect=two.example");
    TreeQuestions questions;
    questions.add_domain("EXAMPLE.com.");
    CHECK(asked_by(questions) == std::vector<std::string>{"TXT example.com"});
    CHECK(questions.missing() == 1);
    const Question root{"example.com", RecordType::txt};
    questions.answer(root, zone.lookup(root));
    CHECK(asked_by(questions) == std::vector<std::string>{"TXT one.example", "A host.example",
                                                          "AAAA host.example", "MX example.com",
                                                          "A example.com.list.example",
                                                          "TXT two.example"});
    CHECK(questions.missing() == 6);
    CHECK(questions.size() == 7);
    CHECK(questions.awaited()->name == "one.example");
}

TEST_CASE("terms after `all`, and a redirect that it overrules, are not asked for",
          "[tree_questions][rfc7208-5.1]") {
    ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 a:one.example -all a:two.example redirect=three.example");
    TreeQuestions questions;
    questions.add_domain("example.com");
    rounds(questions, zone);
    CHECK(questions.find({"one.example", RecordType::a}) != nullptr);
    CHECK(questions.find({"two.example", RecordType::a}) == nullptr);
    CHECK(questions.find({"three.example", RecordType::txt}) == nullptr);
}

TEST_CASE("the addresses of mail exchanges are asked for when the exchanges are known",
          "[tree_questions][rfc7208-5.4]") {
    ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 mx -all");
    zone.add_mx("example.com", 10, "MX1.example.com");
    zone.add_mx("example.com", 20, "mx2.example.com");
    TreeQuestions questions;
    questions.add_domain("example.com");
    CHECK(rounds(questions, zone) == 3);
    CHECK(questions.find({"mx1.example.com", RecordType::a}) != nullptr);
    CHECK(questions.find({"mx2.example.com", RecordType::aaaa}) != nullptr);
}

TEST_CASE("a tree is fetched in as many rounds as it is deep, whatever its width",
          "[tree_questions]") {
    const ZoneResolver zone = large_tree();
    spf::test::CountingZone counting(zone);
    for (const Analysis& analysis :
         {Analysis(networks_of), Analysis(flattened), Analysis(findings), Analysis(authorized)}) {
        counting.asked = 0;
        TreeQuestions questions;
        questions.add_domain("d0.example");
        std::size_t count = 0;
        run(analysis, questions, counting, count);
        CHECK(counting.asked == questions.size());
        CHECK(counting.asked >= 84);
        CHECK(count <= 5 + 3);  // lint and authorize() ask a few questions that only they can know
    }
}

TEST_CASE("questions that depend on the client are asked together, too",
          "[tree_questions][rfc7208-7]") {
    ZoneResolver zone;
    std::string record = "v=spf1";
    for (int i = 0; i < 50; ++i) record += " ip4:192.0." + std::to_string(2 * i) + ".0/24";
    zone.add_txt("d0.example", record + " exists:%{i}.list.example -all");
    spf::test::CountingZone counting(zone);
    TreeQuestions questions;
    questions.add_domain("d0.example");
    std::size_t count = 0;
    CHECK(run(networks_of, questions, counting, count) == networks_of(zone));
    CHECK(counting.asked > 50);
    CHECK(count == 2);
}

TEST_CASE("no result changes when answers are fetched in advance", "[tree_questions][random]") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        spf::test::RandomTree tree(seed, {.errors = seed % 3 != 0, .dependent = seed % 2 == 0});
        for (const Analysis& analysis : {Analysis(networks_of), Analysis(flattened),
                                         Analysis(findings), Analysis(authorized)}) {
            TreeQuestions questions;
            questions.add_domain("d0.example");
            std::size_t count = 0;
            CHECK(run(analysis, questions, tree.zone, count) == analysis(tree.zone));
        }
    }
}

TEST_CASE("no result changes when the limits are reached", "[tree_questions]") {
    const ZoneResolver zone = large_tree();
    ZoneResolver direct = large_tree();
    for (const std::size_t most : {0U, 1U, 5U, 20U}) {
        spf::test::CountingZone counting(zone);
        TreeQuestions questions({.most_records = most, .most_names = most});
        questions.add_domain("d0.example");
        std::size_t count = 0;
        CHECK(run(networks_of, questions, counting, count) == networks_of(direct));
        CHECK(questions.is_full());
        CHECK(questions.size() <= 2 * most);
    }
}

TEST_CASE("a question beyond the limits gets an error if nobody else can answer it",
          "[tree_questions]") {
    TreeQuestions questions({.most_records = 1, .most_names = 0});
    FetchedAnswers answers(questions);
    CHECK(answers.resolve({"example.com", RecordType::txt})->status == spf::dns::Status::error);
    CHECK(answers.is_complete());
    CHECK(questions.size() == 0);
}

TEST_CASE("the order of the answers does not matter", "[tree_questions]") {
    const ZoneResolver zone = large_tree();
    std::vector<std::string> expected;
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        TreeQuestions questions;
        questions.add_domain("d0.example");
        std::vector<Question> open;
        std::vector<std::string> all;
        while (!questions.done()) {
            while (const auto question = questions.next()) {
                open.push_back(*question);
                all.push_back(std::string(to_string(question->type)) + std::string(question->name));
            }
            std::swap(open[random() % open.size()], open.back());
            questions.answer(open.back(), zone.lookup(open.back()));
            open.pop_back();
        }
        std::sort(all.begin(), all.end());
        CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
        if (seed == 0) expected = all;
        CHECK(all == expected);
    }
}

TEST_CASE("answers that nobody asked for are ignored", "[tree_questions]") {
    TreeQuestions questions;
    questions.add_domain("example.com");
    const Question root{"example.com", RecordType::txt};
    questions.answer({"other.example", RecordType::txt}, spf::published_answer("v=spf1 a -all"));
    questions.answer({"example.com", RecordType::a}, nullptr);
    CHECK(questions.missing() == 1);
    questions.answer(root, nullptr);
    CHECK(questions.done());
    CHECK(questions.find(root)->status == spf::dns::Status::error);
    questions.answer(root, spf::published_answer("v=spf1 a -all"));
    CHECK(questions.done());
    CHECK(questions.size() == 1);
}

TEST_CASE("a record that is not published yet is followed without a question for it",
          "[tree_questions]") {
    TreeQuestions questions;
    questions.add_record("example.com", "v=spf1 a include:%{d1}.example -all");
    questions.add_record("example.com", "not a record");
    CHECK(asked_by(questions) ==
          std::vector<std::string>{"A example.com", "AAAA example.com", "TXT com.example"});
}

TEST_CASE("names that cannot be asked for are left out", "[tree_questions][rfc7208-4.3]") {
    TreeQuestions questions;
    questions.add_domain("localhost");
    questions.add_domain("a..b");
    questions.add_host("");
    const std::string label(64, 'a');
    questions.add_record("example.com", "v=spf1 a:%{d}." + label + ".com include:%{d1} ~all");
    CHECK(questions.done());
    CHECK(questions.size() == 0);
}

TEST_CASE("hostile trees end at the limits", "[tree_questions][rfc7208-11.1]") {
    ZoneResolver zone;
    std::string includes = "v=spf1";
    for (int i = 0; i < 10'000; ++i) includes += " include:i" + std::to_string(i) + ".example";
    zone.add_txt("wide.example", includes);
    std::string hosts = "v=spf1";
    for (int i = 0; i < 10'000; ++i) hosts += " mx:m" + std::to_string(i % 9) + ".example";
    for (int i = 0; i < 900; ++i) {
        zone.add_mx("m" + std::to_string(i % 9) + ".example", 10,
                    "h" + std::to_string(i) + ".example");
    }
    zone.add_txt("hosts.example", hosts);
    zone.add_txt("loop.example", "v=spf1 include:loop.example include:back.example");
    zone.add_txt("back.example", "v=spf1 redirect=loop.example");
    for (int i = 0; i < 1000; ++i) {
        zone.add_txt("c" + std::to_string(i) + ".example",
                     "v=spf1 include:c" + std::to_string(i + 1) + ".example");
    }
    zone.add_txt("grows.example", "v=spf1 include:x.%{d}");
    std::string name = "grows.example";
    while (name.size() < 300) {
        name = "x." + name;
        zone.add_txt(name, "v=spf1 include:x.%{d}");
    }
    const spf::analysis::TreeLimits limits;
    for (const char* root :
         {"wide.example", "hosts.example", "loop.example", "c0.example", "grows.example"}) {
        CAPTURE(root);
        TreeQuestions questions;
        questions.add_domain(root);
        CHECK(rounds(questions, zone) <= limits.most_records + 2);
        CHECK(questions.size() <= limits.most_records + limits.most_names);
    }
}
