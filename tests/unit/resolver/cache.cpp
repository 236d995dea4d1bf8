// The cache: how long and how much it keeps, and what happens if several threads ask at once.

#include "spf/resolver/cache.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "spf/evaluation/check_host.hpp"
#include "spf/record/select.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/clock.hpp"

namespace {

using namespace std::chrono_literals;
using spf::dns::AnswerPtr;
using spf::dns::Question;
using spf::dns::RecordType;
using spf::dns::Status;
using spf::test::TestClock;

/// Always gives the same answer, and counts.
class FixedResolver final : public spf::dns::Resolver {
public:
    explicit FixedResolver(AnswerPtr answer) : answer_(std::move(answer)) {}
    AnswerPtr resolve(const Question& /*question*/) override { return answer_; }

private:
    AnswerPtr answer_;
};

AnswerPtr text_answer(std::string text, std::chrono::seconds ttl) {
    auto answer = std::make_shared<spf::dns::Answer>();
    answer->status = Status::ok;
    answer->ttl = ttl;
    answer->texts.push_back(std::move(text));
    return answer;
}

const Question question{"example.com", RecordType::txt};

}  // namespace

TEST_CASE("an answer is kept until its TTL is over", "[cache][rfc1035-7.4]") {
    TestClock clock;
    spf::AnswerCache cache{clock.options()};
    cache.store(question, text_answer("v=spf1 -all", 60s));
    clock.time += 59s;
    CHECK(cache.lookup(question) != nullptr);
    clock.time += 1s;
    CHECK(cache.lookup(question) == nullptr);
    CHECK(cache.statistics().hits == 1);
    CHECK(cache.statistics().misses == 1);
    CHECK(cache.statistics().entries == 0);
}

TEST_CASE("an answer with TTL zero is not kept", "[cache][rfc1035-3.2.1]") {
    spf::AnswerCache cache;
    cache.store(question, text_answer("v=spf1 -all", 0s));
    CHECK(cache.lookup(question) == nullptr);
}

