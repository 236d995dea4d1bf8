// Reports mistakes that concern the whole record or several of its terms: wrong uses of "all",
// redirect= and exp=, and duplicates.

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ascii.hpp"
#include "lint/text.hpp"
#include "spf/net/network_set.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

class Policy {
public:
    Policy(Findings& findings, const RecordInText& place)
        : findings_(findings), place_(place), record_(place.record) {
        for (const Directive& each : record_.directives) {
            if (all_ == nullptr && is_all(each.mechanism)) all_ = &each;
        }
    }

    void check(bool whole) {
        const Directive* const cut = whole ? cut_short() : nullptr;
        negative(cut);
        if (all_ != nullptr) behind_all();
        for (const Modifier& each : record_.modifiers) {
            if (std::holds_alternative<Redirect>(each.kind)) redirect(each.text);
            if (std::holds_alternative<Explanation>(each.kind) && whole && !may_fail())
                add(Code::unused_explanation, each.text);
        }
        if (cut != nullptr) {
            add(Code::all_cut_short, cut->text).correction =
                std::string(cut->text.substr(0, 1)) + "all";
        } else if (whole && all_ == nullptr && record_.redirect() == nullptr && !has_fused_all()) {
            findings_.add(Code::no_all, findings_.text().size(), 0);
        }
        lookups();
    }

private:
    Finding& add(Code code, std::string_view term) {
        return findings_.add(code, place_.offset_of(term), term.size());
    }
    [[nodiscard]] bool is_reached(const Directive& directive) const noexcept {
        return all_ == nullptr || directive.text.data() <= all_->text.data();
    }

    /// Returns the last term if it may be an "all" that was cut short, as in `v=spf1 mx ~a`;
    /// otherwise null. The record must have no "all" and no redirect=, so nothing else decides
    /// about the clients that match no term.
    [[nodiscard]] const Directive* cut_short() const noexcept {
        if (all_ != nullptr || record_.redirect() != nullptr || record_.directives.empty())
            return nullptr;
        const Directive& last = record_.directives.back();
        const bool bare = last.text.size() == 2 && std::holds_alternative<A>(last.mechanism);
        return bare && last.qualifier != Qualifier::pass ? &last : nullptr;
    }

    /// Reports terms other than "all" with the qualifier "-" or "~" (4.6.2). Such a term is useful
    /// only as an exception, if another term would let some of the same clients pass. For networks,
    /// the record shows whether there is such a term. `exists` is not reported, because it is used
    /// for lists of blocked addresses.
    void negative(const Directive* cut) {
        for (const Directive& each : record_.directives) {
            if (!is_reached(each)) return;
            if (is_all(each.mechanism) && each.qualifier == Qualifier::neutral)
                add(Code::neutral_all, each.text);
            const bool turns_away =
                each.qualifier == Qualifier::fail || each.qualifier == Qualifier::softfail;
            if (!turns_away || &each == cut) continue;
            if (std::holds_alternative<Include>(each.mechanism)) {
                add(Code::negative_term, each.text).said = {Sentence::rejecting_include,
                                                            {each.text.substr(0, 1)}};
            } else if (prefix_of(each.mechanism) != nullptr || is_no_exception(each)) {
                add(Code::negative_term, each.text);
            }
        }
    }

    /// Returns whether a directive is an `ip4` or `ip6` whose addresses would not pass even if the
    /// directive were deleted. Such a directive is not needed as an exception.
    [[nodiscard]] bool is_no_exception(const Directive& directive) {
        const Network* const network = network_of(directive.mechanism);
        if (network == nullptr) return false;
        if (!passing_) passing_ = passing();
        if (!*passing_) return false;
        // Two ranges overlap only if one of them contains the first address of the other.
        const IpAddress first = network->range().first;
        return !(*passing_)->contains(AddressRange{network->family(), first, first}) &&
               !begins_within(*network);
    }
    [[nodiscard]] bool begins_within(const Network& network) const {
        const auto ranges = (**passing_).ranges();
        const AddressRange range = network.range();
        const auto at = std::lower_bound(ranges.begin(), ranges.end(), range,
                                         [](const AddressRange& left, const AddressRange& right) {
                                             if (left.family != right.family)
                                                 return left.family < right.family;
                                             return left.first < right.first;
                                         });
        return at != ranges.end() && at->family == range.family && at->first <= range.last;
    }
    /// Returns the networks that result in pass or neutral. Returns nothing if addresses that the
    /// record does not list may pass too, for example because of an `mx` or redirect=.
    [[nodiscard]] std::optional<NetworkSet> passing() const {
        std::vector<Network> networks;
        for (const Directive& each : record_.directives) {
            if (!is_reached(each)) break;
            if (each.qualifier == Qualifier::fail || each.qualifier == Qualifier::softfail)
                continue;
            const Network* const network = network_of(each.mechanism);
            if (network == nullptr) return std::nullopt;
            networks.push_back(*network);
        }
        if (all_ == nullptr && record_.redirect() != nullptr) return std::nullopt;
        return NetworkSet(networks);
    }

