#include "spf/report/tree.hpp"

#include "support/catch.hpp"
#include "support/outcomes.hpp"

using Kind = spf::Step::Kind;
using Match = spf::Step::Match;

namespace {

spf::Step directive(unsigned depth, std::string text, spf::Step::Match match) {
    spf::Step step;
    step.kind = Kind::directive;
    step.depth = depth;
    step.text = std::move(text);
    step.match = match;
    return step;
}

spf::Step lookup(unsigned depth, spf::dns::RecordType type, std::string domain,
                 spf::dns::Status status, std::string text = {}) {
    spf::Step step;
    step.kind = Kind::lookup;
    step.depth = depth;
    step.type = type;
    step.domain = std::move(domain);
    step.status = status;
    step.text = std::move(text);
    return step;
}

spf::Trace sample() {
    using report_test::check_step;
    using spf::dns::RecordType;
    using spf::dns::Status;
    return {
        check_step(0, "example.com", "v=spf1 mx include:x.example -all", spf::Result::fail),
        lookup(1, RecordType::txt, "example.com", Status::ok, "\"v=spf1 ...\""),
        directive(1, "mx", Match::no_match),
        lookup(2, RecordType::mx, "example.com", Status::ok, "mx.example.com"),
        lookup(2, RecordType::a, "mx.example.com", Status::nxdomain),
        directive(1, "include:x.example", Match::no_match),
        check_step(2, "x.example", "v=spf1 ?all", spf::Result::neutral),
        directive(3, "?all", Match::match),
        directive(1, "-all", Match::match),
    };
}

}  // namespace

TEST_CASE("a trace is drawn as a tree in the order of evaluation", "[report]") {
    CHECK(spf::report::tree(sample()) ==
          "example.com: fail\n"
          "|  v=spf1 mx include:x.example -all\n"
          "|- TXT example.com: ok\n"
          "|- mx: no match\n"
          "|  |- MX example.com: mx.example.com\n"
          "|  `- A mx.example.com: nxdomain\n"
          "|- include:x.example: no match\n"
          "|  `- x.example: neutral\n"
          "|     |  v=spf1 ?all\n"
          "|     `- ?all: match\n"
          "`- -all: match\n");
}

TEST_CASE("box characters and colours are used if they are requested", "[report]") {
    const std::string text =
        spf::report::tree(sample(), {.width = 80, .unicode = true, .colour = true});
    CHECK_THAT(text, Catch::Contains("\u2514\u2500 -all: match") &&
                         Catch::Contains("\033[1;31mfail\033[0m"));
}

TEST_CASE("any list of steps can be drawn", "[report]") {
    CHECK(spf::report::tree({}).empty());
    for (const std::string& text : report_test::hostile_strings()) {
        spf::Trace trace;
        for (const unsigned depth : {3U, 0U, 7U, 7U, 2U, 0U}) {
            trace.push_back(
                lookup(depth, spf::dns::RecordType::a, text, spf::dns::Status::ok, text));
            trace.push_back(report_test::check_step(depth, text, text, spf::Result::none));
        }
        const std::string drawn = spf::report::tree(trace);
        CHECK(drawn.find_first_not_of("\n", drawn.find_last_of('\n')) == std::string::npos);
        for (const char c : drawn) REQUIRE((c == '\n' || (c >= ' ' && c <= '~')));
    }
}
