#include "spf/evaluation/evaluation.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"

namespace {

using spf::Evaluation;
using spf::Result;
using spf::dns::Question;
using spf::dns::RecordType;
using spf::dns::Status;
using std::chrono::seconds;
using Code = spf::Problem::Code;

spf::Request request_of(std::string_view ip = "192.0.2.1",
                        std::string_view mail_from = "ann@example.com") {
    spf::Request request;
    request.ip = *spf::IpAddress::parse(ip);
    request.mail_from = mail_from;
    request.helo = "mx.example.org";
    return request;
}

/// Two includes, an mx with two hosts, and an explanation.
spf::ZoneResolver some_zone() {
    spf::ZoneResolver zone;
    zone.add_txt("example.com",
                 "v=spf1 include:a.example include:b.example mx exists:%{i}.x.example -all "
                 "exp=why.example.com",
                 seconds(500));
    zone.add_txt("a.example", "v=spf1 ip4:198.51.100.1 -all", seconds(400));
    zone.add_txt("b.example", "v=spf1 a:c.example -all", seconds(300));
    zone.add_a("c.example", *spf::IpAddress::parse("198.51.100.2"), seconds(200));
    zone.add_mx("example.com", 10, "m1.example", seconds(150));
    zone.add_mx("example.com", 20, "m2.example", seconds(150));
    zone.add_a("m1.example", *spf::IpAddress::parse("198.51.100.3"), seconds(140));
    zone.add_a("m2.example", *spf::IpAddress::parse("198.51.100.4"), seconds(130));
    zone.add_a("192.0.2.2.x.example", *spf::IpAddress::parse("127.0.0.2"), seconds(120));
    zone.add_a("1.x.example", *spf::IpAddress::parse("127.0.0.2"));
    zone.add_soa("x.example", seconds(110), seconds(110));
    zone.add_txt("why.example.com", "because", seconds(100));
    return zone;
}

std::string text_of(const Question& question) {
    return std::string(to_string(question.type)) + " " + std::string(question.name);
}

/// The questions of the whole check, in order.
std::vector<std::string> questions_of(spf::ZoneResolver& zone, Evaluation& check) {
    std::vector<std::string> questions;
    while (!check.done()) {
        questions.push_back(text_of(check.pending()));
        check.answer(zone.resolve(check.pending()));
    }
    return questions;
}

/// Answers `count` questions.
void advance(Evaluation& check, spf::ZoneResolver& zone, std::size_t count) {
    for (; count > 0; --count) {
        REQUIRE_FALSE(check.done());
        check.answer(zone.resolve(check.pending()));
    }
}

}  // namespace

TEST_CASE("an empty evaluation is done with none", "[evaluation]") {
    Evaluation check;
    CHECK(check.done());
    CHECK(check.outcome().result == Result::none);
    CHECK(check.hints().empty());
    check.expire();
    CHECK(check.done());
}

TEST_CASE("an evaluation asks one question after the other", "[evaluation][rfc7208-4]") {
    auto zone = some_zone();
    Evaluation check{request_of()};
    CHECK(questions_of(zone, check) ==
          std::vector<std::string>{"TXT example.com", "TXT a.example", "TXT b.example",
                                   "A c.example", "MX example.com", "A m1.example", "A m2.example",
                                   "A 192.0.2.1.x.example", "TXT why.example.com"});
    CHECK(check.outcome().result == Result::fail);
    CHECK(check.outcome().explanation == "because");
}

TEST_CASE("an evaluation with a malformed domain is done at once", "[evaluation][rfc7208-4.3]") {
    const Evaluation check{request_of("192.0.2.1", "ann@com")};
    CHECK(check.done());
    CHECK(check.outcome().result == Result::none);
}

TEST_CASE("a pending question stays until it is answered", "[evaluation]") {
    auto zone = some_zone();
    Evaluation check{request_of()};
    const Question first = check.pending();
    CHECK(check.pending() == first);
    CHECK(text_of(check.pending()) == "TXT example.com");
    advance(check, zone, 1);
    CHECK(text_of(check.pending()) == "TXT a.example");
}

