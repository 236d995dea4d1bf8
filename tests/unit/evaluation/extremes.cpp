// Extreme values of fields, and objects that were moved from: all of it is defined. Run these tests
// with the undefined-behaviour sanitizer (preset asan), which detects what a test cannot.

#include <chrono>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "dns/clock.hpp"
#include "spf/advice/advice.hpp"
#include "spf/analysis/flatten.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/evaluation/evaluation.hpp"
#include "spf/policy/cache.hpp"
#include "spf/record/parse.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/report/smtp_reply.hpp"
#include "spf/report/text.hpp"
#include "spf/report/tree.hpp"
#include "spf/report/wrap.hpp"
#include "spf/resolver/cache.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"

namespace {

using spf::Evaluation;
using spf::Result;
using spf::dns::Clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr unsigned most = std::numeric_limits<unsigned>::max();
constexpr std::size_t huge = std::numeric_limits<std::size_t>::max();

spf::Request request() {
    spf::Request request;
    request.ip = *spf::IpAddress::parse("192.0.2.1");
    request.mail_from = "ann@example.com";
    request.helo = "mx.example.org";
    return request;
}

/// An include, an mx, a reverse mapping, an explanation with the time in it.
spf::ZoneResolver some_zone(seconds ttl = seconds{300}) {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 include:a.example mx ptr -all exp=why.example.com", ttl);
    zone.add_txt("a.example", "v=spf1 ip4:198.51.100.1 -all", ttl);
    zone.add_mx("example.com", 10, "mx.example.com", ttl);
    zone.add_a("mx.example.com", *spf::IpAddress::parse("198.51.100.2"), ttl);
    zone.add_ptr("1.2.0.192.in-addr.arpa", "host.example", ttl);
    zone.add_txt("why.example.com", "refused", ttl);
    return zone;
}

void report_on(const spf::Outcome& outcome, const spf::report::TextStyle& style = {}) {
    CHECK_FALSE(spf::report::summary(outcome).empty());
    CHECK_FALSE(spf::report::report(outcome, style).empty());
    CHECK_FALSE(spf::report::received_spf(outcome.receiver, outcome).empty());
    CHECK_FALSE(spf::report::authentication_results(outcome.receiver, outcome).empty());
    static_cast<void>(spf::report::tree(outcome.trace, style));
    static_cast<void>(spf::report::smtp_reply(outcome, spf::receiver::Action::reject));
    static_cast<void>(spf::advice::text(spf::advice::what_to_do(outcome), style));
}

}  // namespace

TEST_CASE("an evaluation that was moved from is done, empty, and can be used again",
          "[extremes][evaluation]") {
    spf::ZoneResolver zone = some_zone();
    Evaluation first{request()};
    REQUIRE_FALSE(first.done());
    Evaluation second{std::move(first)};
    CHECK_FALSE(second.done());
    // NOLINTBEGIN(bugprone-use-after-move): that is what is tested
    CHECK(first.done());
    CHECK(first.hints().empty());
    first.expire();
    CHECK(first.outcome().result == Evaluation().outcome().result);
    CHECK(first.outcome().domain.empty());
    report_on(first.outcome());
    CHECK(std::move(first).outcome().trace.empty());
    first = Evaluation();
    Evaluation third{std::move(first)};
    first.reset(request());
    CHECK_FALSE(first.done());
    CHECK(spf::check_host(third, request(), zone, {}).result == Result::fail);
    Evaluation fourth{std::move(third)};
    CHECK(spf::check_host(third, request(), zone, {}).result == Result::fail);
    // NOLINTEND(bugprone-use-after-move)
    CHECK(fourth.outcome().result == Result::fail);
}

TEST_CASE("an outcome and a record that were moved from can be reported on and assigned to",
          "[extremes]") {
    spf::ZoneResolver zone = some_zone();
    zone.add_txt("broken.example", "v=spf1 ip4:192.0.2.0/33 -all");
    spf::Options how;
    how.trace = true;
    for (const std::string_view sender : {"ann@example.com", "ann@broken.example", "ann@x"}) {
        spf::Request asked = request();
        asked.mail_from = sender;
        spf::Outcome outcome = spf::check_host(asked, zone, how);
        const spf::Outcome taken = std::move(outcome);
        report_on(taken);
        // NOLINTBEGIN(bugprone-use-after-move): that is what is tested
        report_on(outcome);
        outcome = taken;
        CHECK(outcome.result == taken.result);
        // NOLINTEND(bugprone-use-after-move)
        Evaluation evaluation;
        static_cast<void>(spf::check_host(evaluation, asked, zone, how));
        const spf::Outcome out = std::move(evaluation).outcome();
        report_on(evaluation.outcome());  // NOLINT(bugprone-use-after-move)
        CHECK(out.result == taken.result);
    }
    auto record = spf::parse_record("v=spf1 a mx:x.example exp=y.example -all");
    REQUIRE(record);
    const spf::Record taken = *std::move(record);
    CHECK(taken.text() == "v=spf1 a mx:x.example exp=y.example -all");
    // NOLINTBEGIN(bugprone-use-after-move): that is what is tested
    static_cast<void>(spf::canonical(*record));
    static_cast<void>(to_string(*record));
    CHECK(record->redirect() == nullptr);
    *record = taken;
    CHECK(spf::canonical(*record) == spf::canonical(taken));
    // NOLINTEND(bugprone-use-after-move)
}

