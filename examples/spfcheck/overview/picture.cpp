#include "overview/picture.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "overview/meaning.hpp"
#include "spf/record/parse.hpp"

namespace spfcheck {
namespace {

using spf::analysis::NetworkMap;

void add(Size& size, const spf::AddressRange& range) {
    (range.family == spf::Family::ipv4 ? size.ip4 : size.ip6) += spf::AddressCount(range);
}

/// Returns a weight with which addresses of both families count equally.
double weight_of(const Size& size) {
    return size.ip4.approximate() * 0x1p96 + size.ip6.approximate();
}

/// Returns, for each term of the domain's own record, the addresses whose result it decides.
std::map<std::string, Size> decided_by_terms(const NetworkMap& map) {
    std::map<std::string, Size> out;
    for (const spf::analysis::DecidedRange& each : map.ranges) {
        const spf::analysis::Decision& decision = map.decisions[each.decision];
        const bool is_own = !decision.depends_on && decision.mechanism_domain == map.domain;
        if (is_own && !decision.mechanism.empty()) add(out[decision.mechanism], each.range);
    }
    return out;
}

Ending ending_of(const NetworkMap& map) {
    std::vector<Size> sizes(map.decisions.size());
    for (const spf::analysis::DecidedRange& each : map.ranges) {
        add(sizes[each.decision], each.range);
    }
    const auto largest =
        std::max_element(sizes.begin(), sizes.end(),
                         [](const Size& a, const Size& b) { return weight_of(a) < weight_of(b); });
    if (largest == sizes.end()) return {};
    const spf::analysis::Decision& decision =
        map.decisions[static_cast<std::size_t>(largest - sizes.begin())];
    return {decision.result, decision.depends_on.has_value(), decision.source,
            decision.source_domain};
}

/// Makes the views of the terms of a record.
class TermReader {
public:
    TermReader(const Picture& picture, const Catalogue& catalogue, spf::dns::Resolver& resolver)
        : picture_(picture),
          catalogue_(catalogue),
          resolver_(resolver),
          decided_(decided_by_terms(picture.map)),
          costs_(picture.lint.costs) {
        // If DNS failed, or a term depends on the message, the sizes are not known in full.
        has_sizes_ = picture.missing.is_complete && !picture.missing.is_everything;
    }

    std::vector<TermView> read(const spf::Record& record) {
        std::map<std::size_t, TermView> by_place;
        bool is_reached = true;
        for (const spf::Directive& each : record.directives) {
            TermFacts facts;
            facts.is_reached = is_reached;
            by_place[record.offset_of(each.text)] = view(each, facts);
            if (spf::is_all(each.mechanism)) is_reached = false;
        }
        for (const spf::Modifier& each : record.modifiers) {
            TermFacts facts;
            facts.is_ignored = record.has_all();
            by_place[record.offset_of(each.text)] = view(each, facts);
        }
        std::vector<TermView> out;
        for (auto& [place, term] : by_place) {
            term.cost = take_cost(term.text);
            out.push_back(std::move(term));
        }
        return out;
    }

private:
    TermView view(const spf::Directive& directive, TermFacts facts) {
        TermView out;
        out.text = directive.text;
        const spf::MacroString* name = spf::domain_spec_of(directive.mechanism);
        if (name != nullptr) out.service = service_named(*name);
        if (std::holds_alternative<spf::Mx>(directive.mechanism) && out.service.empty()) {
            if (name == nullptr || !name->has_macros()) {
                out.service = service_of_servers(name != nullptr ? std::string(name->text())
                                                                 : picture_.lint.domain);
            }
        }
        if (const auto found = decided_.find(out.text); found != decided_.end()) {
            out.decides = found->second;
            decided_.erase(found);  // if the same term follows once more, it decides nothing
        }
        const bool has_some = !text_of(out.decides).empty();
        facts.has_size = has_some || (has_sizes_ && picture_.map.not_enumerable.empty());
        facts.decides = out.decides;
        facts.service = out.service;
        out.meaning = meaning_of(directive, facts);
        return out;
    }
    TermView view(const spf::Modifier& modifier, TermFacts facts) {
        TermView out;
        out.text = modifier.text;
        if (const auto* redirect = std::get_if<spf::Redirect>(&modifier.kind)) {
            out.service = service_named(redirect->domain);
        }
        facts.service = out.service;
        out.meaning = meaning_of(modifier, facts);
        return out;
    }
    [[nodiscard]] std::string service_named(const spf::MacroString& name) const {
        const Provider* provider = catalogue_.service_of(name.text());
        return provider == nullptr ? std::string() : provider->name;
    }
    /// Returns the name of the service that has all mail servers of a domain; empty if none is
    /// known.
    [[nodiscard]] std::string service_of_servers(const std::string& domain) const {
        const auto answer = resolver_.resolve({domain, spf::dns::RecordType::mx});
        const Provider* found = nullptr;
        for (const spf::dns::MailExchange& each : answer->exchanges) {
            const Provider* const provider = catalogue_.service_of(each.host);
            const bool is_other = found != nullptr && provider != found;
            if (provider == nullptr || is_other) return {};
            found = provider;
        }
        return found == nullptr ? std::string() : found->name;
    }
    /// Returns the cost of a term, and removes it from those that are left; nothing if the term has
    /// none.
    std::optional<spf::lint::TermCost> take_cost(const std::string& text) {
        const auto found =
            std::find_if(costs_.begin(), costs_.end(),
                         [&text](const spf::lint::TermCost& each) { return each.term == text; });
        if (found == costs_.end()) return std::nullopt;
        spf::lint::TermCost out = std::move(*found);
        costs_.erase(found);
        return out;
    }

    const Picture& picture_;
    const Catalogue& catalogue_;
    spf::dns::Resolver& resolver_;
    std::map<std::string, Size> decided_;
    std::vector<spf::lint::TermCost> costs_;
    bool has_sizes_ = false;
};

}  // namespace

Picture picture_of(std::string_view domain, spf::dns::Resolver& resolver,
                   const Catalogue& catalogue, const TimeLimit& limit) {
    Picture out;
    out.lint = report_of(spf::lint::lint_domain(domain, resolver));
    out.map = spf::analysis::map_networks(domain, resolver);
    out.missing = missing_from(out.map, limit);
    out.others = ending_of(out.map);
    const spf::NetworkSet pass = out.map.with(spf::Result::pass);
    out.may_send = {pass.count(spf::Family::ipv4), pass.count(spf::Family::ipv6)};
    for (const spf::lint::TermCost& each : out.lint.costs) out.void_lookups += each.void_lookups;
    if (out.lint.record.empty()) return out;
    const auto record = spf::parse_record(out.lint.record);
    if (record) out.terms = TermReader(out, catalogue, resolver).read(*record);
    return out;
}

}  // namespace spfcheck
