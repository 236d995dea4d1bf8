// The library compared with the oracle: on all records of up to three terms from a small alphabet,
// then on random zones. The seed of a random zone is printed with the difference.
#include "conformance/oracle.hpp"

#include <array>
#include <random>

#include "conformance/check_zone.hpp"
#include "conformance/oracle_grammar.hpp"
#include "spf/record/parse.hpp"

namespace {

using namespace spf::test;
using spf::oracle::Verdict;

/// The names that the terms of the alphabet refer to; the tested record is that of example.com.
constexpr std::string_view fixed_zone = R"(
    example.com.              A 192.0.2.1
    example.com.              AAAA 2001:db8::1
    example.com.              MX 10 nowhere.example.
    example.com.              MX 20 mail.example.com.
    mail.example.com.         A 192.0.2.2
    two.example.              A 192.0.2.2
    pass.example.             TXT "v=spf1 a:two.example -all exp=why.example"
    fail.example.             TXT "v=spf1 a:void.example -all exp=why.example"
    broken.example.           TXT "v=spf1 +all oops"
    loop.example.             TXT "v=spf1 include:example.com redirect=example.com"
    away.example.             TXT "v=spf1 redirect=fail.example"
    text.example.             TXT "nothing to see"
    bad.example.              A !servfail
    bad.example.              AAAA !timeout
    bad.example.              MX !error
    bad.example.              TXT !unreachable
    why.example.              TXT "%{i} of %{d} by %{p}"
    1.2.0.192.in-addr.arpa.   PTR mail.example.com.
    1.2.0.192.in-addr.arpa.   PTR example.com.
    2.2.0.192.in-addr.arpa.   PTR two.example.
)";

constexpr std::array small_alphabet{
    "-all",
    "?all",
    "a",
    "-mx",
    "~ptr",
    "ip4:192.0.2.2",
    "ip6:2001:db8::/32",
    "-a:void.example",
    "a:bad.example",
    "mx:two.example",
    "exists:%{l}.%{p}.example",
    "-include:pass.example",
    "include:fail.example",
    "include:void.example",
    "include:loop.example",
    "include:away.example",
    "redirect=fail.example",
    "redirect=%{d1}",
    "exp=why.example",
    "a:a..b.example",
    "x=%{d}",
    "oops",
};

constexpr std::array more_terms{
    "+all",
    "~all",
    "all:",
    "a/0//0",
    "a/24/64",
    "mx//64",
    "mx/33",
    "ptr:example",
    "ptr:two.example",
    "-ptr:com",
    "ip4:192.0.2.0/31",
    "ip4:1.2.3",
    "ip6:::/0",
    "exists:bad.example",
    "exists:two.example",
    "?exists:%{ir}.%{v}.arpa",
    "include:broken.example",
    "include:bad.example",
    "include:%{d1}",
    "-include:example.com",
    "redirect=void.example",
    "redirect=pass.example",
    "exp=%{p}.example",
    "exp=void.example",
    "a:%{h}",
    "mx:%{o}/24",
    "a:%{d0}",
    "x=%{",
    "-",
    "=",
    "a:%{l}.%{p}.%{s}",
    "include:[x.example",
    "redirect=[x.example",
    "a:[x.example",
    "A:TWO.EXAMPLE.",
};

struct Client {
    std::string_view ip;
    std::string_view mail_from;
};
constexpr std::array clients{Client{"192.0.2.1", "ann@example.com"},
                             Client{"192.0.2.2", "b\xc3\xbc@example.com"},
                             Client{"2001:db8::1", ""}, Client{"203.0.113.7", "a-b.c@example.com"}};

/// A resolver whose record at example.com changes without a new zone.
class ChangingZone final : public spf::dns::Resolver {
public:
    explicit ChangingZone(std::string_view rest) : rest_(rest) {}

    void set_record(const std::string& record) {
        auto answer = std::make_shared<spf::dns::Answer>();
        answer->status = spf::dns::Status::ok;
        answer->texts = {record};
        record_ = std::move(answer);
    }
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        if (question.type == spf::dns::RecordType::txt && question.name == "example.com")
            return record_;
        rest_.asked.clear();
        return rest_.resolve(question);
    }

private:
    TestZone rest_;
    spf::dns::AnswerPtr record_;
};

/// Fails with everything that is needed to repeat the case.
void compare(const std::string& record, const Client& client, spf::Evaluation& reused,
             spf::dns::Resolver& zone) {
    const auto request = request_for(client.ip, client.mail_from, "example.com");
    const Verdict ours = spf::oracle::verdict_of(spf::check_host(reused, request, zone));
    const Verdict theirs = spf::oracle::check_host(request, zone);
    if (ours == theirs) return;
    CAPTURE(record, client.ip, client.mail_from);
    CHECK(ours == theirs);
}