TEST_CASE("limits at their ends bound a check, or do not", "[extremes][rfc7208-4.6.4]") {
    spf::ZoneResolver zone = some_zone();
    spf::Options how;
    how.hints = how.scope = how.trace = true;
    how.limits = {most, most, most, most, huge, milliseconds::max()};
    spf::Outcome outcome = spf::check_host(request(), zone, how);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation == "refused");
    report_on(outcome);
    static_cast<void>(spf::report::report(outcome));

    how.limits = {0, 0, 0, 0, 0, milliseconds::max()};
    outcome = spf::check_host(request(), zone, how);
    CHECK(outcome.result == Result::permerror);
    report_on(outcome);

    for (const milliseconds deadline : {milliseconds::min(), milliseconds{-1}, milliseconds{0}}) {
        how.limits = {};
        how.limits.deadline = deadline;
        CHECK(spf::check_host(request(), zone, how).result == Result::temperror);
    }
}

TEST_CASE("the time in a request may be any", "[extremes][rfc7208-7.3]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 -all exp=why.example.com");
    zone.add_txt("why.example.com", "it is %{t}");
    using std::chrono::sys_seconds;
    for (const sys_seconds time : {sys_seconds::min(), sys_seconds{}, sys_seconds::max()}) {
        spf::Request asked = request();
        asked.time = time;
        CHECK(spf::check_host(asked, zone).explanation ==
              "it is " + std::to_string(time.time_since_epoch().count()));
    }
}

TEST_CASE("a TTL may be any", "[extremes]") {
    for (const seconds ttl : {seconds::min(), seconds{-1}, seconds{0}, seconds::max()}) {
        spf::ZoneResolver zone = some_zone(ttl);
        CHECK(spf::check_host(request(), zone).result == Result::fail);
        spf::CacheOptions options;
        options.max_ttl = options.max_negative_ttl = options.failure_ttl = seconds::max();
        spf::AnswerCache answers{options};
        spf::CachingResolver kept{zone, answers};
        for (int i = 0; i < 3; ++i) {
            CHECK(spf::check_host(request(), kept).result == Result::fail);
        }
        seconds left{};
        const bool found =
            answers.lookup({"example.com", spf::dns::RecordType::txt}, left) != nullptr;
        CHECK(found == (ttl > seconds{0}));
        static_cast<void>(spf::analysis::map_networks("example.com", zone));
        static_cast<void>(spf::analysis::flatten("example.com", zone));
    }
}

TEST_CASE("options of caches may be at their ends", "[extremes]") {
    spf::ZoneResolver zone = some_zone();
    for (const seconds time : {seconds::min(), seconds{0}, seconds::max()}) {
        for (const std::size_t room : {std::size_t{0}, huge}) {
            spf::CacheOptions options;
            options.max_bytes = room;
            options.min_ttl = options.max_ttl = options.max_negative_ttl = options.failure_ttl =
                time;
            spf::AnswerCache answers{options};
            spf::PolicyCacheOptions policy;
            policy.max_bytes = policy.max_domains = room;
            policy.compile_after = room == 0 ? 0 : most;
            policy.retry_after = time;
            // Memory for twice this number may not be allocated in advance.
            if (room == huge) policy.max_domains = 1'000'000;
            spf::PolicyCache policies{answers, policy};
            spf::CachingResolver kept{zone, answers};
            for (const std::string_view sender :
                 {"ann@example.com", "ann@a.example", "ann@no.example", "ann@x"}) {
                spf::Request asked = request();
                asked.mail_from = sender;
                for (int i = 0; i < 3; ++i) {
                    CHECK(spf::check_host(asked, kept, policies).result ==
                          spf::check_host(asked, zone).result);
                }
            }
        }
    }
}

TEST_CASE("a time that the clock cannot count to is its end", "[extremes]") {
    constexpr auto end = Clock::time_point::max();
    const Clock::time_point start{};
    CHECK(spf::dns::later(start, seconds{5}) == start + seconds{5});
    CHECK(spf::dns::later(start, seconds{0}) == start);
    CHECK(spf::dns::later(start, seconds::min()) == start);
    CHECK(spf::dns::later(start, seconds::max()) == end);
    CHECK(spf::dns::later(end, seconds{1}) == end);
    CHECK(spf::dns::later(end - seconds{1}, seconds{100}) == end);
    CHECK(spf::dns::later(Clock::time_point::min(), seconds{1}) ==
          Clock::time_point::min() + seconds{1});
    CHECK(spf::dns::deadline_after(milliseconds::max()) == end);
    const Clock::time_point over = spf::dns::deadline_after(milliseconds::min());
    CHECK(over <= Clock::now());
}

TEST_CASE("a terminal may have any width", "[extremes][report]") {
    spf::ZoneResolver zone = some_zone();
    spf::Options how;
    how.trace = true;
    const spf::Outcome outcome = spf::check_host(request(), zone, how);
    const std::string text = "v=spf1 a\x1b mx -all";
    for (const std::size_t width : {std::size_t{0}, std::size_t{1}, huge - 1, huge}) {
        report_on(outcome, {.width = width, .unicode = true, .colour = true});
        for (const std::size_t offset : {std::size_t{0}, std::size_t{8}, text.size(), huge}) {
            for (const std::size_t length : {std::size_t{0}, std::size_t{1}, huge}) {
                const spf::report::Excerpt place =
                    spf::report::excerpt(text, offset, length, width);
                CHECK(place.underline.find('^') != std::string::npos);
                if (width > 100) CHECK(place.text == "v=spf1 a\\x1b mx -all");
            }
        }
        CHECK_FALSE(spf::report::wrapped(text, width).empty());
    }
}
