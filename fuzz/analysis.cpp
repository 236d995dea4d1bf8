// Tests lint_domain(), map_networks(), Policy, diff(), flatten() and authorize() for a policy in a
// small zone. Their results are compared with those of check_host().
//
// The input consists of three octets that choose the questions and the hosts of the zone, and of
// texts separated by NUL: the records of example.com, a.example, b.example, c.example and
// new.example, and a relay.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "require.hpp"
#include "spf/analysis/authorize.hpp"
#include "spf/analysis/diff.hpp"
#include "spf/analysis/flatten.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/lint/domain.hpp"
#include "spf/policy/policy.hpp"
#include "spf/record/parse.hpp"
#include "spf/resolver/overlay.hpp"
#include "spf/resolver/zone.hpp"

namespace {

using spf::Family;
using spf::IpAddress;
using spf::NetworkSet;
using spf::Result;
using spf::analysis::NetworkMap;

constexpr const char* domain = "example.com";
constexpr std::array<const char*, 5> names{domain, "a.example", "b.example", "c.example",
                                           "new.example"};
constexpr std::array<Result, 7> results{Result::none,     Result::neutral,  Result::pass,
                                        Result::fail,     Result::softfail, Result::temperror,
                                        Result::permerror};
/// Limits that suffice for any policy that fits into an input, and are low enough to test many
/// inputs per second.
constexpr spf::SweepOptions small{.limits = {}, .max_evaluations = 2000, .max_work = 50'000};

struct Input {
    std::uint8_t choice = 0;
    std::uint8_t host = 0;
    std::uint8_t failing = 0;
    std::array<std::string, names.size() + 1> texts;  ///< the records of `names`, then the relay
};

Input read(const std::uint8_t* data, std::size_t size) {
    Input input{data[0], data[1], data[2], {}};
    std::size_t at = 0;
    for (std::size_t i = 3; i < size; ++i) {
        if (data[i] == 0 && at + 1 < input.texts.size()) {
            ++at;
        } else {
            input.texts[at] += static_cast<char>(data[i]);
        }
    }
    return input;
}

void fill(spf::ZoneResolver& zone, const Input& input) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        zone.add_a(names[i], IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(i * 7)}));
        if (!input.texts[i].empty()) zone.add_txt(names[i], input.texts[i]);
    }
    const std::uint8_t host = input.host;
    zone.add_a("h.example", IpAddress::v4({192, 0, 2, host}));
    zone.add_a("h.example", IpAddress::v4({198, 51, 100, host}));
    zone.add_aaaa("h.example", IpAddress::v6(0x2001'0db8'0000'0000U, host));
    zone.add_mx(domain, 10, "h.example");
    zone.add_mx("m.example", 10, "a.example");
    zone.add_mx("m.example", 20, "nowhere.example");
    zone.add_txt("why.example", "%{i} is not %{d}'s");
    zone.add_a("*.w.example", IpAddress::v4({127, 0, 0, 2}));
    if (input.failing < names.size()) {
        zone.set_status(names[input.failing], spf::dns::RecordType::txt,
                        spf::dns::Status::servfail);
    }
    if (input.failing == 7) zone.set_status("h.example", spf::dns::Status::timeout);
}

spf::Outcome check(std::string_view name, IpAddress ip, spf::dns::Resolver& dns) {
    const std::string sender = "postmaster@" + std::string(name);
    return spf::check_host({.ip = ip, .mail_from = sender, .helo = name}, dns);
}

/// Returns addresses at which a result may change: the first and the last address of some ranges.
std::vector<IpAddress> borders(const NetworkMap& map) {
    std::vector<IpAddress> out;
    const std::size_t step = map.ranges.size() / 40 + 1;
    for (std::size_t i = 0; i < map.ranges.size(); i += step) {
        for (const IpAddress each : {map.ranges[i].range.first, map.ranges[i].range.last}) {
            // An IPv4-mapped IPv6 address is never the address of an IPv6 client.
            if (each.family() == map.ranges[i].range.family) out.push_back(each);
        }
    }
    return out;
}

/// Checks that the ranges are sorted and disjoint, and that a complete map has no gaps.
void check_ranges(const NetworkMap& map) {
    const spf::analysis::DecidedRange* before = nullptr;
    std::size_t families = 0;
    for (const spf::analysis::DecidedRange& each : map.ranges) {
        const spf::AddressRange& range = each.range;
        REQUIRE_THAT(each.decision < map.decisions.size());
        REQUIRE_THAT(range.first <= range.last);
        const bool begins = before == nullptr || before->range.family != range.family;
        if (begins) {
            ++families;
            REQUIRE_THAT(range.first == spf::AddressRange::all(range.family).first);
        } else {
            REQUIRE_THAT(before->range.last.next() == range.first);
            REQUIRE_THAT(before->decision != each.decision);
        }
        before = &each;
    }
    if (!map.is_complete()) return;
    REQUIRE_THAT(families == 2);
    REQUIRE_THAT(before->range.last == spf::AddressRange::all(Family::ipv6).last);
    NetworkSet all = map.unknown();
    for (const Result result : results) {
        REQUIRE_THAT(set_intersection(all, map.with(result)).empty());
        all = set_union(all, map.with(result));
    }
    REQUIRE_THAT(all.ranges().size() == 2);
}

void check_map(const NetworkMap& map, spf::dns::Resolver& dns) {
    check_ranges(map);
    for (const IpAddress ip : borders(map)) {
        const spf::analysis::Decision* decision = map.find(ip);
        REQUIRE_THAT(decision != nullptr);
        if (decision->depends_on) {
            REQUIRE_THAT(*decision->depends_on < map.not_enumerable.size());
            REQUIRE_THAT(!spf::is_enumerable(map.not_enumerable[*decision->depends_on].term));
            continue;
        }
        const spf::Outcome outcome = check(map.domain, ip, dns);
        REQUIRE_THAT(decision->result == outcome.result);
        REQUIRE_THAT(decision->problem.has_value() == outcome.problem.has_value());
        if (outcome.problem) REQUIRE_THAT(*decision->problem == outcome.problem->code);
        REQUIRE_THAT(decision->mechanism == outcome.mechanism);
        REQUIRE_THAT(decision->mechanism_domain == outcome.mechanism_domain);
        REQUIRE_THAT(decision->dns_lookups == outcome.dns_lookups);
        REQUIRE_THAT(decision->void_lookups == outcome.void_lookups);
        REQUIRE_THAT(map.dns_lookups >= outcome.dns_lookups);
        REQUIRE_THAT(map.void_lookups >= outcome.void_lookups);
    }
}

/// Checks that a Policy can be compiled if the map shows no reason against it, and that its results
/// are those of check_host().
void check_policy(const NetworkMap& map, spf::dns::Resolver& dns) {
    const auto policy = spf::Policy::compile(map.domain, dns);
    if (!policy) {
        REQUIRE_THAT(!policy.error().message().empty());
        const bool is_clear = map.is_complete() && map.not_enumerable.empty();
        REQUIRE_THAT(!is_clear || !map.with(Result::temperror).empty());
        return;
    }
    REQUIRE_THAT(map.not_enumerable.empty());
    for (const IpAddress ip : borders(map)) {
        const spf::PolicyDecision& decision = policy->check(ip);
        const spf::Outcome outcome = check(map.domain, ip, dns);
        REQUIRE_THAT(decision.result == outcome.result);
        REQUIRE_THAT(decision.mechanism == outcome.mechanism);
        REQUIRE_THAT(decision.mechanism_domain == outcome.mechanism_domain);
        REQUIRE_THAT(decision.dns_lookups == outcome.dns_lookups);
        REQUIRE_THAT(decision.void_lookups == outcome.void_lookups);
        // A Policy does not contain the explanation, but must state that there is one.
        REQUIRE_THAT(outcome.explanation.empty() || decision.is_explained);
        if (decision.is_explained) continue;
        REQUIRE_THAT(policy->ttl() <= outcome.ttl);
        REQUIRE_THAT(decision.ttl == outcome.ttl);
        REQUIRE_THAT(decision.depends_on_sender == outcome.depends_on_sender);
    }
}

/// The parts of a policy that lint_domain() does not examine, because they depend on the message.
struct Unseen {
    /// Whether a record is included, or redirected to, by a name with macros.
    bool records = false;
    /// Whether `ptr` or names with macros may cause void lookups.
    bool voids = false;
};

Unseen unseen(const Input& input) {
    Unseen out;
    for (const std::string& text : input.texts) {
        const auto record = spf::parse_record(text);
        if (!record) continue;
        out.voids = out.voids || text.find('%') != std::string::npos;
        const spf::Redirect* redirect = record->redirect();
        out.records = out.records || (redirect != nullptr && redirect->domain.has_macros());
        for (const spf::Directive& each : record->directives) {
            const auto* include = std::get_if<spf::Include>(&each.mechanism);
            out.records = out.records || (include != nullptr && include->domain.has_macros());
            out.voids = out.voids || std::holds_alternative<spf::Ptr>(each.mechanism);
        }
    }
    return out;
}

/// Checks that the findings about the policy agree with the results of check_host().
void check_lint(const Input& input, const NetworkMap& map, spf::dns::Resolver& dns) {
    const spf::lint::DomainLint lint = spf::lint::lint_domain(map.domain, dns);
    bool is_error = false;
    for (const spf::lint::Finding& each : lint.findings) {
        REQUIRE_THAT(each.offset <= each.text.size());
        REQUIRE_THAT(each.length <= each.text.size() - each.offset);
        REQUIRE_THAT(!each.message().empty() && !each.remedy().empty() && !each.domain.empty());
        is_error = is_error || each.severity == spf::lint::Finding::Severity::error;
    }
    const Unseen not_seen = unseen(input);
    if (not_seen.records) return;
    REQUIRE_THAT(lint.dns_lookups >= map.dns_lookups);
    for (const spf::analysis::Decision& each : map.decisions) {
        const bool is_void = each.problem == spf::Problem::Code::too_many_void_lookups;
        REQUIRE_THAT(is_error || each.depends_on || !each.problem || (is_void && not_seen.voids));
    }
}

std::optional<Result> result_at(const NetworkMap& map, IpAddress ip) {
    const spf::analysis::Decision* decision = map.find(ip);
    if (decision == nullptr || decision->depends_on) return std::nullopt;
    if (decision->result == Result::temperror) return std::nullopt;
    return decision->result;
}

/// Checks that both directions have the same differences, and that no difference is missing.
void check_diff(const NetworkMap& from, const NetworkMap& to) {
    REQUIRE_THAT(spf::analysis::diff(from, from).empty());
    const std::vector<spf::analysis::Change> changes = spf::analysis::diff(from, to);
    const std::vector<spf::analysis::Change> back = spf::analysis::diff(to, from);
    REQUIRE_THAT(changes.size() == back.size());
    std::vector<spf::Network> changed;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const spf::analysis::Change& each = changes[i];
        REQUIRE_THAT(each.from != each.to);
        REQUIRE_THAT(back[i] == (spf::analysis::Change{each.network, each.to, each.from}));
        const IpAddress ip = each.network.range().first;
        changed.push_back(each.network);
        if (ip.family() != each.network.family()) continue;  // an IPv4-mapped IPv6 address
        REQUIRE_THAT(result_at(from, ip) == each.from);
        REQUIRE_THAT(result_at(to, ip) == each.to);
    }
    const NetworkSet set{changed};
    for (const NetworkMap* map : {&from, &to}) {
        for (const IpAddress ip : borders(*map)) {
            REQUIRE_THAT(set.contains(ip) == (result_at(from, ip) != result_at(to, ip)));
        }
    }
}