    void redirect(std::string_view term) {
        if (all_ != nullptr) {
            add(Code::redirect_ignored, term);
            return;
        }
        if (record_.directives.empty()) return;
        Finding& finding = add(Code::redirect_beside_terms, term);
        if (term.data() < record_.directives.back().text.data())
            finding.said = {Sentence::redirect_before_terms};
    }

    /// Returns whether a finding has a correction that separates an "all" from the name to which it
    /// is attached, as in `include:a.example-all`.
    [[nodiscard]] bool has_fused_all() const {
        const auto found = findings_.so_far();
        return std::any_of(found.begin(), found.end(), [](const Finding& each) {
            if (each.code != Code::fused_terms || !each.correction) return false;
            const std::string_view terms = *each.correction;
            return known_name(parts_of(terms.substr(terms.rfind(' ') + 1)).name) == "all";
        });
    }

    void behind_all() {
        for (const Directive& each : record_.directives) {
            if (is_reached(each)) continue;
            Finding& finding = add(
                is_all(each.mechanism) ? Code::repeated_all : Code::unreachable_term, each.text);
            if (all_->qualifier != Qualifier::pass && lets_everyone_pass(each))
                finding.advised = {Sentence::delete_opening};
            if (findings_.full()) return;
        }
    }

    /// Returns whether a term of the record itself may result in fail. Only then is the exp= of
    /// the record used. If redirect= decides, the exp= of its target is used instead (6.2).
    [[nodiscard]] bool may_fail() const noexcept {
        return std::any_of(record_.directives.begin(), record_.directives.end(),
                           [this](const Directive& each) {
                               return is_reached(each) && each.qualifier == Qualifier::fail;
                           });
    }

    void lookups() {
        constexpr std::size_t most = 10;
        std::size_t count = 0;
        for (const Directive& each : record_.directives) {
            if (!traits_of(each.mechanism).asks_dns() || !is_reached(each)) continue;
            if (++count > most) {
                add(Code::many_lookup_terms, each.text);
                return;
            }
        }
    }

    Findings& findings_;
    RecordInText place_;
    const Record& record_;
    const Directive* all_ = nullptr;
    std::optional<std::optional<NetworkSet>> passing_;  // passing(), computed when first needed
};

/// A listed network. In the sorted order, a network comes before the networks that it contains.
struct Listed {
    Network network;
    const Directive* directive = nullptr;

    bool operator<(const Listed& other) const noexcept {
        if (network.family() != other.network.family())
            return network.family() < other.network.family();
        if (network.high() != other.network.high()) return network.high() < other.network.high();
        if (network.low() != other.network.low()) return network.low() < other.network.low();
        if (network.prefix_length() != other.network.prefix_length())
            return network.prefix_length() < other.network.prefix_length();
        return directive->text.data() < other.directive->text.data();
    }
};

/// Returns whether `outer`, which contains `inner`, comes earlier in the record or has the same
/// qualifier. Then `inner` could be deleted.
bool is_needless(const Listed& inner, const Listed& outer) noexcept {
    return outer.directive->text.data() < inner.directive->text.data() ||
           outer.directive->qualifier == inner.directive->qualifier;
}

}  // namespace

void check_policy(Findings& findings, const RecordInText& place, bool whole) {
    Policy(findings, place).check(whole);
}

void check_duplicates(Findings& findings, const RecordInText& place) {
    std::unordered_map<std::string, int> terms;
    std::vector<Listed> networks;
    const auto add = [&](Code code, const Directive& directive) {
        findings.add(code, place.offset_of(directive.text), directive.text.size());
    };
    for (const Directive& each : place.record.directives) {
        if (is_all(each.mechanism)) break;
        if (const Network* const network = network_of(each.mechanism)) {
            networks.push_back({*network, &each});
            continue;
        }
        std::string key(each.text.substr(parts_of(each.text).qualifier.size()));
        ascii::make_lower(key);
        if (terms[std::move(key)]++ == 0) continue;
        // In "a -a", the second term should become "-all", so it must not be reported as a
        // duplicate.
        const std::size_t offset = place.offset_of(each.text);
        const auto said = findings.so_far();
        const bool is_cut_all = std::any_of(said.begin(), said.end(), [offset](const Finding& one) {
            return one.code == Code::all_cut_short && one.offset == offset;
        });
        if (!is_cut_all) add(Code::duplicate_term, each);
    }
    std::sort(networks.begin(), networks.end());
    // The networks that contain the current one, each of them within the previous one. There are at
    // most as many as there are prefix lengths.
    std::vector<const Listed*> around;
    for (const Listed& each : networks) {
        while (!around.empty() && !around.back()->network.contains(each.network)) around.pop_back();
        for (const Listed* outer : around) {
            if (!is_needless(each, *outer)) continue;
            const bool same = outer->network == each.network;
            add(same ? Code::duplicate_term : Code::shadowed_network, *each.directive);
            break;
        }
        const bool twice = !around.empty() && around.back()->network == each.network;
        if (!twice) around.push_back(&each);
    }
}

}  // namespace spf::lint
