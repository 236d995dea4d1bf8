// What a Checker keeps from one message to the next, and what it counts.

#include "spf/mail/checker.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "support/clock.hpp"
#include "support/counting_zone.hpp"
#include "support/networks.hpp"

namespace {

using spf::Result;
using spf::test::ip;

struct Example {
    Example() {
        zone.add_txt("example.com", "v=spf1 include:_spf.example.com -all");
        zone.add_txt("_spf.example.com", "v=spf1 ip4:192.0.2.0/24 -all");
        zone.add_txt("mx.example.org", "v=spf1 ip4:192.0.2.1 -all");
    }
    spf::ZoneResolver zone;
    spf::test::CountingZone dns{zone};
};

const spf::Client client{.ip = ip("192.0.2.1"), .helo = "mx.example.org"};

}  // namespace

TEST_CASE("a second message from a domain asks nothing, and a third needs no evaluation",
          "[mail][checker]") {
    Example example;
    spf::test::TestClock clock;
    spf::Checker checker{example.dns, {.answers = clock.options()}};
    for (int i = 0; i < 3; ++i) {
        const spf::MailCheck mail = checker.check_mail(client, "ann@example.com");
        CHECK(mail.helo->result == Result::pass);
        CHECK(mail.mail_from->result == Result::pass);
        CHECK(example.dns.asked == 3);
    }
    const auto statistics = checker.statistics();
    CHECK(statistics.messages == 3);
    CHECK(statistics.answers.entries == 3);
    CHECK(statistics.policies.compiled == 2);
    CHECK(statistics.policies.hits == 2);

    checker.clear();
    CHECK(checker.statistics().answers.entries == 0);
    CHECK(checker.check_mail(client, "ann@example.com").mail_from->result == Result::pass);
    CHECK(example.dns.asked == 6);
}

TEST_CASE("threads share a checker", "[mail][checker]") {
    Example example;
    spf::Checker checker{example.dns};
    std::atomic<unsigned> passed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 200; ++j) {
                const spf::MailCheck mail = checker.check_mail(client, "ann@example.com");
                if (mail.helo->result == Result::pass && mail.mail_from->result == Result::pass)
                    ++passed;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(passed == 800);
    CHECK(checker.statistics().messages == 800);
    CHECK(example.dns.asked == 3);
}
