// Once warm, a reused Evaluation takes nothing from the heap (evaluation.hpp). The operators of the
// whole program are replaced to count.
#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "spf/check.hpp"
#include "spf/policy_cache.hpp"
#include "spf/resolver/zone.hpp"

namespace {

std::atomic<std::size_t> allocations{0};

void* counted(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;  // NOLINT: replaces new
    throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
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

    // Answers fetched before, so that what the resolver does is not counted.
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
