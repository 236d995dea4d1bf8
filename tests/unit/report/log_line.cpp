// The line in which a server logs a decision. It is read here by a reader of logfmt that was
// written from the comment of log_line(), and by regular expressions that know no quotes.

#include "spf/report/log_line.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spf/base/printable.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/outcomes.hpp"

using namespace report_test;
using spf::Identity;
using spf::Result;
using spf::receiver::Action;
using spf::receiver::Decision;
using spf::receiver::Ground;
using spf::receiver::Session;
using spf::report::log_line;
using spf::report::log_pair;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::array keys{"action",  "demanded",     "ground",       "result",      "identity",
                          "domain",  "mechanism",    "client",       "helo",        "from",
                          "to",      "spf-helo",     "spf-mailfrom", "dns-lookups", "void-lookups",
                          "matched", "local-client", "problem",      "detail"};

/// Reads a value: up to a space, or in quotes with doubled backslashes. Returns nothing if the text
/// does not begin with a legal value.
std::optional<std::string> take_value(std::string_view& text) {
    std::string value;
    if (!text.starts_with('"')) {
        value = text.substr(0, text.find(' '));
        text.remove_prefix(value.size());
        if (value.find_first_of("\"=") != std::string::npos) return std::nullopt;
        return value;
    }
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
        if (text.front() == '\\') {
            if (!text.starts_with(R"(\\)")) return std::nullopt;
            text.remove_prefix(1);
        }
        value += text.front();
        text.remove_prefix(1);
    }
    if (text.empty()) return std::nullopt;
    text.remove_prefix(1);
    return value;
}

/// Returns the pairs of a line, or nothing if the line is not legal.
std::optional<Pairs> read(std::string_view line) {
    Pairs pairs;
    while (true) {
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        std::string key{line.substr(0, equals)};
        line.remove_prefix(equals + 1);
        const auto value = take_value(line);
        if (!value) return std::nullopt;
        pairs.emplace_back(std::move(key), *value);
        if (line.empty()) return pairs;
        if (!line.starts_with(' ')) return std::nullopt;
        line.remove_prefix(1);
    }
}

std::string value_of(const Pairs& pairs, std::string_view key) {
    for (const auto& [name, value] : pairs)
        if (name == key) return value;
    return "(absent)";
}

/// Returns whether the line has each of its keys once, in the documented order.
bool is_in_order(const Pairs& pairs) {
    std::size_t next = 0;
    for (const auto& [key, value] : pairs) {
        while (next < keys.size() && keys[next] != key) ++next;
        if (next++ == keys.size()) return false;
    }
    return true;
}

Session session() {
    return {.client = {.ip = spf::test::ip("192.0.2.10"), .helo = "mx.example.com"},
            .reverse_path = "<alice@example.com> SIZE=100",
            .recipient = "<bob@example.org>"};
}

Decision decision_of(Result result, Action action = Action::reject) {
    Decision decision;
    decision.verdict.action = action;
    decision.verdict.demanded = action;
    decision.mail.mail_from = outcome_of(result);
    decision.mail.mail_from->dns_lookups = 2;
    return decision;
}

/// Returns how often a text that looks like a key is found after a space.
std::size_t keys_for_regex(const std::string& line) {
    static const std::regex key{" [a-z-]+="};
    return static_cast<std::size_t>(
        std::distance(std::sregex_iterator(line.begin(), line.end(), key), std::sregex_iterator{}));
}

}  // namespace

TEST_CASE("a line says what was decided about which message, and why", "[report][log]") {
    Decision decision = decision_of(Result::fail);
    decision.mail.helo = outcome_of(Result::none);
    CHECK(log_line(session(), decision) ==
          "action=reject demanded=reject ground=result result=fail identity=mailfrom "
          "domain=example.com mechanism=-all client=192.0.2.10 helo=mx.example.com "
          "from=alice@example.com to=bob@example.org spf-helo=none spf-mailfrom=fail "
          "dns-lookups=2 void-lookups=0");
}

