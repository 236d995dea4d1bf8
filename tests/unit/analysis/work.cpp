// The work for maps of policies, in counted steps: it is bounded whatever a domain publishes, and
// ordinary domains stay far below the bound.

#include <functional>
#include <random>
#include <string>

#include "spf/analysis/flatten.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/policy/policy.hpp"
#include "spf/resolver/overlay.hpp"
#include "support/catch.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::SweepOptions;

constexpr std::size_t plenty = std::size_t{1} << 40U;

/// A given number of addresses, spread over the address space.
class Hosts {
public:
    spf::IpAddress next() {
        const auto bits = static_cast<std::uint32_t>(generator_());
        return spf::IpAddress::v4({static_cast<std::uint8_t>(1 + (bits >> 24U) % 223),
                                   static_cast<std::uint8_t>(bits >> 16U),
                                   static_cast<std::uint8_t>(bits >> 8U),
                                   static_cast<std::uint8_t>(bits)});
    }
    std::string terms(std::size_t count, const std::string& prefix = "ip4:") {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) ((out += ' ') += prefix) += next().to_string();
        return out;
    }

private:
    std::mt19937 generator_{1};
};

/// The steps that one call takes from a budget that does not limit it.
std::size_t spent(const std::function<void(const SweepOptions&)>& call) {
    spf::WorkBudget budget(plenty);
    SweepOptions options;
    options.max_evaluations = plenty;
    options.budget = &budget;
    call(options);
    return plenty - budget.left();
}

std::size_t spent_by_map(spf::ZoneResolver& zone) {
    return spent([&zone](const SweepOptions& options) {
        static_cast<void>(spf::analysis::map_networks("example.com", zone, options));
    });
}

std::string repeated(const std::string& term, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) (out += ' ') += term;
    return out;
}

void add_hostile(spf::ZoneResolver& zone, const std::string& kind) {
    Hosts hosts;
    if (kind == "one record, ten includes") {
        zone.add_txt("example.com", "v=spf1" + repeated("include:big.example", 10) + " -all");
        zone.add_txt("big.example", "v=spf1" + hosts.terms(700) + " -all");
    } else if (kind == "one record, a hundred includes") {
        zone.add_txt("example.com", "v=spf1" + repeated("include:big.example", 100) + " -all");
        zone.add_txt("big.example", "v=spf1" + hosts.terms(700) + " -all");
    } else if (kind == "ten records") {
        std::string record = "v=spf1";
        for (int i = 0; i < 10; ++i) {
            const std::string name = "big" + std::to_string(i) + ".example";
            record += " include:" + name;
            zone.add_txt(name, "v=spf1" + hosts.terms(700) + " -all");
        }
        zone.add_txt("example.com", record + " -all");
    } else if (kind == "long macros") {
        zone.add_txt("example.com",
                     "v=spf1" + hosts.terms(300) +
                         repeated("exists:" + std::string(4000, 'x') + "%{d}.example", 10) +
                         " -all");
    } else if (kind == "a long term") {
        std::string macro;
        for (int i = 0; i < 2000; ++i) macro += "%{d1r}";
        zone.add_txt("example.com", "v=spf1 include:" + macro + ".big.example -all");
        zone.add_txt("*.big.example", "v=spf1" + hosts.terms(700) + " -all");
    } else if (kind == "what tells addresses apart behind networks") {
        zone.add_txt("example.com",
                     "v=spf1" + hosts.terms(3000) + repeated("exists:%{i}.example", 100) + " -all");
    } else {
        zone.add_txt("example.com", "v=spf1" + repeated("mx", 10) + hosts.terms(300) + " -all");
        for (int i = 0; i < 10; ++i) {
            const std::string name = "host" + std::to_string(i) + ".example";
            zone.add_mx("example.com", 10, name);
            for (int j = 0; j < 300; ++j) zone.add_a(name, hosts.next());
        }
    }
}

}  // namespace

TEST_CASE("work grows with the size of a policy, not with its square", "[work][networks]") {
    std::size_t before = 0;
    for (const std::size_t count : {std::size_t{10}, std::size_t{100}, std::size_t{1000}}) {
        Hosts hosts;
        spf::ZoneResolver zone;
        zone.add_txt("example.com", "v=spf1" + repeated("include:big.example", 10) + " -all");
        zone.add_txt("big.example", "v=spf1" + hosts.terms(count) + " -all");
        const std::size_t work = spent_by_map(zone);
        CAPTURE(count, before, work);
        if (before != 0) CHECK(work < 11 * before);
        before = work;
    }
}