TEST_CASE("an answer to another question than the pending one is not taken", "[evaluation]") {
    auto zone = some_zone();
    Evaluation check{request_of()};
    const std::string first(check.pending().name);
    const auto late = zone.lookup(check.pending());
    CHECK(check.answer({.name = first}, late));
    CHECK(check.pending().name == "a.example");
    CHECK_FALSE(check.answer({.name = first}, late));
    CHECK_FALSE(check.answer({.name = "a.example", .type = RecordType::a}, late));
    CHECK(check.pending().name == "a.example");
    CHECK(check.answer({.name = "a.example", .deadline = {}}, zone.lookup(check.pending())));
    CHECK(check.pending().name == "b.example");
    CHECK(check.answer(check.pending(), zone.lookup(check.pending())));
    CHECK(check.pending().name == "c.example");
    const std::string last(check.pending().name);
    check.expire();
    CHECK_FALSE(check.answer({.name = last, .type = RecordType::a}, nullptr));
    CHECK(check.outcome().result == Result::temperror);
    CHECK_FALSE(Evaluation().answer({.name = first}, late));
}

TEST_CASE("an evaluation copies its request", "[evaluation]") {
    auto zone = some_zone();
    std::optional<std::string> sender = "ann@example.com";
    std::optional<std::string> helo = "mx.example.org";
    auto request = request_of();
    request.mail_from = *sender;
    request.helo = *helo;
    Evaluation check{request};
    sender->assign(sender->size(), '!');
    helo->assign(helo->size(), '!');
    sender.reset();
    helo.reset();
    questions_of(zone, check);
    CHECK(check.outcome().sender == "ann@example.com");
    CHECK(check.outcome().helo == "mx.example.org");
}

TEST_CASE("a deadline at any question ends in temperror", "[evaluation][rfc7208-4.6.4]") {
    auto zone = some_zone();
    for (std::size_t answered = 0; answered < 8; ++answered) {
        Evaluation check{request_of()};
        advance(check, zone, answered);
        const std::string asked = text_of(check.pending());
        check.expire();
        CAPTURE(answered, asked);
        REQUIRE(check.done());
        const auto& outcome = check.outcome();
        CHECK(outcome.result == Result::temperror);
        REQUIRE(outcome.problem);
        CHECK(outcome.problem->code == Code::deadline);
        CHECK(std::string(to_string(outcome.problem->type)) + " " + outcome.problem->domain ==
              asked);
        CHECK(outcome.mechanism.empty());
        CHECK(outcome.ttl == seconds(0));
        CHECK(check.hints().empty());
    }
}

TEST_CASE("a deadline while the explanation is fetched leaves the fail",
          "[evaluation][rfc7208-4.6.4][rfc7208-6.2]") {
    auto zone = some_zone();
    Evaluation check{request_of()};
    advance(check, zone, 8);
    CHECK(text_of(check.pending()) == "TXT why.example.com");
    check.expire();
    REQUIRE(check.done());
    CHECK(check.outcome().result == Result::fail);
    CHECK(check.outcome().mechanism == "-all");
    CHECK(check.outcome().explanation.empty());
    CHECK_FALSE(check.outcome().problem);
}

TEST_CASE("a deadline after the end changes nothing", "[evaluation]") {
    auto zone = some_zone();
    Evaluation check{request_of()};
    questions_of(zone, check);
    check.expire();
    CHECK(check.outcome().result == Result::fail);
    CHECK(check.outcome().explanation == "because");
}

TEST_CASE("an evaluation can be reset at any question", "[evaluation]") {
    auto zone = some_zone();
    for (std::size_t answered = 0; answered <= 9; ++answered) {
        Evaluation check{request_of()};
        advance(check, zone, answered);
        check.reset(request_of("192.0.2.2"));
        questions_of(zone, check);
        CHECK(check.outcome().result == Result::pass);
        CHECK(check.outcome().mechanism == "exists:%{i}.x.example");
        CHECK(check.outcome().explanation.empty());
        CHECK(check.outcome().dns_lookups == 5);
    }
}

TEST_CASE("an evaluation can be dropped at any question", "[evaluation]") {
    auto zone = some_zone();
    for (std::size_t answered = 0; answered <= 9; ++answered) {
        Evaluation check{request_of()};
        advance(check, zone, answered);
    }
}

TEST_CASE("an evaluation can be moved at any question", "[evaluation]") {
    auto zone = some_zone();
    for (std::size_t answered = 0; answered <= 9; ++answered) {
        Evaluation check{request_of()};
        advance(check, zone, answered);
        Evaluation moved{std::move(check)};
        Evaluation assigned;
        assigned = std::move(moved);
        questions_of(zone, assigned);
        CHECK(assigned.outcome().result == Result::fail);
        // An Evaluation that was moved from can be used again.
        check.reset(request_of("192.0.2.2"));
        questions_of(zone, check);
        CHECK(check.outcome().result == Result::pass);
    }
}

