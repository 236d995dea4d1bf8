// Once warm, a reused Evaluation allocates nothing (evaluation.hpp). The operators of the whole
// program are replaced, to count.
#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "spf/base/message.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/policy/cache.hpp"
#include "spf/resolver/cache.hpp"
#include "spf/resolver/zone.hpp"
#include "support/allocations.hpp"
#include "support/catch.hpp"

namespace spf::test {

std::atomic<std::size_t> allocations{0};
std::atomic<std::size_t> failing{0};

}  // namespace spf::test

namespace {

using spf::test::allocations;
using spf::test::failing;

void* memory_or_null(std::size_t size) noexcept {
    if (++allocations == failing) return nullptr;
    return std::malloc(size == 0 ? 1 : size);  // NOLINT: replaces new
}

void* counted(std::size_t size) {
    if (void* memory = memory_or_null(size)) return memory;
    throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return memory_or_null(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return memory_or_null(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }                 // NOLINT
void operator delete[](void* memory) noexcept { std::free(memory); }               // NOLINT
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }    // NOLINT
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }  // NOLINT

TEST_CASE("a warm evaluation allocates nothing", "[evaluation][allocation]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com",
                 "v=spf1 ip4:198.51.100.0/24 include:_spf.example.com mx a:%{d1r}.%{o} ptr "
                 "exists:%{ir}.%{l1r-}.%{d} -all "
                 "exp=why.example.com");
    zone.add_txt("_spf.example.com",
                 "v=spf1 include:a.example include:b.example include:c.example ~all");
    zone.add_txt("a.example", "v=spf1 ip4:198.51.100.1 ip6:2001:db8::/32 ~all");
    zone.add_txt("b.example", "v=spf1 a:h.example ~all");
    zone.add_txt("c.example", "v=spf1 redirect=a.example");
    zone.add_a("h.example", spf::IpAddress::v4({198, 51, 100, 9}));
    zone.add_mx("example.com", 10, "h.example");
    zone.add_ptr("1.2.0.192.in-addr.arpa", "a-rather-long-name-of-a-mail-server.example.org");
    zone.add_a("a-rather-long-name-of-a-mail-server.example.org",
               spf::IpAddress::v4({192, 0, 2, 1}));
    zone.add_a("example.example.com", spf::IpAddress::v4({198, 51, 100, 8}));
    zone.add_a("1.2.0.192.other.example.com", spf::IpAddress::v4({127, 0, 0, 2}));
    zone.add_txt("why.example.com",
                 "%{i} may not send for %{s}, said %{d} of %{p}, whose name is %{h}");

    spf::Request request;
    request.ip = spf::IpAddress::v4({192, 0, 2, 1});
    request.mail_from = "someone-with-a-long-local-part@example.com";
    request.helo = "a-rather-long-name-of-a-mail-server.example.org";
    request.receiver = "the-name-of-the-receiving-host.example";

    // The answers are fetched first, so that the resolver's work is not counted.
    std::vector<spf::dns::AnswerPtr> answers;
    spf::Evaluation reused(request);
    while (!reused.done()) {
        answers.push_back(zone.resolve(reused.pending()));
        reused.answer(answers.back());
    }
    REQUIRE(reused.outcome().result == spf::Result::fail);
    REQUIRE_FALSE(reused.outcome().explanation.empty());

    const std::size_t before = allocations;
    for (int round = 0; round < 10; ++round) {
        reused.reset(request);
        for (std::size_t i = 0; !reused.done(); ++i) reused.answer(answers[i]);
    }
    const std::size_t after = allocations;
    CHECK(after - before == 0);
    CHECK(reused.outcome().result == spf::Result::fail);
}

TEST_CASE("a kept policy that fills in a warm outcome allocates nothing", "[policy][allocation]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 include:a-rather-long-name-of-a-mailer.example ~all");
    zone.add_txt("a-rather-long-name-of-a-mailer.example", "v=spf1 ip4:192.0.2.0/28 ?all");
    spf::AnswerCache answers;
    spf::PolicyCache policies(answers);
    const spf::Request request{.ip = spf::IpAddress::v4({192, 0, 2, 1}),
                               .mail_from = "someone-with-a-long-local-part@example.com",
                               .helo = "a-rather-long-name-of-a-mail-server.example.org",
                               .receiver = "the-name-of-the-receiving-host.example"};
    for (int i = 0; i < 2; ++i) (void)spf::check_host(request, zone, policies);
    spf::Outcome outcome;
    REQUIRE(policies.check(request, {}, outcome));

    const std::size_t before = allocations;
    bool known = true;
    for (int round = 0; round < 10; ++round) known = policies.check(request, {}, outcome) && known;
    const std::size_t after = allocations;
    CHECK(known);
    CHECK(after - before == 0);
    CHECK(outcome.mechanism == "include:a-rather-long-name-of-a-mailer.example");
}

