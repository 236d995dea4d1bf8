// What all terms of a record come to together: "all", redirect=, exp=, and what is there twice.

#include <algorithm>
#include <string>
#include <unordered_map>

#include "analysis/lint_text.hpp"
#include "ascii.hpp"

namespace spf::linting {
namespace {

using Code = Finding::Code;

class Policy {
public:
    Policy(Findings& findings, const Record& record, std::size_t shift)
        : findings_(findings), record_(record), shift_(shift) {
        for (const Directive& each : record.directives) {
            if (all_ == nullptr && is_all(each)) all_ = &each;
        }
    }

    void check(bool whole) {
        everyone();
        if (all_ != nullptr) behind_all();
        for (const Modifier& each : record_.modifiers) {
            if (all_ != nullptr && std::holds_alternative<Redirect>(each.kind))
                add(Code::redirect_ignored, each.text);
            if (std::holds_alternative<Explanation>(each.kind) && whole && !may_fail())
                add(Code::unused_explanation, each.text);
        }
        if (whole && all_ == nullptr && record_.redirect() == nullptr)
            findings_.add(Code::no_all, findings_.text().size(), 0);
        lookups();
    }

private:
    static bool is_all(const Directive& directive) noexcept {
        return std::holds_alternative<All>(directive.mechanism);
    }
    Finding& add(Code code, std::string_view term) {
        return findings_.add(code, record_.offset_of(term) + shift_, term.size());
    }
    [[nodiscard]] bool is_reached(const Directive& directive) const noexcept {
        return all_ == nullptr || directive.text.data() <= all_->text.data();
    }

    void everyone() {
        for (const Directive& each : record_.directives) {
            if (!is_reached(each)) return;
            if (is_all(each) && each.qualifier == Qualifier::neutral)
                add(Code::neutral_all, each.text);
            if (each.qualifier != Qualifier::pass) continue;
            const auto* ip4 = std::get_if<Ip4>(&each.mechanism);
            const auto* ip6 = std::get_if<Ip6>(&each.mechanism);
            const bool every = is_all(each) ||
                               (ip4 != nullptr && ip4->network.prefix_length() == 0) ||
                               (ip6 != nullptr && ip6->network.prefix_length() == 0);
            if (every) add(Code::everyone_passes, each.text);
        }
    }

    void behind_all() {
        for (const Directive& each : record_.directives) {
            if (is_reached(each)) continue;
            add(is_all(each) ? Code::repeated_all : Code::unreachable_term, each.text);
            if (findings_.full()) return;
        }
    }

    /// 6.2: whether the record, or the one that it redirects to, may give fail here.
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
            const bool free = is_all(each) || std::holds_alternative<Ip4>(each.mechanism) ||
                              std::holds_alternative<Ip6>(each.mechanism);
            if (free || !is_reached(each)) continue;
            if (++count > most) {
                add(Code::many_lookup_terms, each.text);
                return;
            }
        }
    }

    Findings& findings_;
    const Record& record_;
    std::size_t shift_;
    const Directive* all_ = nullptr;
};

/// One listed network, for sorting: containing ones come before contained ones.
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

/// Whether `inner` could be deleted: what covers it is read before it, or means the same.
bool is_needless(const Listed& inner, const Listed& outer) noexcept {
    return outer.directive->text.data() < inner.directive->text.data() ||
           outer.directive->qualifier == inner.directive->qualifier;
}

}  // namespace

void check_policy(Findings& findings, const Record& record, std::size_t shift, bool whole) {
    Policy(findings, record, shift).check(whole);
}

void check_duplicates(Findings& findings, const Record& record, std::size_t shift) {
    std::unordered_map<std::string, int> terms;
    std::vector<Listed> networks;
    const auto add = [&](Code code, const Directive& directive) {
        findings.add(code, record.offset_of(directive.text) + shift, directive.text.size());
    };
    for (const Directive& each : record.directives) {
        if (std::holds_alternative<All>(each.mechanism)) break;
        const auto* ip4 = std::get_if<Ip4>(&each.mechanism);
        const auto* ip6 = std::get_if<Ip6>(&each.mechanism);
        if (ip4 != nullptr || ip6 != nullptr) {
            networks.push_back({ip4 != nullptr ? ip4->network : ip6->network, &each});
            continue;
        }
        std::string key(each.text.substr(parts_of(each.text).qualifier.size()));
        ascii::make_lower(key);
        if (terms[std::move(key)]++ > 0) add(Code::duplicate_term, each);
    }
    std::sort(networks.begin(), networks.end());
    std::vector<const Listed*> around;  // each contains the next; no deeper than prefixes are long
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

}  // namespace spf::linting
