// A policy written out as networks.

#include "spf/analysis/flatten.hpp"

#include <algorithm>
#include <string>

#include "spf/analysis/diff.hpp"
#include "spf/resolver/overlay.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::analysis::FlattenError;
using spf::test::ip;

std::string numbered(const char* prefix, unsigned number, const char* suffix) {
    return prefix + std::to_string(number) + suffix;
}

struct Example {
    spf::ZoneResolver zone;

    explicit Example(std::string record) {
        zone.add_txt("example.com", std::move(record), std::chrono::seconds{600});
        zone.add_txt("mailer.example", "v=spf1 ip4:203.0.113.0/26 ip6:2001:db8::/32 -all");
        zone.add_txt("moved.example", "v=spf1 include:mailer.example ~all");
        zone.add_txt("list.example", "v=spf1 ip4:198.51.100.1 exists:%{i}.list.example -all");
        zone.add_a("a.example", ip("203.0.113.64"));
        for (unsigned i = 0; i < 15; ++i) {
            zone.add_txt(numbered("n", i, ".example"),
                         numbered("v=spf1 ip4:10.0.", 2 * i, ".0/24 -all"));
        }
        std::string many = "v=spf1";
        for (unsigned i = 0; i < 80; ++i) many += numbered(" ip4:172.16.0.", 2 * i, "");
        zone.add_txt("many.example", many + " -all");
    }
    spf::Expected<spf::analysis::Flattened, FlattenError> flatten(
        const spf::analysis::FlattenOptions& options = {}) {
        return spf::analysis::flatten("Example.com.", zone, options);
    }
};

/// The records, one per line; or the error.
std::string flattened(std::string record) {
    const auto flat = Example(std::move(record)).flatten();
    if (!flat) return std::string(flat.error().message());
    std::string out;
    for (const auto& each : flat->records) out += each.name + " " + each.record + "\n";
    return out;
}

}  // namespace

TEST_CASE("networks take the place of what leads to them", "[flatten]") {
    const auto [record, flat] = GENERATE(table<std::string, std::string>({
        {"v=spf1 -all", "v=spf1 -all"},
        {"v=spf1", "v=spf1 ?all"},
        {"v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "v=spf1 ip4:192.0.2.0/24 -all"},
        {"v=spf1 include:mailer.example a:a.example -all",
         "v=spf1 ip4:203.0.113.0/26 ip4:203.0.113.64 ip6:2001:db8::/32 -all"},
        {"v=spf1 redirect=moved.example", "v=spf1 ip4:203.0.113.0/26 ip6:2001:db8::/32 ~all"},
        {"v=spf1 -ip4:203.0.113.0/27 include:mailer.example ~all exp=why.example x=y",
         "v=spf1 ip4:203.0.113.32/27 ip6:2001:db8::/32 -ip4:203.0.113.0/27 ~all exp=why.example "
         "x=y"},
        {"v=spf1 ~include:mailer.example -all",
         "v=spf1 ~ip4:203.0.113.0/26 ~ip6:2001:db8::/32 -all"},
        {"v=spf1 +all ip4:192.0.2.1", "v=spf1 all"},
    }));
    CAPTURE(record);
    CHECK(flattened(record) == "example.com " + flat + "\n");
}

TEST_CASE("terms that cannot be enumerated stay in their places", "[flatten]") {
    const auto [record, flat, kept] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 include:mailer.example exists:%{i}.x.example a:a.example -all",
         "v=spf1 ip4:203.0.113.0/26 ip6:2001:db8::/32 exists:%{i}.x.example ip4:203.0.113.64 -all",
         "exists:%{i}.x.example"},
        {"v=spf1 a:a.example ?include:list.example -all",
         "v=spf1 ip4:203.0.113.64 ?include:list.example -all", "?include:list.example"},
        {"v=spf1 a:a.example redirect=list.example",
         "v=spf1 ip4:203.0.113.64 redirect=list.example", "redirect=list.example"},
        {"v=spf1 -ptr", "v=spf1 -ptr ?all", "-ptr"},
    }));
    CAPTURE(record);
    const auto result = Example(record).flatten();
    REQUIRE(result);
    REQUIRE(result->records.size() == 1);
    CHECK(result->records[0].record == flat);
    CHECK(result->kept == std::vector<std::string>{kept});
}

