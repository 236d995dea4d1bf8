#include "overview/meaning.hpp"

#include <cmath>
#include <cstdint>
#include <variant>

#include "io/language.hpp"
#include "overview/sentences.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using Says = OverviewSentence;

/// Returns what a term names, with the size if it is known.
Spoken with_size(const Spoken& what, const TermFacts& facts) {
    const Spoken name = facts.service.empty() ? what : Spoken(spf::printable(facts.service));
    if (!facts.has_size) return name;
    const Spoken size = text_of(facts.decides);
    return say<Says::labelled>(name, size.empty() ? say<Says::nothing_more>() : size);
}

Spoken meaning_of(const spf::Network& network) {
    const spf::AddressCount count(network.range());
    return say<Says::network>(count.exact().value_or(0), text_of(count));
}

bool is_wide(const spf::DualPrefixLength& prefix) { return prefix.ip4 < 32 || prefix.ip6 < 128; }

bool depends(const spf::MacroString* name) { return name != nullptr && name->depends_on_message(); }

Spoken meaning_of_all(spf::Qualifier qualifier) {
    switch (qualifier) {
        case spf::Qualifier::fail: return say<Says::all_fail>();
        case spf::Qualifier::softfail: return say<Says::all_softfail>();
        case spf::Qualifier::neutral: return say<Says::all_neutral>();
        case spf::Qualifier::pass: break;
    }
    return say<Says::all_pass>();
}

/// Returns which clients match a mechanism.
Spoken clients_of(const spf::Mechanism& mechanism, const TermFacts& facts) {
    if (const spf::Network* network = spf::network_of(mechanism)) return meaning_of(*network);
    if (std::holds_alternative<spf::Exists>(mechanism)) {
        return facts.service.empty() ? say<Says::list_in_dns>()
                                     : say<Says::labelled>(facts.service, say<Says::list_in_dns>());
    }
    if (std::holds_alternative<spf::Ptr>(mechanism)) return say<Says::reverse_names>();
    if (depends(spf::domain_spec_of(mechanism))) {
        const Spoken meaning = say<Says::senders_depend>();
        return facts.service.empty() ? meaning : say<Says::labelled>(facts.service, meaning);
    }
    if (const auto* a = std::get_if<spf::A>(&mechanism)) {
        return with_size(is_wide(a->prefix) ? say<Says::hosts_around>()
                         : a->domain        ? say<Says::host>()
                                            : say<Says::own_host>(),
                         facts);
    }
    if (const auto* mx = std::get_if<spf::Mx>(&mechanism)) {
        return with_size(is_wide(mx->prefix) ? say<Says::servers_around>()
                         : mx->domain        ? say<Says::servers>()
                                             : say<Says::own_servers>(),
                         facts);
    }
    return with_size(say<Says::senders>(), facts);
}

}  // namespace

Spoken text_of(const spf::AddressCount& count) {
    constexpr std::uint64_t readable = 1'000'000'000'000;
    if (const auto exact = count.exact(); exact && *exact < readable) {
        return Spoken(std::to_string(*exact));
    }
    const double bits = std::log2(count.approximate());
    const auto rounded = static_cast<unsigned>(std::lround(bits));
    const bool is_power =
        rounded <= 128 &&
        count == spf::AddressCount(spf::Network(spf::Family::ipv6, 0, 0, 128 - rounded).range());
    return is_power ? Spoken("2^" + std::to_string(rounded)) : say<Says::about_power>(rounded);
}

Spoken text_of(const Size& size) {
    const spf::AddressCount none;
    if (size.ip4 == none && size.ip6 == none) return {};
    if (size.ip6 == none) return say<Says::size_ip4>(text_of(size.ip4));
    if (size.ip4 == none) return say<Says::size_ip6>(text_of(size.ip6));
    return say<Says::size_both>(text_of(size.ip4), text_of(size.ip6));
}

Spoken meaning_of(const spf::Directive& directive, const TermFacts& facts) {
    if (!facts.is_reached) return say<Says::never_reached>();
    if (spf::is_all(directive.mechanism)) return meaning_of_all(directive.qualifier);
    const Spoken clients = clients_of(directive.mechanism, facts);
    switch (directive.qualifier) {
        case spf::Qualifier::fail: return say<Says::not_fail>(clients);
        case spf::Qualifier::softfail: return say<Says::not_softfail>(clients);
        case spf::Qualifier::neutral: return say<Says::not_neutral>(clients);
        case spf::Qualifier::pass: break;
    }
    return clients;
}

Spoken meaning_of(const spf::Modifier& modifier, const TermFacts& facts) {
    if (std::holds_alternative<spf::Explanation>(modifier.kind)) return say<Says::explanation>();
    if (!std::holds_alternative<spf::Redirect>(modifier.kind)) return say<Says::no_meaning>();
    if (facts.is_ignored) return say<Says::redirect_ignored>();
    const Spoken meaning = say<Says::redirect>();
    return facts.service.empty() ? meaning : say<Says::labelled>(facts.service, meaning);
}

}  // namespace spfcheck