template <class Terms>
void compare_all_of(const Terms& terms, std::size_t longest) {
    const std::vector<std::string> list(terms.begin(), terms.end());
    ChangingZone zone(fixed_zone);
    spf::Evaluation reused;
    std::size_t compared = 0;
    const auto compare_record = [&](const std::string& record) {
        zone.set_record(record);
        for (const auto& client : clients) compare(record, client, reused, zone);
        ++compared;
    };
    const std::string start = "v=spf1";
    compare_record(start);
    for (const std::string& first : list) {
        compare_record(start + " " + first);
        for (const std::string& second : list) {
            compare_record(start + " " + first + " " + second);
            if (longest < 3) continue;
            for (const std::string& third : list)
                compare_record(start + " " + first + " " + second + " " + third);
        }
    }
    REQUIRE(compared > list.size() * list.size());
}

std::vector<std::string> whole_alphabet() {
    std::vector<std::string> all(small_alphabet.begin(), small_alphabet.end());
    all.insert(all.end(), more_terms.begin(), more_terms.end());
    return all;
}

// --- random --------------------------------------------------------------------------------------

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    std::size_t below(std::size_t bound) { return engine_() % bound; }
    bool one_in(std::size_t bound) { return below(bound) == 0; }
    template <class Choices>
    std::string of(const Choices& choices) {
        return std::string(choices[below(choices.size())]);
    }

private:
    std::mt19937 engine_;
};

constexpr std::array names{"example.com", "a.example", "b.example",   "c.a.example",
                           "d.example",   "e.example", "void.example"};
constexpr std::array addresses{"192.0.2.1", "192.0.2.2", "192.0.3.1", "203.0.113.7"};
constexpr std::array addresses6{"2001:db8::1", "2001:db8::2", "2001:db8:1::1", "::ffff:192.0.2.1"};
constexpr std::array qualifiers{"", "", "", "+", "-", "~", "?"};
constexpr std::array macros{"%{d}",        "%{d2}",           "%{l}.%{o}", "%{p}",
                            "%{lr-}.%{d}", "%{ir}.%{v}.arpa", "%{s}",      "%{H}",
                            "%{i4}.%{d}",  "%{L}.x.%{D1r}",   "%%.x",      "%{d9r.-}"};

std::string random_target(Dice& dice) {
    if (dice.one_in(3)) return dice.of(macros);
    if (dice.one_in(12)) return "x." + dice.of(macros);
    return dice.of(names) + (dice.one_in(8) ? "." : "");
}

std::string random_prefix(Dice& dice) {
    std::string prefix;
    if (dice.one_in(3)) prefix += "/" + std::to_string(dice.below(33));
    if (dice.one_in(3)) prefix += "//" + std::to_string(dice.below(129));
    return prefix;
}

std::string random_term(Dice& dice) {
    const std::string q = dice.of(qualifiers);
    switch (dice.below(12)) {
        case 0: return dice.one_in(3) ? q + "all" : q + "ptr";
        case 1:
        case 2: return q + "include:" + random_target(dice);
        case 3:
            return q + "a" + (dice.one_in(2) ? "" : ":" + random_target(dice)) +
                   random_prefix(dice);
        case 4:
            return q + "mx" + (dice.one_in(2) ? "" : ":" + random_target(dice)) +
                   random_prefix(dice);
        case 5: return q + "ptr:" + random_target(dice);
        case 6: return q + "ip4:" + dice.of(addresses) + "/" + std::to_string(dice.below(33));
        case 7: return q + "ip6:" + dice.of(addresses6) + "/" + std::to_string(dice.below(129));
        case 8: return q + "exists:" + random_target(dice);
        case 9: return "redirect=" + random_target(dice);
        case 10: return "exp=" + random_target(dice);
        default:
            return dice.one_in(10) ? dice.of(more_terms)
                                   : "m" + std::to_string(dice.below(3)) + "=" + dice.of(macros);
    }
}

std::string random_record(Dice& dice) {
    std::string record = "v=spf1";
    for (std::size_t count = dice.below(6); count > 0; --count) record += " " + random_term(dice);
    if (dice.one_in(2)) record += " -all";
    if (dice.one_in(30)) record[dice.below(record.size())] = "%{}/:= .\t"[dice.below(9)];
    return record;
}

