// Recognises the names of terms, including misspelt and translated names.

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "lint/text.hpp"
#include "spf/net/ip.hpp"

namespace spf::lint {
namespace {

/// Returns whether the name of a term is so long that it is recognised even with one wrong letter.
/// These names are "include", "exists" and "redirect".
constexpr bool is_long_name(const TermKind& kind) noexcept { return kind.name.size() > 5; }
constexpr auto long_names = term_kinds_where<is_long_name>;

struct Translation {
    std::string_view foreign;  ///< the translation in UTF-8, its US-ASCII letters in lower case
    std::string_view name;
};
/// The words into which translation programs translate the names of terms, when they translate
/// instructions for publishing a record. Each word has the name in RFC 7208 beside it.
constexpr std::array<Translation, 59> translations{{
    {"einschließen", "include"},
    {"einschliessen", "include"},
    {"einbeziehen", "include"},
    {"enthalten", "include"},
    {"inclure", "include"},
    {"inclut", "include"},
    {"inclus", "include"},
    {"incluir", "include"},
    {"incluye", "include"},
    {"inclui", "include"},
    {"incluya", "include"},
    {"includere", "include"},
    {"includi", "include"},
    {"inclusief", "include"},
    {"omvatten", "include"},
    {"inkludera", "include"},
    {"inkluder", "include"},
    {"zawiera", "include"},
    {"dahil", "include"},
    {"включить", "include"},
    {"включать", "include"},
    {"包含", "include"},
    {"包括", "include"},
    {"含む", "include"},
    {"포함", "include"},
    {"zawierać", "include"},
    {"patří", "include"},
    {"zahrnout", "include"},
    {"zahrnuje", "include"},
    {"obsahuje", "include"},
    {"vložit", "include"},
    {"zahŕňa", "include"},
    {"tartalmaz", "include"},
    {"içerir", "include"},
    {"sisällytä", "include"},
    {"включает", "include"},
    {"включити", "include"},
    {"všechno", "all"},
    {"všichni", "all"},
    {"vše", "all"},
    {"alle", "all"},
    {"alles", "all"},
    {"tutti", "all"},
    {"tutto", "all"},
    {"tous", "all"},
    {"tout", "all"},
    {"todos", "all"},
    {"todo", "all"},
    {"toda", "all"},
    {"todas", "all"},
    {"tudo", "all"},
    {"wszystko", "all"},
    {"все", "all"},
    {"全部", "all"},
    {"すべて", "all"},
    {"umleiten", "redirect"},
    {"umleitung", "redirect"},
    {"rediriger", "redirect"},
    {"redirigir", "redirect"},
}};

constexpr bool is_name_octet(char c) noexcept {
    return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

}  // namespace

Parts parts_of(std::string_view term) noexcept {
    Parts parts;
    const bool qualified = !term.empty() && is_qualifier(term.front());
    const std::size_t begin = qualified ? 1 : 0;
    std::size_t end = begin;
    while (end < term.size() && is_name_octet(term[end])) ++end;
    parts.qualifier = term.substr(0, begin);
    parts.name = term.substr(begin, end - begin);
    parts.rest = term.substr(end);
    return parts;
}

const TermKind* known_term(std::string_view name) noexcept {
    for (const TermKind& each : term_kinds) {
        if (ascii::equal_ignoring_case(each.name, name)) return &each;
    }
    return nullptr;
}

std::string_view known_name(std::string_view name) noexcept {
    const TermKind* const kind = known_term(name);
    return kind == nullptr ? std::string_view() : kind->name;
}

bool is_modifier(std::string_view known_name) noexcept {
    const TermKind* const kind = known_term(known_name);
    return kind != nullptr && kind->is_modifier();
}

std::string_view separator_behind(std::string_view known_name) noexcept {
    return is_modifier(known_name) ? "=" : ":";
}

std::string_view network_prefix(std::string_view value) {
    const auto network = Network::parse(value);
    if (!network) return {};
    return network->family() == Family::ipv4 ? "ip4:" : "ip6:";
}

bool is_about_spf(std::string_view domain) {
    std::string lower(domain);
    ascii::make_lower(lower);
    return lower.find("spf") != std::string::npos;
}

bool may_belong_to_value(std::string_view name, std::string_view meant, std::string_view value) {
    if (name.empty() || !ascii::equal_ignoring_case(name.substr(0, name.size() - 1), meant))
        return false;
    const std::string more = joined({name.substr(name.size() - 1), value});
    const TermKind* const kind = known_term(meant);
    if (kind != nullptr && kind->takes_network) return !network_prefix(more).empty();
    const char last = ascii::lower(more.front());
    if (last == '_') return true;
    if (is_about_spf(value.substr(0, 4))) return false;
    return (last != 's' && last != 'd') || is_about_spf(more.substr(0, 4));
}

bool begins_with_name(std::string_view domain) {
    std::string lower(domain);
    ascii::make_lower(lower);
    for (const TermKind& each : long_names) {
        const std::size_t length = each.name.size();
        for (std::size_t size = length - 1; size <= length + 1; ++size) {
            if (is_similar(std::string_view(lower).substr(0, size), each.name)) return true;
        }
    }
    return false;
}

std::string joined(std::initializer_list<std::string_view> texts) {
    std::string out;
    for (const std::string_view each : texts) out += each;
    return out;
}

std::string_view translation_of(std::string_view name) noexcept {
    for (const Translation& each : translations) {
        if (ascii::equal_ignoring_case(each.foreign, name)) return each.name;
    }
    return {};
}

bool is_similar(std::string_view left, std::string_view right) noexcept {
    if (left.size() > right.size()) std::swap(left, right);
    if (right.size() - left.size() > 1) return false;
    std::size_t same = 0;
    while (same < left.size() && left[same] == right[same]) ++same;
    const auto rest = [same](std::string_view text, std::size_t skipped) {
        return text.substr(std::min(same + skipped, text.size()));
    };
    if (left.size() != right.size()) return rest(left, 0) == rest(right, 1);
    if (rest(left, 1) == rest(right, 1)) return true;
    return same + 1 < left.size() && left[same] == right[same + 1] &&
           left[same + 1] == right[same] && rest(left, 2) == rest(right, 2);
}

std::string_view similar_name(std::string_view name) noexcept {
    constexpr std::size_t shortest = 2;
    if (name.size() < shortest || name.size() > 10) return {};
    std::string lower(name);
    ascii::make_lower(lower);
    for (const TermKind& each : long_names) {
        if (lower != each.name && is_similar(lower, each.name)) return each.name;
    }
    constexpr std::string_view all = All::traits.name;
    return lower != all && is_similar(lower, all) ? all : std::string_view();
}

}  // namespace spf::lint
