#include "base/octets.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "spf/dns/name.hpp"
#include "support/catch.hpp"

namespace {

namespace octets = spf::octets;

/// A random short text of these octets.
std::string some_text(std::mt19937& random, std::string_view of) {
    std::string text(random() % 40, '\0');
    for (char& c : text) c = of[random() % of.size()];
    return text;
}

}  // namespace

TEST_CASE("the last of an octet is found wherever it is", "[octets]") {
    std::mt19937 random{1};
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = some_text(random, "@a\xc0\x41?bcdefghij");
        CAPTURE(text);
        REQUIRE(octets::find_last(text, '@') == text.rfind('@'));
    }
    CHECK(octets::find_last("", '@') == std::string_view::npos);
}

TEST_CASE("eight octets are added up without overflow", "[octets]") {
    std::mt19937_64 random{2};
    for (int i = 0; i < 1'000; ++i) {
        const std::uint64_t word = i == 0 ? ~std::uint64_t{0} : random();
        std::size_t sum = 0;
        for (unsigned shift = 0; shift < 64; shift += 8) sum += word >> shift & 0xffU;
        REQUIRE(octets::sum(word) == sum);
    }
}

TEST_CASE("a short plain host can be checked, and asked for as it is", "[octets][rfc7208-4.3]") {
    std::mt19937 random{3};
    int hosts = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::string text = some_text(random, "abcdxyz019-_......");
        // Most texts would be hosts but for one octet.
        if (!text.empty() && i % 2 == 0) text[random() % text.size()] = static_cast<char>(random());
        if (!octets::is_short_plain_host(text)) continue;
        ++hosts;
        CAPTURE(text);
        REQUIRE_FALSE(spf::dns::check_host_domain_problem(text));
        REQUIRE(
            std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
        REQUIRE(text.back() != '.');
    }
    CHECK(hosts > 500);
    for (const char* const usual : {"example.com", "_spf.example.com", "mx-1.mail.example.co.uk",
                                    "xn--bcher-kva.example", "0-9.test"}) {
        CHECK(octets::is_short_plain_host(usual));
    }
    for (const char* const other : {"example.com.", "Example.com", "localhost", "exa..mple",
                                    "[192.0.2.1]", ".example.com", "a b.example"}) {
        CHECK_FALSE(octets::is_short_plain_host(other));
    }
}
