#include "base/name_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {

/// The number of names that share their place with an earlier one, in a table of twice as many
/// places.
std::size_t collisions(const std::vector<std::string>& names, std::size_t places, unsigned shift) {
    std::vector<bool> taken(places);
    std::size_t count = 0;
    for (const std::string& name : names) {
        const std::size_t place = spf::hash_name(name) >> shift & (places - 1);
        if (taken[place]) ++count;
        taken[place] = true;
    }
    return count;
}

}  // namespace

TEST_CASE("a folded product is the same with and without a type of 128 bits", "[name_hash]") {
    std::mt19937_64 random{1};
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t left = random() >> random() % 64;
        const std::uint64_t right = random() >> random() % 64;
        REQUIRE(spf::folded_product(left, right) == spf::folded_product_of_parts(left, right));
    }
    CHECK(spf::folded_product_of_parts(~std::uint64_t{0}, ~std::uint64_t{0}) ==
          (std::uint64_t{1} ^ ~std::uint64_t{1}));
}

TEST_CASE("names that are alike are spread over a table, by all bits of their hash",
          "[name_hash]") {
    const auto prefix =
        GENERATE(as<std::string>(), "", "mx", "_netblocks", "a-long-label-before-the-number");
    const auto suffix =
        GENERATE(as<std::string>(), "", ".de", ".example.com", ".spf.protection.outlook.example");
    constexpr std::size_t count = 1U << 14U;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back(prefix + std::to_string(i) + suffix);
    // 21.3 % is expected by chance.
    for (const unsigned shift : {0U, 1U, 20U, 48U}) {
        CAPTURE(prefix, suffix, shift);
        CHECK(collisions(names, 2 * count, shift) < count * 23 / 100);
    }
}

TEST_CASE("what a change does to the hash of a name depends on the seed", "[name_hash]") {
    const std::string name = "0123456789abcdef0123456789abcdef.example";
    std::mt19937_64 random{2};
    std::vector<std::uint64_t> seeds(64);
    for (std::uint64_t& seed : seeds) seed = random();
    for (std::size_t at = 0; at < name.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string changed = name;
            changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ 1U << bit);
            std::set<std::size_t> differences;
            for (const std::uint64_t seed : seeds)
                differences.insert(spf::hash_name(name, seed) ^ spf::hash_name(changed, seed));
            CAPTURE(at, bit);
            REQUIRE(differences.size() == seeds.size());
            REQUIRE(differences.count(0) == 0);
        }
    }
}

TEST_CASE("the high half of a hash selects the table, whatever the width of a size_t", "[hash]") {
    constexpr std::size_t top = std::size_t{1} << (std::numeric_limits<std::size_t>::digits - 16);
    CHECK(spf::shard_of(0, 16) == 0);
    CHECK(spf::shard_of(top - 1, 16) == 0);
    CHECK(spf::shard_of(top * 5, 16) == 5);
    CHECK(spf::shard_of(top * 16, 16) == 0);
    CHECK(spf::shard_of(~std::size_t{0}, 64) == 63);
}