TEST_CASE("an outcome can be moved out", "[evaluation]") {
    auto zone = some_zone();
    Evaluation check{request_of()};
    questions_of(zone, check);
    const spf::Outcome outcome = std::move(check).outcome();
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.domain == "example.com");
}

TEST_CASE("the answer of a question may die before the next one is asked", "[evaluation]") {
    auto zone = some_zone();
    Evaluation check{request_of()};
    while (!check.done()) {
        auto copy = std::make_shared<spf::dns::Answer>(*zone.resolve(check.pending()));
        copy->selected = nullptr;
        check.answer(std::move(copy));  // the only owner
    }
    CHECK(check.outcome().result == Result::fail);
    CHECK(check.outcome().explanation == "because");
}

TEST_CASE("the domain of a nested check stays what it was expanded to", "[evaluation][rfc7208-7]") {
    const auto term = GENERATE(as<std::string>(), "include:%{l}.%{d}", "redirect=%{l}.%{d}");
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 " + term);
    zone.add_txt("ann.example.com", "v=spf1 exists:%{i}.%{d} exists:%{h}.%{d} a ?all");
    Evaluation check{request_of()};
    CHECK(questions_of(zone, check) ==
          std::vector<std::string>{"TXT example.com", "TXT ann.example.com",
                                   "A 192.0.2.1.ann.example.com",
                                   "A mx.example.org.ann.example.com", "A ann.example.com"});
}

TEST_CASE("hints are off unless they are asked for", "[evaluation]") {
    auto zone = some_zone();
    Evaluation check{request_of()};
    while (!check.done()) {
        CHECK(check.hints().empty());
        check.answer(zone.resolve(check.pending()));
    }
}

TEST_CASE("hints name what will probably be asked", "[evaluation]") {
    auto zone = some_zone();
    spf::Options options;
    options.hints = true;
    Evaluation check{request_of(), options};
    std::map<std::string, int> hinted;
    std::vector<std::string> asked;
    while (!check.done()) {
        for (const Question& hint : check.hints()) ++hinted[text_of(hint)];
        asked.push_back(text_of(check.pending()));
        check.answer(zone.resolve(check.pending()));
    }
    for (const auto& [question, count] : hinted) {
        CAPTURE(question);
        CHECK(count == 1);
        CHECK(std::find(asked.begin(), asked.end(), question) != asked.end());
    }
    CHECK(hinted.count("TXT b.example") == 1);
    CHECK(hinted.count("A m2.example") == 1);
}

TEST_CASE("hints are bounded however many terms a record has", "[evaluation]") {
    spf::ZoneResolver zone;
    std::string record = "v=spf1";
    for (int i = 0; i < 3000; ++i) record += " include:i" + std::to_string(i) + ".example";
    zone.add_txt("example.com", record);
    spf::Options options;
    options.hints = true;
    Evaluation check{request_of(), options};
    advance(check, zone, 1);
    CHECK(check.hints().size() <= 10);
}

TEST_CASE("the hints of all records together name no more terms than may be evaluated",
          "[evaluation][rfc7208-4.6.4]") {
    spf::ZoneResolver zone;
    for (int i = 0; i < 10; ++i) {
        std::string record = "v=spf1 include:n" + std::to_string(i + 1) + ".example";
        for (int k = 0; k < 9; ++k)
            record += " a:x" + std::to_string(i) + std::to_string(k) + ".victim.example";
        zone.add_txt(i == 0 ? "example.com" : "n" + std::to_string(i) + ".example", record);
    }
    spf::Options options;
    options.hints = true;
    Evaluation check{request_of(), options};
    std::size_t hinted = 0;
    while (!check.done()) {
        hinted += check.hints().size();
        check.answer(zone.resolve(check.pending()));
    }
    CHECK(hinted == 10);
}

TEST_CASE("a list of hints has no question twice", "[evaluation]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 a:h.example exists:h.example a:h.example -all");
    spf::Options options;
    options.hints = true;
    Evaluation check{request_of(), options};
    advance(check, zone, 1);
    CHECK(check.hints().size() == 1);
}

TEST_CASE("a record that has ended without a question leaves no hints", "[evaluation]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 include:a.example a:next.example -all");
    zone.add_txt("a.example", "v=spf1 -ip4:192.0.2.1 a:never.example -all");
    spf::Options options;
    options.hints = true;
    Evaluation check{request_of(), options};
    advance(check, zone, 2);
    CHECK(text_of(check.pending()) == "A next.example");
    CHECK(check.hints().empty());  // a.example's answer, which they would point into, may be gone
}

