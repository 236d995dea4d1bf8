// The corrections of lint() never mean more than what may have been meant.
//
// Records are damaged in the ways that people damage them, by at most two edits, so the possible
// meanings are known: the record itself, or the result of one of the edits alone, if that is a
// record. These are the readings. A text that only the correction creates is not a reading, however
// similar: "all" is one edit from "all-", and lets every client pass.
//
// Policies are compared as functions of the client. A client is an address, or an abstract client
// that belongs to a name: "the host that mail.example has at /24". All addresses at which ip4 and
// ip6 terms begin or cease to match are examined, so nothing depends on chance.

#include <algorithm>
#include <string>
#include <vector>

#include "damage.hpp"
#include "spf/lint/lint.hpp"
#include "spf/record/parse.hpp"
#include "support/catch.hpp"

namespace {

// --- policies ---------------------------------------------------------------------------------

/// A client: an address if `kind` is 0, otherwise a client that belongs to a name.
struct Client {
    char kind = 0;
    std::string name;
    spf::Family family = spf::Family::ipv4;
    unsigned depth = 0;  ///< number of leading bits in common with an address of the name
    spf::IpAddress address;
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return out;
}

/// One mechanism as a set of clients.
struct Matcher {
    int result = 0;  ///< 3 pass, 2 neutral, 1 softfail, 0 fail
    bool all = false;
    bool is_network = false;
    spf::Network network;
    char kind = 0;
    std::string name;
    spf::DualPrefixLength prefix;

    [[nodiscard]] bool matches(const Client& client) const {
        if (all) return true;
        if (is_network) return client.kind == 0 && network.contains(client.address);
        if (client.kind != kind || client.name != name) return false;
        const unsigned bits = client.family == spf::Family::ipv4 ? prefix.ip4 : prefix.ip6;
        return bits <= client.depth;
    }
};

int rank(spf::Qualifier qualifier) {
    switch (qualifier) {
        case spf::Qualifier::pass: return 3;
        case spf::Qualifier::neutral: return 2;
        case spf::Qualifier::softfail: return 1;
        case spf::Qualifier::fail: break;
    }
    return 0;
}

struct Policy {
    std::vector<Matcher> matchers;
    int otherwise = 2;