TEST_CASE("an include costs a step for each range, however large its record is",
          "[work][networks]") {
    Hosts hosts;
    spf::ZoneResolver zone;
    zone.add_txt("big.example", "v=spf1" + hosts.terms(700) + " -all");
    const auto work_of = [&zone](std::size_t includes) {
        spf::RecordOverlay overlay(
            "example.com", "v=spf1" + repeated("include:big.example", includes) + " -all", zone);
        return spent([&overlay](const SweepOptions& options) {
            static_cast<void>(spf::analysis::map_networks("example.com", overlay, options));
        });
    };
    const std::size_t ranges = 2 * 700 + 2;
    CHECK(work_of(10) - work_of(1) < 9 * 2 * ranges);
}

TEST_CASE("what remote parties publish is cut off at the budget, and said to be too large",
          "[work][networks][flatten]") {
    const std::string kind =
        GENERATE("one record, ten includes", "one record, a hundred includes", "ten records",
                 "long macros", "a long term", "what tells addresses apart behind networks",
                 "mail hosts of many addresses");
    CAPTURE(kind);
    spf::ZoneResolver zone;
    add_hostile(zone, kind);
    const std::size_t allowed = 100'000;
    spf::WorkBudget own(allowed);
    SweepOptions options;
    options.budget = &own;
    const spf::analysis::NetworkMap map = spf::analysis::map_networks("example.com", zone, options);
    CHECK((map.is_too_large || !own.is_spent()));
    CHECK(map.ranges.size() <= options.max_evaluations);

    own = spf::WorkBudget(allowed);
    const auto flat = spf::analysis::flatten("example.com", zone, {.networks = options});
    if (own.is_spent()) {
        REQUIRE_FALSE(flat);
        CHECK(flat.error().code == spf::analysis::FlattenError::Code::too_much_work);
    }
}

TEST_CASE("honest trees stay complete, with most of the budget left", "[work][networks]") {
    Hosts hosts;
    spf::ZoneResolver zone;
    std::string record = "v=spf1";
    for (int i = 0; i < 10; ++i) {
        const std::string name = "service" + std::to_string(i) + ".example";
        std::string nets;
        for (int j = 0; j < 200; ++j) nets += " ip4:" + hosts.next().to_string() + "/28";
        zone.add_txt(name, "v=spf1" + nets + " ~all");
        record += " include:" + name;
    }
    zone.add_txt("example.com", record + " -all");
    std::string mails = "v=spf1";
    for (int i = 0; i < 5; ++i) {
        const std::string name = "mail" + std::to_string(i) + ".example";
        for (int j = 0; j < 10; ++j) {
            const std::string host = "host" + std::to_string(j) + '.' + name;
            zone.add_mx(name, 10, host);
            zone.add_a(host, hosts.next());
            zone.add_aaaa(host, spf::IpAddress::v6(0x2001'0db8'0000'0000U, hosts.next().low()));
        }
        mails += " mx:" + name;
    }
    zone.add_txt("mail.example", mails + " -all");
    for (const char* domain : {"example.com", "mail.example"}) {
        CAPTURE(domain);
        spf::WorkBudget budget(SweepOptions::usual_work);
        SweepOptions options;
        options.budget = &budget;
        const spf::analysis::NetworkMap map = spf::analysis::map_networks(domain, zone, options);
        CHECK(map.is_complete());
        CHECK(budget.left() > SweepOptions::usual_work - SweepOptions::usual_work / 10);
        const auto flat =
            spf::analysis::flatten(domain, zone, {.networks = options, .max_length = 2000});
        if (!flat) CHECK(flat.error().code != spf::analysis::FlattenError::Code::too_much_work);
    }
}

TEST_CASE("a map of more networks than a person reads is too large", "[work][networks]") {
    // Single IPv6 addresses leave gaps of more than a hundred networks each.
    spf::ZoneResolver zone;
    std::string record = "v=spf1";
    std::mt19937_64 bits(7);
    for (int i = 0; i < 2500; ++i)
        record += " ip6:" + spf::IpAddress::v6(bits() >> 3U, bits()).to_string();
    zone.add_txt("example.com", record + " -all");
    const spf::analysis::NetworkMap map = spf::analysis::map_networks("example.com", zone);
    CHECK(map.is_too_large);
    CHECK_FALSE(map.is_complete());
    CHECK(map.with(spf::Result::fail).networks().size() +
              map.with(spf::Result::pass).networks().size() <
          spf::analysis::NetworkMap::most_networks + 300);
}

TEST_CASE("a policy that is too large says for how long it is", "[work][policy]") {
    Hosts hosts;
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1" + hosts.terms(3000) + " -all");
    const auto policy = spf::Policy::compile("example.com", zone);
    REQUIRE_FALSE(policy);
    CHECK(policy.error().code == spf::PolicyError::Code::too_large);
    CHECK(policy.error().ttl == spf::ZoneResolver::default_ttl);
}
