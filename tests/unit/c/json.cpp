// The JSON of the C API is that of spfcheck.

#include "c/json.hpp"

#include <random>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "check/json.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"
#include "support/random_tree.hpp"

namespace {

std::string as_by_spfcheck(const std::string& text) { return spfcheck::dump(spfcheck::Json(text)); }

std::string written(const std::string& text) {
    std::string out;
    spf::c_api::append_string(out, text);
    return out;
}

void check_same(const spf::Outcome& outcome) {
    for (const bool with_trace : {false, true}) {
        CHECK(spf::c_api::to_json(outcome, with_trace) ==
              spfcheck::dump(spfcheck::to_json(outcome, with_trace)));
    }
}

}  // namespace

TEST_CASE("a JSON string has the escapes of spfcheck, for each octet and pair", "[c][json]") {
    for (unsigned first = 0; first < 256; ++first) {
        const std::string one(1, static_cast<char>(first));
        REQUIRE(written(one) == as_by_spfcheck(one));
        for (unsigned second = 0; second < 256; ++second) {
            const std::string two = one + static_cast<char>(second);
            REQUIRE(written(two) == as_by_spfcheck(two));
        }
    }
}

TEST_CASE("a JSON string replaces what is not UTF-8 as spfcheck does", "[c][json]") {
    // Octets from which characters of all lengths, and what is almost one, are made.
    const std::string octets =
        "a\"\x7f\x80\x8f\x90\x9f\xa0\xbf\xc1\xc2\xdf\xe0\xed\xef\xf0\xf4\xf5";
    std::mt19937 random{20'261'129};
    for (int i = 0; i < 50'000; ++i) {
        std::string text;
        for (unsigned length = random() % 8; length > 0; --length)
            text += octets[random() % octets.size()];
        REQUIRE(written(text) == as_by_spfcheck(text));
    }
    CHECK(written("\xf0\x9f\x93\xa7") == "\"\\ud83d\\udce7\"");
}

TEST_CASE("an outcome has the JSON of spfcheck, with and without trace", "[c][json]") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        spf::test::RandomTree tree{seed, {.errors = true, .dependent = true}};
        const std::string domain = "d" + std::to_string(tree.below(7)) + ".example";
        const std::string sender = seed % 5 == 0 ? "" : "a\xff\"b@" + domain;
        spf::Options options;
        options.trace = true;
        check_same(spf::check_host(
            {.ip = tree.address(),
             .mail_from = sender,
             .helo = domain,
             .identity = seed % 3 == 0 ? spf::Identity::helo : spf::Identity::mail_from,
             .receiver = seed % 2 == 0 ? "" : "mx.example.org"},
            tree.zone, options));
    }
}

TEST_CASE("a malformed domain, a loop and an explanation are in the JSON", "[c][json]") {
    spf::ZoneResolver zone;
    zone.add_txt("loop.example", "v=spf1 include:loop.example -all");
    zone.add_txt("fail.example", "v=spf1 -all exp=why.example");
    zone.add_txt("why.example", "see \\ \"http://x\"");
    zone.add_txt("bad.example", "v=spf1 ip4:1.2.3.4/33 \xff\n -all");
    spf::Options options;
    options.trace = true;
    for (const char* const sender :
         {"a@loop.example", "a@fail.example", "a@bad.example", "a@-", "a@x..y", ""}) {
        CAPTURE(sender);
        check_same(spf::check_host({.ip = spf::IpAddress::v4(192, 0, 2, 1), .mail_from = sender},
                                   zone, options));
    }
}
