// The syntax tree: access, and writing a record tidily.

#include "spf/record/record.hpp"

#include "base/ascii.hpp"

namespace spf {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

void append_prefix(std::string& out, const DualPrefixLength& prefix) {
    if (prefix.ip4 != 32) out.append("/").append(std::to_string(prefix.ip4));
    if (prefix.ip6 != 128) out.append("//").append(std::to_string(prefix.ip6));
}

void append_domain(std::string& out, const std::optional<MacroString>& domain) {
    if (domain) out.append(":").append(domain->text());
}

void append_mechanism(std::string& out, const Mechanism& mechanism) {
    out += name_of(mechanism);
    std::visit(Overloaded{
                   [&](const All&) {},
                   [&](const Include& include) { append_domain(out, include.domain); },
                   [&](const A& a) {
                       append_domain(out, a.domain);
                       append_prefix(out, a.prefix);
                   },
                   [&](const Mx& mx) {
                       append_domain(out, mx.domain);
                       append_prefix(out, mx.prefix);
                   },
                   [&](const Ptr& ptr) { append_domain(out, ptr.domain); },
                   [&](const Ip4& ip4) { out.append(":").append(ip4.network.to_string()); },
                   [&](const Ip6& ip6) { out.append(":").append(ip6.network.to_string()); },
                   [&](const Exists& exists) { append_domain(out, exists.domain); },
               },
               mechanism);
}

void append_directive(std::string& out, const Directive& directive) {
    out += ' ';
    if (directive.qualifier != Qualifier::pass) out += static_cast<char>(directive.qualifier);
    append_mechanism(out, directive.mechanism);
}

void append_modifier(std::string& out, const Modifier& modifier) {
    out += ' ';
    std::visit(Overloaded{
                   [&](const Redirect& redirect) {
                       out.append("redirect=").append(redirect.domain.text());
                   },
                   [&](const Explanation& exp) { out.append("exp=").append(exp.domain.text()); },
                   [&](const UnknownModifier& unknown) {
                       out.append(unknown.name).append("=").append(unknown.value.text());
                   },
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
    std::string out = "v=spf1";
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

std::string_view name_of(const Mechanism& mechanism) noexcept {
    constexpr std::string_view names[] = {"all", "include", "a",   "mx",
                                          "ptr", "ip4",     "ip6", "exists"};
    return names[mechanism.index()];
}

const MacroString* domain_spec_of(const Mechanism& mechanism) noexcept {
    if (const auto* include = std::get_if<Include>(&mechanism)) return &include->domain;
    if (const auto* exists = std::get_if<Exists>(&mechanism)) return &exists->domain;
    const auto given = [](const std::optional<MacroString>& domain) {
        return domain ? &*domain : nullptr;
    };
    if (const auto* a = std::get_if<A>(&mechanism)) return given(a->domain);
    if (const auto* mx = std::get_if<Mx>(&mechanism)) return given(mx->domain);
    if (const auto* ptr = std::get_if<Ptr>(&mechanism)) return given(ptr->domain);
    return nullptr;
}

}  // namespace spf