/// Checks that flattened records are valid, are not too long, and have the same meaning as the
/// policy.
void check_flatten(const Input& input, spf::dns::Resolver& dns) {
    spf::analysis::FlattenOptions options{.networks = small, .max_length = 64U + 2U * input.host};
    const auto flat = spf::analysis::flatten(domain, dns, options);
    if (!flat) {
        REQUIRE_THAT(!flat.error().message().empty());
        return;
    }
    REQUIRE_THAT(!flat->records.empty() && flat->records.front().name == domain);
    REQUIRE_THAT(flat->dns_lookups <= 10);
    spf::ZoneResolver published;
    fill(published, {input.choice, input.host, input.failing, {}});
    for (std::size_t i = 1; i < input.texts.size() - 1; ++i) {
        if (!input.texts[i].empty()) published.add_txt(names[i], input.texts[i]);
    }
    for (const spf::analysis::FlatRecord& each : flat->records) {
        REQUIRE_THAT(spf::parse_record(each.record));
        REQUIRE_THAT(each.record.size() <= options.max_length);
        published.add_txt(each.name, each.record);
    }
    const NetworkMap before = spf::analysis::map_to_flatten(domain, dns, small);
    const NetworkMap after = spf::analysis::map_networks(domain, published, small);
    if (before.is_complete() && after.is_complete())
        REQUIRE_THAT(spf::analysis::diff(before, after).empty());
}