TEST_CASE("a line about a problem names its code, and describes it for people", "[report][log]") {
    const Decision decision = decision_of(Result::permerror, Action::mark);
    CHECK(log_line({.client = {.ip = spf::test::ip("2001:db8::1")}}, decision) ==
          "action=mark demanded=mark ground=result result=permerror identity=mailfrom "
          "domain=example.com client=2001:db8::1 from=<> spf-mailfrom=permerror dns-lookups=2 "
          "void-lookups=0 problem=syntax_error detail=\"the SPF record of example.com is broken at "
          "'ip4:192.0.2.0/33': an IPv4 prefix length must be a number from 0 to 32 "
          "without leading zero\"");
}

TEST_CASE("the result and its details are those of the identity that decided", "[report][log]") {
    Decision decision = decision_of(Result::neutral);
    decision.verdict.identity = Identity::helo;
    decision.mail.helo = outcome_of(Result::temperror);
    decision.mail.helo->identity = Identity::helo;
    decision.mail.helo->domain = "mx.example.com";
    decision.mail.helo->void_lookups = 1;
    const auto pairs = read(log_line(session(), decision));
    REQUIRE(pairs);
    CHECK(value_of(*pairs, "result") == "temperror");
    CHECK(value_of(*pairs, "identity") == "helo");
    CHECK(value_of(*pairs, "domain") == "mx.example.com");
    CHECK(value_of(*pairs, "spf-helo") == "temperror");
    CHECK(value_of(*pairs, "spf-mailfrom") == "neutral");
    CHECK(value_of(*pairs, "dns-lookups") == "0");
    CHECK(value_of(*pairs, "void-lookups") == "1");
    CHECK(value_of(*pairs, "problem") == "dns_failure");
}

TEST_CASE("a line has the word of Received-SPF if no directive matched", "[report][log]") {
    const auto pairs = read(log_line(session(), decision_of(Result::neutral)));
    REQUIRE(pairs);
    CHECK(value_of(*pairs, "mechanism") == "default");
}

TEST_CASE("a line about a message that was not checked has no results", "[report][log]") {
    Decision decision;
    decision.verdict.ground = Ground::network;
    decision.verdict.matched = "192.0.2.10";
    CHECK(log_line(session(), decision) ==
          "action=none demanded=none ground=network client=192.0.2.10 helo=mx.example.com "
          "from=alice@example.com to=bob@example.org matched=192.0.2.10");
}

TEST_CASE("a line shows a test, a relay and a local client", "[report][log]") {
    Decision decision = decision_of(Result::fail, Action::mark);
    decision.verdict.demanded = Action::reject;
    decision.verdict.ground = Ground::relay_host;
    decision.verdict.matched = "relay.example.net";
    decision.verdict.local_client = spf::special_range(spf::test::ip("10.0.0.7"));
    const std::string line = log_line(session(), decision);
    CHECK_THAT(line, Catch::StartsWith("action=mark demanded=reject ground=relay_host "));
    CHECK_THAT(line,
               Catch::EndsWith(" matched=relay.example.net local-client=\"private (RFC 1918)\""));
}

TEST_CASE("an address with = is quoted, and otherwise unchanged", "[report][log]") {
    CHECK(log_pair("from", "SRS0=ab=cd=example.com=ann@example.org") ==
          "from=\"SRS0=ab=cd=example.com=ann@example.org\"");
    CHECK(log_pair("from", "o'neil+list@example.org") == "from=o'neil+list@example.org");
}

TEST_CASE("an octet that would end a value is escaped, and a backslash in quotes is doubled",
          "[report][log]") {
    CHECK(log_pair("helo", "a b\"c\r\n\xff") == R"(helo=a\x20b\x22c\x0d\x0a\xff)");
    CHECK(log_pair("helo", R"(a\b)") == R"(helo=a\b)");
    CHECK(log_pair("helo", R"(a\b=c d)") == R"(helo="a\\b=c\\x20d")");
    CHECK(log_pair("queue-id", "") == "queue-id=");
}