std::string random_zone(Dice& dice) {
    std::string zone;
    for (const std::string name : names) {
        if (name == "void.example") continue;
        if (!dice.one_in(8)) zone += name + ". TXT \"" + random_record(dice) + "\"\n";
        if (dice.one_in(20)) zone += name + ". TXT \"" + random_record(dice) + "\"\n";
        if (dice.one_in(8)) zone += name + ". TXT \"because %{s} %{c} %{p} %{r}\"\n";
        for (std::size_t count = dice.below(3); count > 0; --count)
            zone += name + ". A " + dice.of(addresses) + "\n";
        for (std::size_t count = dice.below(3); count > 0; --count)
            zone += name + ". AAAA " + dice.of(addresses6) + "\n";
        for (std::size_t count = dice.below(4); count > 0; --count)
            zone += name + ". MX 10 " + dice.of(names) + ".\n";
        if (dice.one_in(15)) zone += name + ". " + (dice.one_in(2) ? "A" : "TXT") + " !servfail\n";
        if (dice.one_in(15)) zone += name + ". " + (dice.one_in(2) ? "MX" : "AAAA") + " !timeout\n";
        if (dice.one_in(10)) zone += "*." + name + ". A 127.0.0.2\n";
    }
    for (const std::string reverse : {"1.2.0.192.in-addr.arpa", "2.2.0.192.in-addr.arpa"}) {
        for (std::size_t count = dice.below(4); count > 0; --count)
            zone += reverse + ". PTR " + dice.of(names) + ".\n";
    }
    return zone;
}

void compare_random(unsigned first_seed, unsigned count) {
    spf::Evaluation reused;
    for (unsigned seed = first_seed; seed < first_seed + count; ++seed) {
        Dice dice(seed);
        const std::string text = random_zone(dice);
        CAPTURE(seed, text);
        TestZone zone(text);
        for (const auto& client : clients) {
            for (const std::string name : {"example.com", "a.example"}) {
                const std::string sender = "a-b.c@" + name;
                compare(name, {client.ip, client.mail_from.empty() ? "" : std::string_view(sender)},
                        reused, zone);
            }
        }
    }
}

}  // namespace

TEST_CASE("ours and the oracle agree on all records of up to three terms",
          "[oracle][rfc7208-4.6]") {
    compare_all_of(small_alphabet, 3);
}

TEST_CASE("ours and the oracle agree on all records of up to two terms of the large alphabet",
          "[oracle][rfc7208-4.6]") {
    compare_all_of(whole_alphabet(), 2);
}

TEST_CASE("ours and the oracle agree on all records of up to three terms of the large alphabet",
          "[.slow][oracle][rfc7208-4.6]") {
    compare_all_of(whole_alphabet(), 3);
}

TEST_CASE("ours and the oracle agree on random zones", "[oracle]") {
    compare_random(20140401, 4000);
}

TEST_CASE("ours and the oracle agree on very many random zones", "[.slow][oracle]") {
    compare_random(1, 400'000);
}

TEST_CASE("ours and the oracle read the same texts as records", "[oracle][rfc7208-12]") {
    // All texts of up to five of these octets after a mechanism's or modifier's name.
    constexpr std::string_view octets = ":/=.%{}d0r-a1";
    for (const std::string name :
         {"a", "mx:a.b", "ptr", "include:", "ip4:1.2.3.4", "ip6:1::", "x", "redirect=", "a:%{"}) {
        std::vector<std::string> tails{""};
        for (std::size_t next = 0; next < tails.size(); ++next) {
            const std::string tail = tails[next];
            const std::string record = "v=spf1 " + name + tail;
            const bool ours = spf::parse_record(record).has_value();
            const bool theirs = spf::oracle::read_record(record).has_value();
            if (ours != theirs) {
                CAPTURE(record);
                CHECK(ours == theirs);
            }
            if (tail.size() == 4) continue;
            for (const char octet : octets) tails.push_back(tail + octet);
        }
    }
}

TEST_CASE("ours and the oracle read the same addresses", "[oracle][rfc7208-5.6]") {
    constexpr std::string_view octets = ":.01f/g";
    for (const std::string start : {"ip6:", "ip6:1:2:3:4:5:6", "ip6:::1.2.3", "ip4:1.2", "ip4:25",
                                    "ip6:1::/12", "ip4:1.2.3.4/"}) {
        std::vector<std::string> tails{""};
        for (std::size_t next = 0; next < tails.size(); ++next) {
            const std::string tail = tails[next];
            const std::string record = "v=spf1 " + start + tail;
            const bool ours = spf::parse_record(record).has_value();
            const bool theirs = spf::oracle::read_record(record).has_value();
            if (ours != theirs) {
                CAPTURE(record);
                CHECK(ours == theirs);
            }
            if (tail.size() == 5) continue;
            for (const char octet : octets) tails.push_back(tail + octet);
        }
    }
}