    [[nodiscard]] const Matcher* match(const Client& client) const {
        const auto found = std::find_if(matchers.begin(), matchers.end(),
                                        [&](const Matcher& each) { return each.matches(client); });
        return found == matchers.end() ? nullptr : &*found;
    }
    [[nodiscard]] int result(const Client& client) const {
        const Matcher* const first = match(client);
        return first == nullptr ? otherwise : first->result;
    }
    [[nodiscard]] bool lets_everybody_pass() const {
        for (const Matcher& each : matchers) {
            const bool everybody = each.all ||
                                   (each.is_network && each.network.prefix_length() == 0) ||
                                   each.prefix.ip4 == 0 || each.prefix.ip6 == 0;
            if (each.result == 3 && everybody) return true;
            if (each.all) return false;
        }
        return false;
    }
};

Matcher named(char kind, const spf::MacroString* domain, spf::DualPrefixLength prefix = {}) {
    Matcher out;
    out.kind = kind;
    out.name = domain == nullptr ? "" : lower(domain->text());
    while (out.name.ends_with('.')) out.name.pop_back();
    out.prefix = prefix;
    return out;
}

Matcher matcher(const spf::Mechanism& mechanism) {
    const spf::MacroString* const domain = domain_spec_of(mechanism);
    Matcher out;
    if (const auto* ip4 = std::get_if<spf::Ip4>(&mechanism)) {
        out.is_network = true;
        out.network = ip4->network;
    } else if (const auto* ip6 = std::get_if<spf::Ip6>(&mechanism)) {
        out.is_network = true;
        out.network = ip6->network;
    } else if (const auto* a = std::get_if<spf::A>(&mechanism)) {
        out = named('a', domain, a->prefix);
    } else if (const auto* mx = std::get_if<spf::Mx>(&mechanism)) {
        out = named('m', domain, mx->prefix);
    } else {
        out = named(spf::name_of(mechanism).front(), domain);
        out.kind = std::holds_alternative<spf::Ptr>(mechanism)      ? 'p'
                   : std::holds_alternative<spf::Exists>(mechanism) ? 'e'
                                                                    : 'i';
        out.all = std::holds_alternative<spf::All>(mechanism);
    }
    return out;
}

Policy policy(const spf::Record& record) {
    Policy out;
    for (const spf::Directive& each : record.directives) {
        out.matchers.push_back(matcher(each.mechanism));
        out.matchers.back().result = rank(each.qualifier);
    }
    if (const spf::Redirect* const redirect = record.redirect();
        redirect != nullptr && !record.has_all()) {
        out.matchers.push_back(named('i', &redirect->domain));
        out.matchers.back().result = 3;
        out.otherwise = 0;  // so that a lost redirect= is noticed
    }
    return out;
}

void add_clients(std::vector<Client>& out, const Policy& policy) {
    for (const Matcher& each : policy.matchers) {
        if (each.all) continue;
        if (each.is_network) {
            const spf::AddressRange range = each.network.range();
            Client client;
            client.address = range.first;
            out.push_back(client);
            const std::uint64_t low = range.last.low() + 1;
            client.address = spf::IpAddress::v6(range.last.high() + (low == 0 ? 1 : 0), low);
            out.push_back(client);
            continue;
        }
        for (const unsigned depth : {unsigned{each.prefix.ip4}, 32U})
            out.push_back({each.kind, each.name, spf::Family::ipv4, depth, {}});
        for (const unsigned depth : {unsigned{each.prefix.ip6}, 128U})
            out.push_back({each.kind, each.name, spf::Family::ipv6, depth, {}});
    }
}

/// Whether no client gets a better result by `left`, except by `untouched` terms. With `only_pass`,
/// whether no other client passes.
bool is_no_more(const Policy& left, const Policy& right, const Policy& untouched, bool only_pass) {
    std::vector<Client> clients(1);
    clients[0].kind = '?';  // a client that no term names
    add_clients(clients, left);
    add_clients(clients, right);
    return std::all_of(clients.begin(), clients.end(), [&](const Client& each) {
        const int mine = left.result(each);
        const int other = right.result(each);
        if (only_pass ? mine < 3 || other == 3 : mine <= other) return true;
        const Matcher* const same = untouched.match(each);
        return same != nullptr && same->result == mine;
    });
}

// --- the property -----------------------------------------------------------------------------

/// The text with all corrections made.
std::string corrected(std::string text, const std::vector<spf::lint::Finding>& findings) {
    for (auto each = findings.rbegin(); each != findings.rend(); ++each) {
        if (each->correction) text.replace(each->offset, each->length, *each->correction);
    }
    return text;
}

struct Mutant {
    std::string original;
    std::string text;
    bool twice = false;              ///< damaged in two places
    std::vector<std::string> meant;  ///< those that are records are the readings
};

Mutant mutant(damage::Damage& random) {
    Mutant out;
    out.original = std::string(random.one_of(damage::records));
    const damage::Edit first = random.edit(out.original);
    damage::Edit second = random.edit(out.original);
    for (int tries = 0; tries < 5 && second.at < first.end() + 1 && first.at < second.end() + 1;
         ++tries)
        second = random.edit(out.original);
    const bool apart = second.at > first.end() || first.at > second.end();
    const bool both = apart && random.below(3) == 0;
    out.twice = both;
    const damage::Edit& left = first.at < second.at ? first : second;
    const damage::Edit& right = first.at < second.at ? second : first;
    out.text = both ? damage::edited(damage::edited(out.original, right), left)
                    : damage::edited(out.original, first);
    out.meant = {out.original, out.text};
    if (both) {
        out.meant.push_back(damage::edited(out.original, first));
        out.meant.push_back(damage::edited(out.original, second));
    }
    return out;
}

std::vector<Policy> readings_of(const Mutant& mutant) {
    std::vector<Policy> out;
    for (const std::string& each : mutant.meant) {
        if (const auto record = spf::parse_record(each)) out.push_back(policy(*record));
    }
    return out;
}

/// \return the property that does not hold; empty if all hold
std::string broken_promise(const Mutant& mutant, const std::vector<spf::lint::Finding>& findings) {
    std::size_t end = 0;
    std::size_t last = std::string::npos;
    for (const spf::lint::Finding& each : findings) {
        if (!each.correction) continue;
        if (each.offset < end || each.offset == last) return "two corrections at one place";
        end = each.offset + each.length;
        last = each.offset;
        const bool terms = each.is_permerror() && !each.correction->empty();
        if (terms && !spf::parse_record("v=spf1 " + *each.correction)) return "a broken correction";
    }
    std::string rest = mutant.text;
    for (const spf::lint::Finding& each : findings) {
        if (each.correction && each.length > 0)
            rest.replace(each.offset, each.length, std::string(each.length, ' '));
    }
    const auto others = spf::parse_record("v=spf1 " + rest);
    const Policy untouched = others ? policy(*others) : Policy();
    const std::vector<Policy> readings = readings_of(mutant);
    const auto is_within = [&](const Policy& policy, bool only_pass) {
        return std::any_of(readings.begin(), readings.end(), [&](const Policy& each) {
            return is_no_more(policy, each, untouched, only_pass);
        });
    };
    const bool whole =
        std::none_of(findings.begin(), findings.end(), [](const spf::lint::Finding& each) {
            return !each.correction && each.severity == spf::lint::Finding::Severity::error &&
                   each.code != spf::lint::Finding::Code::everyone_passes;
        });
    if (!whole) {
        // The meaning of the others is not known, so each correction is examined alone.
        for (const spf::lint::Finding& each : findings) {
            if (!each.correction || !each.is_permerror()) continue;
            const auto alone = spf::parse_record("v=spf1 " + *each.correction);
            if (alone && policy(*alone).lets_everybody_pass()) return "opens: " + *each.correction;
            // After "-ip4:..." fewer clients pass than the term says.
            const bool shadowed = mutant.original.find(" -ip4:") != std::string::npos;
            if (alone && !shadowed && !mutant.twice && !is_within(policy(*alone), true))
                return "passes more than was meant: " + *each.correction;
        }
        return {};
    }
    const std::string text = corrected(mutant.text, findings);
    const auto record = spf::parse_record(text);
    if (!record) {
        // A corrected term may duplicate a modifier (4.6.1, 6), which is reported next time.
        const bool again = record.error().code == spf::ParseError::Code::duplicate_modifier;
        return again ? "" : "corrected, it is no record: " + text;
    }
    const Policy result = policy(*record);
    const bool told =
        std::any_of(findings.begin(), findings.end(), [](const spf::lint::Finding& each) {
            return each.code == spf::lint::Finding::Code::everyone_passes;
        });
    if (result.lets_everybody_pass() && !told && !untouched.lets_everybody_pass())
        return "everybody passes: " + text;
    return is_within(result, false) ? "" : "passes more than was meant: " + text;
}

}  // namespace

