#include "driver/lookup.hpp"

#include <deque>
#include <set>
#include <string>

#include "support/catch.hpp"

using spf::cares_adapter::Lookup;
using spf::cares_adapter::LookupTable;
using spf::cares_adapter::Pool;
using spf::cares_adapter::QueryIds;
using spf::cares_adapter::Queue;

TEST_CASE("questions are found by name and type, however many there are", "[cares]") {
    LookupTable table;
    std::deque<Lookup> lookups;
    constexpr int count = 2000;  // more than the table's first size
    for (int i = 0; i < count; ++i) {
        Lookup& lookup = lookups.emplace_back();
        lookup.name = "d" + std::to_string(i / 2) + ".test";
        lookup.type = i % 2 == 0 ? spf::dns::RecordType::a : spf::dns::RecordType::txt;
        lookup.hash = table.hash({lookup.name, lookup.type});
        table.insert(lookup);
    }
    for (Lookup& lookup : lookups) {
        CHECK(table.find({lookup.name, lookup.type}, lookup.hash) == &lookup);
    }
    const spf::dns::Question other{"d1.test", spf::dns::RecordType::mx};
    CHECK(table.find(other, table.hash(other)) == nullptr);
    for (const Lookup& lookup : lookups) {
        table.erase(lookup);
        CHECK(table.find({lookup.name, lookup.type}, lookup.hash) == nullptr);
    }
}

TEST_CASE("what a name hashes to in one table says nothing about another", "[cares]") {
    const spf::dns::Question question{"example.com", spf::dns::RecordType::txt};
    CHECK(LookupTable{}.hash(question) != LookupTable{}.hash(question));
}

TEST_CASE("no two numbers of queries on their way are alike", "[cares][rfc5452]") {
    QueryIds ids;
    std::set<std::uint16_t> taken;
    for (std::size_t i = 0; i < QueryIds::most; ++i) CHECK(taken.insert(ids.take()).second);
    ids.give_back(*taken.begin());
    CHECK(taken.count(ids.take()) <= 1);
}

TEST_CASE("the numbers of queries are not in sequence", "[cares][rfc5452]") {
    QueryIds ids;
    std::set<int> steps;
    int last = ids.take();
    for (int i = 0; i < 100; ++i) {
        const int next = ids.take();
        steps.insert(next - last);
        last = next;
    }
    CHECK(steps.size() > 90);
}

TEST_CASE("a queue keeps the order, a pool the memory", "[cares]") {
    Pool<Lookup> pool;
    Lookup& first = pool.take();
    Lookup& second = pool.take();
    CHECK(&first != &second);
    Queue<Lookup> queue;
    queue.push(second);
    queue.push(first);
    CHECK(queue.size() == 2);
    CHECK(queue.pop() == &second);
    CHECK(queue.pop() == &first);
    CHECK(queue.pop() == nullptr);
    CHECK(queue.empty());
    pool.give_back(first);
    CHECK(&pool.take() == &first);
    CHECK(pool.size() == 2);
    CHECK(pool.at(1) == &second);
    CHECK(pool.at(2) == nullptr);
}
