// Functions that find parts of the syntax tree, and functions that write a record in normal form.

#include "spf/record/record.hpp"

#include "base/ascii.hpp"

namespace spf {
namespace {

/// Returns a pointer to the domain-spec of a mechanism; null if the mechanism has no domain-spec.
const MacroString* given(const MacroString& domain) noexcept { return &domain; }
const MacroString* given(const std::optional<MacroString>& domain) noexcept {
    return domain ? &*domain : nullptr;
}

void append_prefix(std::string& out, const DualPrefixLength& prefix) {
    if (prefix.ip4 != 32) out.append("/").append(std::to_string(prefix.ip4));
    if (prefix.ip6 != 128) out.append("//").append(std::to_string(prefix.ip6));
}

void append_mechanism(std::string& out, const Mechanism& mechanism) {
    out += name_of(mechanism);
    if (const MacroString* const domain = domain_spec_of(mechanism)) {
        out.append(":").append(domain->text());
    }
    if (const Network* const network = network_of(mechanism)) {
        out.append(":").append(network->to_string());
    }
    if (const DualPrefixLength* const prefix = prefix_of(mechanism)) append_prefix(out, *prefix);
}

void append_directive(std::string& out, const Directive& directive) {
    out += ' ';
    if (directive.qualifier != Qualifier::pass) out += static_cast<char>(directive.qualifier);
    append_mechanism(out, directive.mechanism);
}

void append_modifier(std::string& out, const Modifier& modifier) {
    out += ' ';
    std::visit(
        [&](const auto& kind) {
            if constexpr (requires { kind.name; }) {
                out.append(kind.name).append("=").append(kind.value.text());
            } else {
                out.append(kind.keyword).append("=").append(kind.domain.text());
            }
        },
        modifier.kind);
}

template <class Kind>
const Kind* find_modifier(std::span<const Modifier> modifiers) noexcept {
    for (const Modifier& modifier : modifiers) {
        if (const auto* found = std::get_if<Kind>(&modifier.kind)) return found;
    }
    return nullptr;
}

}  // namespace

const Redirect* Record::redirect() const noexcept { return find_modifier<Redirect>(modifiers); }
const Explanation* Record::explanation() const noexcept {
    return find_modifier<Explanation>(modifiers);
}

std::string to_string(const Record& record) { return std::string{record.text()}; }

std::string canonical(const Record& record) {
    std::string out{version_section};
    auto modifier = record.modifiers.begin();
    for (const Directive& directive : record.directives) {
        while (modifier != record.modifiers.end() &&
               modifier->text.data() < directive.text.data()) {
            append_modifier(out, *modifier++);
        }
        append_directive(out, directive);
    }
    while (modifier != record.modifiers.end()) append_modifier(out, *modifier++);
    return out;
}

const MechanismTraits& traits_of(const Mechanism& mechanism) noexcept {
    return std::visit([](const auto& each) -> const MechanismTraits& { return each.traits; },
                      mechanism);
}
std::string_view name_of(const Mechanism& mechanism) noexcept { return traits_of(mechanism).name; }

const MacroString* domain_spec_of(const Mechanism& mechanism) noexcept {
    return std::visit(
        [](const auto& each) -> const MacroString* {
            if constexpr (requires { each.domain; }) return given(each.domain);
            return nullptr;
        },
        mechanism);
}
const Network* network_of(const Mechanism& mechanism) noexcept {
    return std::visit(
        [](const auto& each) -> const Network* {
            if constexpr (requires { each.network; }) return &each.network;
            return nullptr;
        },
        mechanism);
}
const DualPrefixLength* prefix_of(const Mechanism& mechanism) noexcept {
    return std::visit(
        [](const auto& each) -> const DualPrefixLength* {
            if constexpr (requires { each.prefix; }) return &each.prefix;
            return nullptr;
        },
        mechanism);
}

}  // namespace spf
