// What hostile reports cost: no more than their size.

#include <algorithm>
#include <string>
#include <vector>

#include "bounce/bounce.hpp"
#include "bounce/prose.hpp"
#include "refusal/claims.hpp"
#include "refusal/words.hpp"
#include "support/bounces.hpp"
#include "support/catch.hpp"
#include "support/cpu_time.hpp"

namespace {

/// Returns how many times as long the second takes as the first, at best of a few attempts.
template <class First, class Second>
double ratio(First first, Second second, double enough) {
    const auto took = [](const auto& work) {
        const auto begin = spf::test::cpu_time();
        work();
        return (spf::test::cpu_time() - begin).count();
    };
    double least = 1e9;
    for (int i = 0; i < 6 && least > enough; ++i)
        least = std::min(least, took(second) / took(first));
    return least;
}

std::string times(int count, std::string_view text) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

/// Returns addresses, with what separates them.
std::string addresses(int count, std::string_view between) {
    std::string out;
    for (int i = 0; i < count; ++i)
        out.append(i == 0 ? "" : between).append("u" + std::to_string(i) + "@example.net");
    return out;
}

/// Checks that a report about 190 recipients, of whom the same long words are said, costs much less
/// than 190 reports.
template <class Make>
void check_read_once(Make make) {
    const std::string one = make(1);
    const std::string many = make(190);
    const auto read = [](const std::string& text) { return spfcheck::read_report(text); };
    REQUIRE(read(one));
    CHECK(read(one)->recipients.size() == 1);
    CHECK(read(many)->recipients.size() == 190);
    CHECK(ratio([&] { CHECK(read(one)); }, [&] { CHECK(read(many)); }, 20) <= 20);
}

const std::string long_words = "550 5.7.1 refused " + times(1500, "no thanks ");

}  // namespace

TEST_CASE("a run of colons and letters costs linear time", "[refusal][hostile]") {
    const std::string small = times(2'000, "aaaaa:");
    const std::string large = times(8'000, "aaaaa:");
    // Four times the size; sixteen times the cost if the rest is read behind each colon.
    CHECK(ratio([&] { CHECK_FALSE(spfcheck::claimed_ip(small)); },
                [&] { CHECK_FALSE(spfcheck::claimed_ip(large)); }, 8) <= 8);
}

TEST_CASE("an address behind a long run of colons and letters is found", "[refusal][hostile]") {
    CHECK(spfcheck::claimed_ip(times(100, "a:") + "x 192.0.2.7").has_value());
    CHECK(spfcheck::claimed_ip(std::string(100, 'a') + ":192.0.2.7").has_value());
}

TEST_CASE("no more of a reply in a transcript is kept than is read", "[bounce][hostile]") {
    std::vector<std::string_view> lines{">>> RCPT TO:<u@example.net>"};
    lines.resize(10'000, "<<< 550-5.7.1 refused, and there is more to say about it");
    const auto said = spfcheck::read_transcript(lines);
    REQUIRE(said.size() == 1);
    CHECK(said.front().words.size() <= 2 * spfcheck::longest_reply);
}

TEST_CASE("a reply about all recipients is read once", "[bounce][hostile]") {
    if (!SPF_WITH_GMIME) return;
    check_read_once([](int count) {
        std::string fields = "Reporting-MTA: dns; mail.example.org\n";
        for (int i = 0; i < count; ++i) {
            fields += "\nFinal-Recipient: rfc822; u" + std::to_string(i) +
                      "@example.net\nAction: failed\nStatus: 5.0.0\n";
        }
        return spf::test::status_bounce(fields, ">>> DATA\n<<< " + long_words + '\n');
    });
}

TEST_CASE("the words in a line of sendmail's log are read once for its recipients",
          "[log][hostile]") {
    check_read_once([](int count) {
        return "May  5 10:00:00 mail sendmail[1]: 445A: to=" + addresses(count, ",") +
               ", delay=00:00:01, relay=mx.example.net. [198.51.100.5], dsn=5.7.1, stat=" +
               long_words + '\n';
    });
}

TEST_CASE("a status in Exchange's log is read once for the recipients of its line",
          "[log][hostile]") {
    check_read_once([](int count) {
        return "#Fields: date-time,event-id,recipient-address,recipient-status,message-id\n"
               "2026-05-05T10:00:00Z,FAIL," +
               addresses(count, ";") + ',' + long_words + ",<1@example.org>\n";
    });
}