TEST_CASE("TTLs are cut to the bounds of the options", "[cache]") {
    TestClock clock;
    spf::CacheOptions options = clock.options();
    options.min_ttl = 30s;
    options.max_ttl = 100s;
    options.max_negative_ttl = 50s;
    spf::AnswerCache cache{options};
    cache.store({"short.example", RecordType::txt}, text_answer("x", 1s));
    cache.store({"long.example", RecordType::txt}, text_answer("x", 100'000s));
    cache.store({"none.example", RecordType::txt},
                spf::dns::make_answer(Status::nxdomain, 100'000s));
    clock.time += 29s;
    CHECK(cache.lookup({"short.example", RecordType::txt}) != nullptr);
    CHECK(cache.lookup({"none.example", RecordType::txt}) != nullptr);
    clock.time += 21s;
    CHECK(cache.lookup({"none.example", RecordType::txt}) == nullptr);
    CHECK(cache.lookup({"long.example", RecordType::txt}) != nullptr);
    clock.time += 50s;
    CHECK(cache.lookup({"long.example", RecordType::txt}) == nullptr);
}

TEST_CASE("a negative answer is kept as long as its SOA allows, not at all without one",
          "[cache][rfc2308-5]") {
    TestClock clock;
    spf::AnswerCache cache{clock.options()};
    const auto status = GENERATE(Status::nxdomain, Status::no_data);
    cache.store({"with.example", RecordType::a}, spf::dns::make_answer(status, 300s));
    cache.store({"without.example", RecordType::a}, spf::dns::make_answer(status));
    clock.time += 299s;
    CHECK(cache.lookup({"with.example", RecordType::a}) != nullptr);
    CHECK(cache.lookup({"without.example", RecordType::a}) == nullptr);
    clock.time += 1s;
    CHECK(cache.lookup({"with.example", RecordType::a}) == nullptr);
}

TEST_CASE("a failure is kept for seconds only, whatever the options say", "[cache][rfc2308-7]") {
    TestClock clock;
    spf::CacheOptions options = clock.options();
    options.failure_ttl = 3600s;
    spf::AnswerCache cache{options};
    const auto status =
        GENERATE(Status::servfail, Status::timeout, Status::error, Status::unreachable);
    cache.store(question, spf::dns::make_answer(status, 3600s));
    clock.time += spf::AnswerCache::longest_failure_ttl - 1s;
    CHECK(cache.lookup(question) != nullptr);
    clock.time += 1s;
    CHECK(cache.lookup(question) == nullptr);
}

TEST_CASE("questions of different types do not get each other's answers", "[cache]") {
    spf::AnswerCache cache;
    cache.store(question, text_answer("v=spf1 -all", 60s));
    CHECK(cache.lookup({"example.com", RecordType::a}) == nullptr);
    CHECK(cache.lookup({"example.co", RecordType::txt}) == nullptr);
}

TEST_CASE("the parsed record is kept with a TXT answer", "[cache]") {
    spf::AnswerCache cache;
    cache.store(question, text_answer("v=spf1 -all", 60s));
    const AnswerPtr answer = cache.lookup(question);
    REQUIRE(answer->selected != nullptr);
    CHECK(std::holds_alternative<spf::Record>(*answer->selected));

    spf::CacheOptions options;
    options.parse_records = false;
    spf::AnswerCache plain{options};
    plain.store(question, text_answer("v=spf1 -all", 60s));
    CHECK(plain.lookup(question)->selected == nullptr);
}

TEST_CASE("the cache stays within its bounds and evicts what was not needed lately", "[cache]") {
    spf::CacheOptions options;
    options.max_bytes = std::size_t{64} * 4096;
    spf::AnswerCache cache{options};
    const Question hot{"hot.example", RecordType::txt};
    cache.store(hot, text_answer("v=spf1 -all", 3600s));
    bool always_there = true;
    for (int i = 0; i < 10'000; ++i) {
        const std::string name = "n" + std::to_string(i) + ".example";
        cache.store({name, RecordType::txt}, text_answer("v=spf1 -all", 3600s));
        always_there = always_there && cache.lookup(hot) != nullptr;
    }
    CHECK(always_there);
    const auto statistics = cache.statistics();
    CHECK(statistics.bytes <= options.max_bytes);
    CHECK(statistics.entries + statistics.evictions == 10'001);
    CHECK(statistics.entries > 100);
}

TEST_CASE("an answer that is larger than the room for it is handed on but not kept", "[cache]") {
    spf::CacheOptions options;
    options.max_bytes = std::size_t{64} * 1024;
    spf::AnswerCache cache{options};
    CHECK(cache.store(question, text_answer(std::string(5000, 'x'), 60s)) != nullptr);
    CHECK(cache.lookup(question) == nullptr);
    CHECK(cache.statistics().bytes == 0);
}

TEST_CASE("clear forgets everything", "[cache]") {
    spf::AnswerCache cache;
    cache.store(question, text_answer("v=spf1 -all", 60s));
    cache.clear();
    CHECK(cache.lookup(question) == nullptr);
    CHECK(cache.statistics().bytes == 0);
}

TEST_CASE("what one thread stores replaces what another has found already", "[cache]") {
    spf::AnswerCache cache;
    cache.store(question, text_answer("v=spf1 -all", 60s));
    REQUIRE(cache.lookup(question) != nullptr);
    REQUIRE(cache.lookup(question) != nullptr);  // from this thread's own lane
    std::thread([&cache] { cache.store(question, text_answer("v=spf1 +all", 60s)); }).join();
    const AnswerPtr answer = cache.lookup(question);
    REQUIRE(answer != nullptr);
    CHECK(answer->texts.front() == "v=spf1 +all");
    std::thread([&cache] { cache.clear(); }).join();
    CHECK(cache.lookup(question) == nullptr);
}

TEST_CASE("an answer that was found often goes when its time is over", "[cache][rfc1035-7.4]") {
    TestClock clock;
    spf::AnswerCache cache{clock.options()};
    cache.store(question, text_answer("v=spf1 -all", 60s));
    for (int i = 0; i < 1000; ++i) REQUIRE(cache.lookup(question) != nullptr);
    clock.time += 60s;
    CHECK(cache.lookup(question) == nullptr);
    CHECK(cache.statistics().hits == 1000);
    CHECK(cache.statistics().misses == 1);
}

TEST_CASE("an answer that is found all the time is not evicted", "[cache]") {
    spf::CacheOptions options;
    options.max_bytes = 64 * 4096;  // some entries in each shard
    spf::AnswerCache cache{options};
    cache.store(question, text_answer("v=spf1 -all", 60s));
    std::size_t lost = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string name = "n" + std::to_string(i) + ".example";
        cache.store({name, RecordType::txt}, text_answer("v=spf1 ip4:192.0.2.1 -all", 60s));
        for (int j = 0; j < 4; ++j) {
            if (cache.lookup(question) == nullptr) ++lost;
        }
    }
    CHECK(cache.statistics().evictions > 10'000);
    CHECK(lost == 0);
}

TEST_CASE("many names more than a thread keeps for itself are found all the same", "[cache]") {
    spf::AnswerCache cache;
    constexpr int count = 10'000;
    const auto name = [](int i) { return "d" + std::to_string(i) + ".example"; };
    for (int i = 0; i < count; ++i) {
        cache.store({name(i), RecordType::txt}, text_answer("v=spf1 x=" + std::to_string(i), 1h));
    }
    int right = 0;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < count; ++i) {
            const auto found = cache.lookup({name(i), RecordType::txt});
            if (found != nullptr && found->texts.front() == "v=spf1 x=" + std::to_string(i))
                ++right;
            // Some names are asked for more often than others.
            if (cache.lookup({name(i % 10), RecordType::txt}) == nullptr) --right;
        }
    }
    CHECK(right == 3 * count);
    CHECK(cache.statistics().hits == 6 * count);
    CHECK(cache.statistics().misses == 0);
}

TEST_CASE("null from a broken resolver becomes a failure", "[cache]") {
    FixedResolver broken{nullptr};
    spf::AnswerCache cache;
    CHECK(cache.resolve(question, broken)->status == Status::error);
    CHECK(cache.store(question, nullptr) == nullptr);
}

TEST_CASE("an exception of the upstream resolver passes and leaves no caller waiting", "[cache]") {
    struct Throwing final : spf::dns::Resolver {
        AnswerPtr resolve(const Question& /*question*/) override { throw 42; }
    } throwing;
    spf::AnswerCache cache;
    CHECK_THROWS_AS(cache.resolve(question, throwing), int);
    FixedResolver good{text_answer("v=spf1 -all", 60s)};
    CHECK(cache.resolve(question, good)->status == Status::ok);
}

TEST_CASE("a resolver that has the same cache after it is asked all the same", "[cache]") {
    FixedResolver good{text_answer("v=spf1 -all", 60s)};
    spf::AnswerCache cache;
    spf::CachingResolver caching{good, cache};
    CHECK(cache.resolve(question, caching)->status == Status::ok);
    CHECK(cache.lookup(question) != nullptr);
    FixedResolver broken{nullptr};
    spf::CachingResolver broken_and_caching{broken, cache};
    CHECK(cache.resolve({"other.example", RecordType::txt}, broken_and_caching)->status ==
          Status::error);
}

TEST_CASE("a broken record that is kept counts as much as it takes", "[cache]") {
    const std::string text = "v=spf1 " + std::string(60'000, '(');
    spf::AnswerCache cache;
    cache.store(question, text_answer(text, 60s));
    CHECK(cache.statistics().bytes > 2 * text.size());
}

TEST_CASE("while one thread asks, others with the same question wait for its answer",
          "[cache][threads]") {
    /// Holds the first question until all threads have started.
    class SlowResolver final : public spf::dns::Resolver {
    public:
        AnswerPtr resolve(const Question& /*question*/) override {
            ++count;
            while (!open) std::this_thread::yield();
            return text_answer("v=spf1 -all", 60s);
        }
        std::atomic<int> count = 0;
        std::atomic<bool> open = false;
    } slow;
    spf::AnswerCache cache;
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            if (cache.resolve(question, slow)->status == Status::ok) ++answered;
        });
    }
    while (cache.statistics().coalesced < 7) std::this_thread::yield();
    slow.open = true;
    for (std::thread& thread : threads) thread.join();
    CHECK(answered == 8);
    CHECK(slow.count == 1);
    const auto statistics = cache.statistics();
    CHECK(statistics.misses == 1);
    CHECK(statistics.coalesced == 7);
}

namespace {

/// Silent until the question's deadline; answers questions without a deadline.
class ImpatientResolver final : public spf::dns::Resolver {
public:
    AnswerPtr resolve(const Question& asked) override {
        ++count;
        if (asked.deadline == spf::dns::Clock::time_point::max())
            return text_answer("v=spf1 -all", 60s);
        while (!open) std::this_thread::yield();
        std::this_thread::sleep_until(asked.deadline);
        return spf::dns::make_answer(Status::timeout);
    }
    std::atomic<int> count = 0;
    std::atomic<bool> open = true;
};

Question hasty_question() {
    Question hasty = question;
    hasty.deadline = spf::dns::deadline_after(10ms);
    return hasty;
}

}  // namespace

TEST_CASE("a failure because the asker's own time is over is not kept", "[cache]") {
    ImpatientResolver upstream;
    spf::AnswerCache cache;
    CHECK(cache.resolve(hasty_question(), upstream)->status == Status::timeout);
    CHECK(cache.lookup(question) == nullptr);
    CHECK(cache.resolve(question, upstream)->status == Status::ok);
    CHECK(upstream.count == 2);
}

TEST_CASE("a failure while there was time left is kept", "[cache][rfc2308-7]") {
    FixedResolver upstream{spf::dns::make_answer(Status::servfail)};
    spf::AnswerCache cache;
    Question patient = question;
    patient.deadline = spf::dns::deadline_after(1h);
    CHECK(cache.resolve(patient, upstream)->status == Status::servfail);
    CHECK(cache.lookup(question) != nullptr);
}

TEST_CASE(
    "who waits for the question of another waits no longer than his own deadline, and asks "
    "himself where the other gives up",
    "[cache][threads]") {
    ImpatientResolver upstream;
    upstream.open = false;
    spf::AnswerCache cache;
    std::atomic<Status> of_first = Status::error;
    std::atomic<Status> of_patient = Status::error;
    std::thread first{[&] { of_first = cache.resolve(hasty_question(), upstream)->status; }};
    while (upstream.count == 0) std::this_thread::yield();
    CHECK(cache.resolve(hasty_question(), upstream)->status == Status::timeout);
    CHECK(upstream.count == 1);
    std::thread patient{[&] { of_patient = cache.resolve(question, upstream)->status; }};
    while (cache.statistics().coalesced < 2) std::this_thread::yield();
    upstream.open = true;
    first.join();
    patient.join();
    CHECK(of_first == Status::timeout);
    CHECK(of_patient == Status::ok);
    CHECK(upstream.count == 2);
}

namespace {

class CountingResolver final : public spf::dns::Resolver {
public:
    CountingResolver(spf::dns::Resolver& upstream, std::atomic<std::uint64_t>& count)
        : upstream_(upstream), count_(count) {}
    AnswerPtr resolve(const Question& asked) override {
        ++count_;
        return upstream_.resolve(asked);
    }

private:
    spf::dns::Resolver& upstream_;
    std::atomic<std::uint64_t>& count_;
};

}  // namespace

TEST_CASE("four threads sharing a small cache get the right results and lose no update",
          "[cache][threads]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 include:a.example.com include:b.example.com mx -all");
    zone.add_txt("a.example.com", "v=spf1 ip4:192.0.2.0/25 ~all");
    zone.add_txt("b.example.com", "v=spf1 ip4:198.51.100.0/24 ~all");
    zone.add_mx("example.com", 10, "mx.example.com");
    zone.add_a("mx.example.com", spf::IpAddress::v4({203, 0, 113, 1}));

    spf::CacheOptions options;
    // So little that threads evict each other's entries.
    options.max_bytes = std::size_t{64} * 1024;
    spf::AnswerCache cache{options};
    std::atomic<std::uint64_t> questions = 0;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            spf::CachingResolver cached{zone, cache};
            CountingResolver counting{cached, questions};
            spf::Evaluation evaluation;
            for (unsigned i = 0; i < 2000; ++i) {
                const auto last = static_cast<std::uint8_t>(i + t);
                const spf::Request request{.ip = spf::IpAddress::v4({192, 0, 2, last}),
                                           .mail_from = "ann@example.com",
                                           .helo = "mx.example.com"};
                const auto expected = last < 128 ? spf::Result::pass : spf::Result::fail;
                if (check_host(evaluation, request, counting).result != expected) ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
    // Every question was a hit, a miss or a wait.
    const auto statistics = cache.statistics();
    CHECK(statistics.hits + statistics.misses + statistics.coalesced == questions);
}