TEST_CASE("an evaluation that runs out of memory is over and can be used again",
          "[evaluation][allocation]") {
    const auto how = GENERATE(table<std::string, spf::Options>({
        {"v=spf1 -all exp=%{d}.why.example", {}},
        {"v=spf1 mx include:%{d}.why.example ptr:%{p}.x.example -all exp=%{p}.why.example",
         {.limits = {}, .explanation = true, .trace = true, .scope = true, .hints = true}},
    }));
    spf::ZoneResolver zone;
    zone.add_txt("example.com", std::get<0>(how));
    zone.add_mx("example.com", 10, "Mail.Example");
    zone.add_txt("example.com.why.example", "v=spf1 mx:%{l1r}.mx.example ptr -all");
    zone.add_ptr("1.2.0.192.in-addr.arpa", "A-Rather-Long-Name-Of-A-Mail-Server.example.org");
    zone.add_a("a-rather-long-name-of-a-mail-server.example.org",
               spf::IpAddress::v4({192, 0, 2, 1}));
    zone.add_txt("a-rather-long-name-of-a-mail-server.example.org.why.example", "%{i} %{p} %{s}");
    const spf::Request request{.ip = spf::IpAddress::v4({192, 0, 2, 1}),
                               .mail_from = "someone-with-a-long-local-part@example.com",
                               .helo = "a-rather-long-name-of-a-mail-server.example.org"};
    const auto run = [&](spf::Evaluation& check, std::size_t fails) {
        std::size_t left = fails;  // until the allocation that fails
        const auto step = [&left](const auto& todo) {
            const std::size_t before = allocations;
            failing = left == 0 ? 0 : before + left;
            todo();
            failing = 0;
            if (left != 0) left -= allocations - before;
        };
        step([&] { check.reset(request, std::get<1>(how)); });
        while (!check.done()) {
            const spf::dns::AnswerPtr answer = zone.resolve(check.pending());
            step([&] { check.answer(answer); });
        }
    };
    spf::Evaluation fresh;
    run(fresh, 0);
    REQUIRE(fresh.outcome().result == spf::Result::fail);

    bool failed = true;
    for (std::size_t fails = 1; failed; ++fails) {
        CAPTURE(fails);
        spf::Evaluation check;
        failed = false;
        try {
            run(check, fails);
        } catch (const std::bad_alloc&) {
            failing = 0;
            failed = true;
        }
        CHECK(check.done());
        CHECK(check.outcome().result == (failed ? spf::Result::temperror : spf::Result::fail));
        run(check, 0);
        CHECK(check.outcome().result == spf::Result::fail);
        CHECK(check.outcome().trace.size() == fresh.outcome().trace.size());
    }
}

TEST_CASE("a cache that runs out of memory leaves no caller waiting", "[cache][allocation]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 -all", std::chrono::seconds{60});
    const spf::dns::Question question{"example.com", spf::dns::RecordType::txt};
    bool failed = true;
    for (std::size_t fails = 1; failed; ++fails) {
        CAPTURE(fails);
        spf::AnswerCache cache;
        failed = false;
        failing = allocations + fails;
        try {
            (void)cache.resolve(question, zone);
        } catch (const std::bad_alloc&) {
            failed = true;
        }
        failing = 0;
        CHECK(cache.resolve(question, zone)->status == spf::dns::Status::ok);
    }
}

TEST_CASE("a copy of an argument of a message may run out of memory", "[message][allocation]") {
    const spf::Argument argument{std::string(100, 'x')};
    failing = allocations + 1;
    bool failed = false;
    try {
        const spf::Argument copy{argument};
    } catch (const std::bad_alloc&) {
        failed = true;
    }
    failing = 0;
    CHECK(failed);
}