namespace {

/// One quarter of 100,000 mutants, so that a slow machine can run the quarters one by one.
void check_quarter(int quarter) {
    constexpr unsigned seed = 20261128;
    constexpr int mutants = SPF_SANITIZED ? 20000 : 100000;
    damage::Damage random(seed);
    int corrected = 0;
    int failures = 0;
    for (int i = 0; i < mutants; ++i) {
        const Mutant each = mutant(random);
        if (i % 4 != quarter) continue;
        const std::vector<spf::lint::Finding> findings = spf::lint::lint(each.text);
        const bool offered = std::any_of(
            findings.begin(), findings.end(),
            [](const spf::lint::Finding& finding) { return finding.correction.has_value(); });
        if (!offered) continue;
        ++corrected;
        const std::string problem = broken_promise(each, findings);
        if (problem.empty()) continue;
        ++failures;
        if (failures <= 20)
            UNSCOPED_INFO(problem << "\n  damaged: " << each.text
                                  << "\n  from:    " << each.original);
    }
    CAPTURE(corrected);
    CHECK(failures == 0);
    CHECK(corrected >= mutants / 10);
}

}  // namespace

TEST_CASE("no correction lets more pass than one of the readings of a damaged record, 1 of 4",
          "[lint][corrections][random]") {
    check_quarter(0);
}
TEST_CASE("no correction lets more pass than one of the readings of a damaged record, 2 of 4",
          "[lint][corrections][random]") {
    check_quarter(1);
}
TEST_CASE("no correction lets more pass than one of the readings of a damaged record, 3 of 4",
          "[lint][corrections][random]") {
    check_quarter(2);
}
TEST_CASE("no correction lets more pass than one of the readings of a damaged record, 4 of 4",
          "[lint][corrections][random]") {
    check_quarter(3);
}