TEST_CASE("an outcome may be kept as long as the shortest-lived answer",
          "[evaluation][rfc7208-7.3]") {
    const auto [ip, ttl] = GENERATE(table<std::string, int>({{"198.51.100.1", 400},
                                                             {"198.51.100.2", 200},
                                                             {"198.51.100.3", 140},
                                                             {"198.51.100.4", 130},
                                                             {"192.0.2.2", 120},
                                                             {"192.0.2.1", 100}}));
    CAPTURE(ip);
    auto zone = some_zone();
    CHECK(check_host(request_of(ip), zone).ttl == seconds(ttl));
}

TEST_CASE("an outcome with a failed lookup may not be kept", "[evaluation]") {
    auto zone = some_zone();
    zone.set_status("a.example", RecordType::txt, Status::servfail);
    CHECK(check_host(request_of(), zone).ttl == seconds(0));
    spf::ZoneResolver nothing;
    CHECK(check_host(request_of(), nothing).ttl == seconds(0));
    CHECK(check_host(request_of("192.0.2.1", "ann@com"), nothing).ttl == seconds(0));
}

TEST_CASE("a trace is empty unless it is asked for", "[evaluation][trace]") {
    auto zone = some_zone();
    CHECK(check_host(request_of(), zone).trace.empty());
}

TEST_CASE("a trace is the tree of what was evaluated, in order", "[evaluation][trace]") {
    using Kind = spf::Step::Kind;
    using Match = spf::Step::Match;
    auto zone = some_zone();
    spf::Options options;
    options.trace = true;
    const auto outcome = check_host(request_of(), zone, options);
    const auto& trace = outcome.trace;
    REQUIRE_FALSE(trace.empty());
    CHECK(trace.front().kind == Kind::check_host);
    CHECK(trace.front().depth == 0);
    CHECK(trace.front().domain == "example.com");
    CHECK(trace.front().result == Result::fail);
    CHECK(trace.front().text.starts_with("v=spf1 include:a.example"));
    for (std::size_t i = 1; i < trace.size(); ++i) {
        CHECK(trace[i].depth >= 1);
        CHECK(trace[i].depth <= trace[i - 1].depth + 1);  // preorder
    }

    std::string directives;
    std::string checks;
    std::size_t lookups = 0;
    std::size_t explanations = 0;
    for (const auto& step : trace) {
        if (step.kind == Kind::directive)
            directives +=
                std::to_string(step.depth) + step.text + (step.match == Match::match ? "! " : " ");
        if (step.kind == Kind::check_host)
            checks += step.domain + "=" + std::string(to_string(step.result)) + " ";
        lookups += step.kind == Kind::lookup ? 1 : 0;
        explanations += step.kind == Kind::explanation ? 1 : 0;
    }
    CHECK(directives ==
          "1include:a.example 3ip4:198.51.100.1 3-all! 1include:b.example 3a:c.example 3-all! 1mx "
          "1exists:%{i}.x.example 1-all! ");
    CHECK(checks == "example.com=fail a.example=fail b.example=fail ");
    CHECK(lookups == 9);
    CHECK(explanations == 1);
}

TEST_CASE("a trace shows a redirect and what failed", "[evaluation][trace]") {
    using Kind = spf::Step::Kind;
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 redirect=_spf.%{d}");
    zone.add_txt("_spf.example.com", "v=spf1 a:bad.example -all");
    zone.set_status("bad.example", RecordType::a, Status::timeout);
    spf::Options options;
    options.trace = true;
    const auto outcome = check_host(request_of(), zone, options);
    CHECK(outcome.result == Result::temperror);
    bool redirected = false;
    bool excepted = false;
    bool failed = false;
    for (const auto& step : outcome.trace) {
        redirected =
            redirected || (step.kind == Kind::redirect && step.domain == "_spf.example.com" &&
                           step.text == "redirect=_spf.%{d}");
        excepted =
            excepted || (step.kind == Kind::directive && step.match == spf::Step::Match::exception);
        failed = failed || (step.kind == Kind::lookup && step.status == Status::timeout &&
                            step.domain == "bad.example");
        if (step.kind == Kind::check_host) CHECK(step.result == Result::temperror);
    }
    CHECK(redirected);
    CHECK(excepted);
    CHECK(failed);
}

TEST_CASE("a trace ends where the deadline cut it", "[evaluation][trace]") {
    auto zone = some_zone();
    spf::Options options;
    options.trace = true;
    Evaluation check{request_of(), options};
    advance(check, zone, 3);
    check.expire();
    CHECK(check.outcome().trace.size() > 3);
    CHECK(check.outcome().result == Result::temperror);
}
