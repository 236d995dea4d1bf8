// To prove a change of a record, the results of all addresses before and after the change are
// compared. Results may change only for the addresses that are to be authorised, and only to pass.
// Then check_host() itself checks samples, so that people can see some of the results.

#include "analysis/authorize/proof.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "spf/analysis/diff.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/parse.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {
namespace {

using Who = ProofEntry::Who;

constexpr std::size_t most_samples = 8;

Outcome check(std::string_view domain, IpAddress ip, dns::Resolver& resolver) {
    const std::string sender = "postmaster@" + std::string(domain);
    return check_host({.ip = ip, .mail_from = sender, .helo = domain}, resolver,
                      {.limits = {}, .explanation = false});
}

/// Returns whether results change only for addresses in `situation.wanted`, and only to pass.
bool keeps_to_it(const Situation& situation, const NetworkMap& after) {
    for (const Change& change : diff(situation.reference, after)) {
        if (change.to != Result::pass || !situation.wanted.contains(change.network)) return false;
    }
    return true;
}

void add_sample(std::vector<ProofEntry>& out, Who who, IpAddress address, Result expected) {
    const bool known = std::any_of(
        out.begin(), out.end(), [&](const ProofEntry& entry) { return entry.address == address; });
    if (!known) out.push_back({who, address, expected, expected});
}

/// Adds the first and the last address of each range of the set as samples. IPv4-mapped IPv6
/// addresses are left out, because no client is checked with such an address.
void add_ends(std::vector<ProofEntry>& out, Who who, const NetworkSet& set) {
    std::size_t left = most_samples;
    for (const AddressRange& range : set.ranges()) {
        for (const IpAddress address : {range.first, range.last}) {
            if (left == 0) return;
            if (address.family() != range.family) continue;
            add_sample(out, who, address, Result::pass);
            --left;
        }
    }
}

/// Returns an address of the family that is not in `authorised`; absent if there is none. Addresses
/// for documentation are tried first.
std::optional<IpAddress> stranger(Family family, const NetworkSet& authorised) {
    static constexpr std::array<IpAddress, 4> usual{
        IpAddress::v4({203, 0, 113, 199}), IpAddress::v4({198, 51, 100, 199}),
        IpAddress::v4({192, 0, 2, 199}), IpAddress::v6(0x2001'0db8'ffff'0000U, 1)};
    for (const IpAddress address : usual) {
        if (address.family() == family && !authorised.contains(address)) return address;
    }
    const NetworkSet rest = set_difference(NetworkSet({AddressRange::all(family)}), authorised);
    for (const AddressRange& range : rest.ranges()) {
        if (range.first.family() == family) return range.first;
    }
    return std::nullopt;
}

std::vector<ProofEntry> samples(const Situation& situation, dns::Resolver& overlay) {
    std::vector<ProofEntry> out;
    const NetworkSet before = situation.reference.with(Result::pass);
    add_ends(out, Who::relay, situation.wanted);
    add_ends(out, Who::before, before);
    const NetworkSet authorised =
        set_union(set_union(before, situation.wanted), situation.reference.unknown());
    for (const Family family : {Family::ipv4, Family::ipv6}) {
        const std::optional<IpAddress> address = stranger(family, authorised);
        const Decision* decision = address ? situation.reference.find(*address) : nullptr;
        if (decision != nullptr) add_sample(out, Who::stranger, *address, decision->result);
    }
    for (ProofEntry& entry : out) {
        entry.result = check(situation.domain, entry.address, overlay).result;
    }
    return out;
}

void note_failure(Doubts& doubts, const std::optional<Problem>& problem) {
    if (!doubts.failure) doubts.failure = problem;
}

/// Returns whether the results stay the same for the addresses whose result depends on the message,
/// for example because of a macro. Maps do not contain such results, so samples of them are
/// compared. They may change because an additional term makes a later term exceed the limit of
/// lookups.
bool keeps_unknown(const Situation& situation, const NetworkMap& changed, dns::Resolver& overlay) {
    std::size_t left = 8 * most_samples;
    const NetworkSet unknown = set_union(situation.reference.unknown(), changed.unknown());
    const NetworkSet others = set_difference(unknown, situation.wanted);
    for (const AddressRange& range : others.ranges()) {
        for (const IpAddress address : {range.first, range.last}) {
            if (left == 0) return true;
            --left;
            const Outcome before = check(situation.domain, address, situation.resolver);
            const Outcome after = check(situation.domain, address, overlay);
            if (after.result == Result::temperror || before.result == Result::temperror) {
                note_failure(situation.doubts, after.problem ? after.problem : before.problem);
                return false;
            }
            if (after.problem && is_limit(after.problem->code)) return false;
            if (!before.problem && after.result != before.result) return false;
        }
    }
    return true;
}

}  // namespace

bool is_limit(Problem::Code code) noexcept {
    return code == Problem::Code::too_many_dns_lookups ||
           code == Problem::Code::too_many_void_lookups || code == Problem::Code::too_many_mx_names;
}

bool is_known(const NetworkMap& map, Doubts& doubts) {
    const Problem* const failure = map.failure();
    if (failure != nullptr && !doubts.failure) doubts.failure = *failure;
    doubts.too_large = doubts.too_large || map.is_too_large;
    return map.is_complete();
}

bool breaks_limits(const NetworkMap& map, const Limits& limits) {
    return map.dns_lookups > limits.dns_lookups || map.void_lookups > limits.void_lookups ||
           std::any_of(map.decisions.begin(), map.decisions.end(), [](const Decision& each) {
               return each.problem && is_limit(*each.problem);
           });
}

SweepOptions without_limits(SweepOptions options) {
    options.limits.dns_lookups = 100;
    options.limits.void_lookups = 100;
    options.limits.mx_names = 100;
    return options;
}

NetworkSet passing(const NetworkMap& map, const NetworkSet& set, dns::Resolver& resolver) {
    const NetworkSet sure = set_intersection(map.with(Result::pass), set);
    std::vector<AddressRange> more;
    const NetworkSet open = set_intersection(map.unknown(), set);
    for (const AddressRange& range : open.ranges()) {
        if (range.first != range.last || range.first.family() != range.family) continue;
        const Outcome outcome = check(map.domain, range.first, resolver);
        if (outcome.result == Result::pass && !outcome.depends_on_sender) more.push_back(range);
    }
    return set_union(sure, NetworkSet(std::move(more)));
}

std::optional<Proposal> prove(const Situation& situation, Proposal::Kind kind, std::string record) {
    if (!parse_record(record)) return std::nullopt;
    RecordOverlay overlay(situation.domain, record, situation.resolver);
    const NetworkMap after = map_networks(situation.domain, overlay, situation.options);
    if (!is_known(after, situation.doubts)) return std::nullopt;
    // If the record exceeds a limit before the change, it may exceed the limit after the change
    // too, without any change of results. Such a record must not be recommended.
    if (breaks_limits(after, situation.options.limits)) return std::nullopt;
    if (!keeps_to_it(situation, after)) return std::nullopt;
    if (!passing(after, situation.wanted, overlay).contains(situation.wanted)) return std::nullopt;
    if (!keeps_unknown(situation, after, overlay)) return std::nullopt;

    Proposal out;
    out.kind = kind;
    out.name = situation.domain;
    out.txt_strings = txt_strings(record);
    out.record = std::move(record);
    out.dns_lookups = after.dns_lookups;
    out.void_lookups = after.void_lookups;
    out.proof = samples(situation, overlay);
    out.is_for_all = set_union(situation.reference.unknown(), after.unknown()).empty();
    const bool all_as_expected =
        std::all_of(out.proof.begin(), out.proof.end(), [](const ProofEntry& entry) {
            return entry.result == entry.expected &&
                   (entry.who != Who::stranger || entry.result != Result::pass);
        });
    if (!all_as_expected) return std::nullopt;
    return out;
}

}  // namespace spf::analysis
