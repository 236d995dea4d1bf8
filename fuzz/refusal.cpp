// Tests replies of servers. What is read of one is printable and bounded, its codes stand in it,
// and what it is about does not depend on how its words are spaced.

#include "refusal/refusal.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "require.hpp"

namespace {

using spfcheck::Cause;
using spfcheck::read_refusal;
using spfcheck::Refusal;

bool is_printable(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Returns the text with each space doubled and with a line end behind it.
std::string spread(const std::string& text) {
    std::string out;
    for (const char c : text) {
        out += c;
        if (c == ' ') out += " \r\n\t";
    }
    return out;
}

void check(const std::string& text, const Refusal& refusal) {
    REQUIRE_THAT(is_printable(refusal.text) && refusal.text.size() <= spfcheck::longest_words);
    REQUIRE_THAT(!refusal.code || (*refusal.code >= 200 && *refusal.code < 600));
    if (refusal.code) REQUIRE_THAT(text.find(std::to_string(*refusal.code)) != std::string::npos);
    REQUIRE_THAT(refusal.status.empty() || text.find(refusal.status) != std::string::npos);
    REQUIRE_THAT(is_printable(refusal.claimed_domain) && refusal.claimed_domain.size() <= 253);
    REQUIRE_THAT(!to_string(refusal.cause).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const Refusal refusal = read_refusal(text);
    check(text, refusal);
    REQUIRE_THAT(read_refusal(text) == refusal);
    // Doubling must not pass the limit of what is read.
    if (size < 4000) {
        const Refusal spaced = read_refusal(spread(text));
        REQUIRE_THAT(spaced.cause == refusal.cause && spaced.status == refusal.status);
    }
    return 0;
}