/// Checks that a proposal is a valid record with which the relay passes, the addresses that passed
/// before still pass, and no other addresses pass.
void check_proposal(const spf::analysis::Proposal& proposal, const NetworkSet& relays,
                    const NetworkMap& before, bool is_whole_policy, spf::dns::Resolver& dns) {
    REQUIRE_THAT(spf::parse_record(proposal.record));
    std::string joined;
    for (const std::string& each : proposal.txt_strings) {
        REQUIRE_THAT(each.size() <= 255);
        joined += each;
    }
    REQUIRE_THAT(joined == proposal.record);
    // An address may exceed a limit (permerror) if it exceeded the limit before.
    REQUIRE_THAT(proposal.dns_lookups <= std::max(10U, before.dns_lookups));
    REQUIRE_THAT(proposal.void_lookups <= std::max(2U, before.void_lookups));
    REQUIRE_THAT(!proposal.proof.empty());
    spf::RecordOverlay published(proposal.name, proposal.record, dns);
    for (const spf::analysis::ProofEntry& each : proposal.proof) {
        REQUIRE_THAT(each.expected == each.result);
        REQUIRE_THAT(check(proposal.name, each.address, published).result == each.result);
    }
    const NetworkMap after = spf::analysis::map_networks(proposal.name, published, small);
    if (!after.is_complete() || !after.not_enumerable.empty()) return;
    REQUIRE_THAT(after.with(Result::pass).contains(relays));
    if (!is_whole_policy || !before.is_complete() || !before.not_enumerable.empty()) return;
    for (const spf::analysis::Change& each : spf::analysis::diff(before, after)) {
        REQUIRE_THAT(each.to == Result::pass);
        REQUIRE_THAT(relays.contains(each.network));
    }
}