TEST_CASE("a value is cut after 320 octets, never within an escape", "[report][log]") {
    const std::string digits(317, '1');
    CHECK(log_pair("helo", digits + "234") == "helo=" + digits + "234");
    CHECK(log_pair("helo", digits + "2345") == "helo=" + digits + "...");
    CHECK(log_pair("helo", std::string(315, 'a') + "\n\n") ==
          "helo=" + std::string(315, 'a') + "...");
    CHECK(log_pair("helo", "=" + std::string(314, 'a') + R"(\\\\)") ==
          "helo=\"=" + std::string(314, 'a') + R"(\\...")");
}

TEST_CASE("no untrusted text forges a line, a pair or a key", "[report][log][hostile]") {
    std::vector<std::string> texts = hostile_strings();
    for (const char* text : {"x client=198.51.100.1 y", " client=198.51.100.1 ",
                             "x\" client=198.51.100.1 y=\"", "\\\" client=198.51.100.1 ", "x\\",
                             "=", "= =", "a=b c=d", "\nreject client=198.51.100.1"})
        texts.emplace_back(text);
    for (const std::string& text : texts) {
        for (const Result result : all_results()) {
            CAPTURE(text.substr(0, 60), text.size(), to_string(result));
            Decision decision;
            decision.mail = {.helo = hostile_outcome(result, text),
                             .mail_from = hostile_outcome(result, text)};
            decision.verdict.matched = spf::printable(text, 320);
            const Session hostile{
                .client = {.ip = spf::test::ip("192.0.2.10"), .helo = text, .receiver = text},
                .reverse_path = text,
                .recipient = text};
            const std::string line = log_line(hostile, decision);
            REQUIRE(is_printable(line));
            CHECK(line.size() <= 3'000);
            const auto pairs = read(line);
            REQUIRE(pairs);
            CHECK(is_in_order(*pairs));
            CHECK(value_of(*pairs, "client") == "192.0.2.10");
            CHECK(keys_for_regex(line) == pairs->size() - 1);
            for (const auto& [key, value] : *pairs) {
                CAPTURE(key, value);
                CHECK(value.size() <= 320);
                const bool is_sentence = key == "detail" || key == "local-client";
                CHECK(value.find(is_sentence ? '=' : ' ') == std::string::npos);
            }
        }
    }
}

TEST_CASE("a line of the longest values is within its bound", "[report][log]") {
    const std::string longest(10'000, '=');
    const spf::SpecialRange* local = nullptr;
    for (const spf::SpecialRange& range : spf::special_ranges())
        if (range.is_local() && (local == nullptr || range.name.size() > local->name.size()))
            local = &range;
    Decision decision;
    decision.verdict.demanded = Action::reject;
    decision.verdict.action = Action::reject;
    decision.verdict.ground = Ground::relay_network;
    decision.verdict.matched = std::string(320, '=');
    decision.verdict.local_client = local;
    decision.mail = {.helo = hostile_outcome(Result::permerror, longest),
                     .mail_from = hostile_outcome(Result::permerror, longest)};
    decision.mail.mail_from->problem = problem_of(spf::Problem::Code::too_many_void_lookups,
                                                  std::string(10'000, 'a') + " " + longest);
    decision.mail.mail_from->dns_lookups = 4'294'967'295;
    decision.mail.mail_from->void_lookups = 4'294'967'295;
    const Session hostile{
        .client = {.ip = spf::test::ip("2001:1db8:1111:2222:3333:4444:5555:6666"), .helo = longest},
        .reverse_path = longest,
        .recipient = longest};
    const std::string line = log_line(hostile, decision);
    CHECK(line.size() > 2'400);
    CHECK(line.size() <= 3'000);
    CHECK(read(line));
}