TEST_CASE("a record with more than ten lookups becomes one without", "[flatten][rfc7208-4.6.4]") {
    std::string record = "v=spf1";
    for (unsigned i = 0; i < 15; ++i) record += numbered(" include:n", i, ".example");
    Example example(record + " -all");
    CHECK_FALSE(spf::analysis::map_networks("example.com", example.zone)
                    .with(spf::Result::permerror)
                    .empty());
    const auto flat = example.flatten();
    REQUIRE(flat);
    CHECK(flat->records.size() == 1);
    CHECK(flat->dns_lookups == 0);
    CHECK(flat->ttl == std::chrono::seconds{600});
}

TEST_CASE("what does not fit into one record is split", "[flatten][rfc7208-3.4]") {
    Example example("v=spf1 include:many.example ~a:a.example -all");
    const auto flat = example.flatten();
    REQUIRE(flat);
    REQUIRE(flat->records.size() == 5);
    CHECK(flat->records[0].record ==
          "v=spf1 include:_spf1.example.com include:_spf2.example.com include:_spf3.example.com "
          "include:_spf4.example.com ~ip4:203.0.113.64 -all");
    CHECK(flat->records[4].name == "_spf4.example.com");
    for (const auto& each : flat->records) CHECK(each.record.size() <= 450);
    CHECK(flat->dns_lookups == 4);
}

TEST_CASE("what cannot be flattened is refused with the reason", "[flatten]") {
    const auto code = [](const auto& flat) { return flat.error().code; };
    auto flat = Example("no record").flatten();
    REQUIRE_FALSE(flat);
    CHECK(code(flat) == FlattenError::Code::no_record);
    CHECK(flat.error().problem->code == spf::Problem::Code::no_record);
    flat = Example("v=spf1 nonsense").flatten();
    REQUIRE_FALSE(flat);
    CHECK(code(flat) == FlattenError::Code::no_record);
    CHECK(flat.error().problem->code == spf::Problem::Code::syntax_error);
    flat = Example("v=spf1 include:none.example -all").flatten();
    REQUIRE_FALSE(flat);
    CHECK(code(flat) == FlattenError::Code::no_result);
    CHECK(flat.error().problem->code == spf::Problem::Code::include_without_record);
    spf::analysis::FlattenOptions options;
    options.max_length = 120;
    flat = Example("v=spf1 include:many.example -all").flatten(options);
    REQUIRE_FALSE(flat);
    CHECK(code(flat) == FlattenError::Code::too_large);
    Example example("v=spf1 -all");
    flat = spf::analysis::flatten("no..name", example.zone);
    REQUIRE_FALSE(flat);
    CHECK(code(flat) == FlattenError::Code::no_record);
}

TEST_CASE("a flattened policy gives every address the result it had", "[flatten]") {
    const unsigned first_seed = 900'000;
    unsigned flattened_count = 0;
    unsigned split = 0;
    unsigned kept = 0;
    for (unsigned seed = first_seed; seed < first_seed + 500; ++seed) {
        CAPTURE(seed);
        spf::test::RandomTree tree(seed, {.errors = seed % 5 == 0, .dependent = seed % 3 == 0});
        spf::analysis::FlattenOptions options;
        if (seed % 2 == 0) options.max_length = 120;
        const auto flat = spf::analysis::flatten("d0.example", tree.zone, options);
        if (!flat) continue;
        ++flattened_count;
        split += flat->records.size() > 1 ? 1U : 0U;
        kept += flat->kept.empty() ? 0U : 1U;

        const spf::analysis::NetworkMap before =
            spf::analysis::map_networks("d0.example", tree.zone);
        // The records are published over the old record, as its owner would do.
        spf::RecordOverlay top("d0.example", flat->records[0].record, tree.zone);
        for (std::size_t i = 1; i < flat->records.size(); ++i) {
            tree.zone.add_txt(flat->records[i].name, flat->records[i].record);
        }
        for (const auto& each : flat->records) REQUIRE(each.record.size() <= options.max_length);
        const spf::analysis::NetworkMap after = spf::analysis::map_networks("d0.example", top);
        REQUIRE(after.dns_lookups == flat->dns_lookups);
        for (int i = 0; i < 50; ++i) {
            const spf::IpAddress client = tree.address();
            const spf::analysis::Decision& decision = *before.find(client);
            if (decision.depends_on || decision.result == spf::Result::permerror) continue;
            const spf::Outcome outcome = spf::test::check("d0.example", client, top);
            if (outcome.result != decision.result) {
                CAPTURE(client.to_string(), flat->records[0].record);
                REQUIRE(outcome.result == decision.result);
            }
        }
    }
    CHECK(flattened_count > 200);
    CHECK(split > 20);
    CHECK(kept > 20);
}