void check_authorize(const Input& input, const NetworkMap& map, spf::dns::Resolver& dns) {
    const auto relay = spf::analysis::Relay::parse(input.texts.back());
    if (!relay) return;
    const std::array relays{*relay};
    const auto out = spf::analysis::authorize(domain, relays, dns,
                                              {.from_scratch = (input.choice & 8U) != 0,
                                               .hosts_by_name = (input.choice & 16U) != 0,
                                               .very_large = (input.choice & 32U) != 0,
                                               .networks = small});
    if (!out) {
        REQUIRE_THAT(!out.error().message().empty());
        return;
    }
    const spf::analysis::RelayCoverage& found = out->relays.at(0);
    using Status = spf::analysis::RelayCoverage::Status;
    REQUIRE_THAT(found.networks.contains(found.missing));
    REQUIRE_THAT(!out->is_whole() || (found.missing.empty() && !out->proposal));
    REQUIRE_THAT((found.status == Status::part) <= !found.by.empty());
    if (!out->is_whole()) REQUIRE_THAT(out->proposal.has_value() != out->problem.has_value());
    if (out->proposal) {
        const bool is_first = out->proposal->kind == spf::analysis::Proposal::Kind::first_record;
        check_proposal(*out->proposal, found.networks, map, !is_first, dns);
    }
    const std::vector<spf::analysis::Proposal>& others = out->alternatives;
    for (auto each = others.begin(); each != others.end(); ++each) {
        check_proposal(*each, found.networks, map, false, dns);
        REQUIRE_THAT(
            std::none_of(others.begin(), each, [each](const spf::analysis::Proposal& other) {
                return other.name == each->name && other.record == each->record;
            }));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const Input input = read(data, size);
    spf::ZoneResolver zone;
    fill(zone, input);
    const NetworkMap map = spf::analysis::map_networks(domain, zone, small);
    check_map(map, zone);
    check_policy(map, zone);
    if (map.is_complete()) check_lint(input, map, zone);
    if ((input.choice & 1U) != 0)
        check_diff(map, spf::analysis::map_networks("new.example", zone, small));
    if ((input.choice & 2U) != 0) check_flatten(input, zone);
    if ((input.choice & 4U) != 0) check_authorize(input, map, zone);
    return 0;
}
