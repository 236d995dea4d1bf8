// The syntax of each kind of term (4.6.1, 5, 6). It is derived from the types that the variants
// Mechanism and ModifierKind contain. Therefore a type that is added to these variants is known
// here, and in all code that finds terms by their names.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <variant>

#include "spf/record/record.hpp"

namespace spf {

/// The syntax of one kind of mechanism, or of one kind of modifier that RFC 7208 defines.
struct TermKind {
    enum class Argument : std::uint8_t { none, optional, required };

    std::string_view name;             ///< the name of the term in lower case
    std::string_view separator = ":";  ///< the text between the name and the argument of the term
    Argument argument = Argument::none;
    bool takes_network = false;  ///< whether the argument is a network, as for `ip4` and `ip6`
    bool takes_prefix_length = false;  ///< whether prefix lengths are allowed, as for `a` and `mx`

    [[nodiscard]] constexpr bool is_modifier() const noexcept { return separator == "="; }
    [[nodiscard]] constexpr bool is_mechanism() const noexcept { return !is_modifier(); }
    [[nodiscard]] constexpr bool takes_argument() const noexcept {
        return argument != Argument::none;
    }
    [[nodiscard]] constexpr bool needs_argument() const noexcept {
        return argument == Argument::required;
    }
};

template <class Kind>
constexpr TermKind term_kind() noexcept {
    TermKind out;
    if constexpr (requires { Kind::traits; }) {
        out.name = Kind::traits.name;
    } else {
        out.name = Kind::keyword;
        out.separator = "=";
    }
    if constexpr (requires(Kind kind) { kind.network; }) {
        out.takes_network = true;
        out.argument = TermKind::Argument::required;
    }
    if constexpr (requires(Kind kind) { kind.domain; }) {
        const bool always = std::is_same_v<decltype(Kind::domain), MacroString>;
        out.argument = always ? TermKind::Argument::required : TermKind::Argument::optional;
    }
    out.takes_prefix_length = requires(Kind kind) { kind.prefix; };
    return out;
}

/// Whether RFC 7208 defines the name of this kind of modifier (6).
template <class Modifier>
inline constexpr bool has_keyword = requires {
    Modifier::keyword;
};

template <class... Mechanisms, class... Modifiers>
constexpr auto term_kinds_of(const std::variant<Mechanisms...>* /*any*/,
                             const std::variant<Modifiers...>* /*any*/) noexcept {
    constexpr std::size_t named = (std::size_t{has_keyword<Modifiers>} + ...);
    std::array<TermKind, sizeof...(Mechanisms) + named> out{term_kind<Mechanisms>()...};
    std::size_t at = sizeof...(Mechanisms);
    const auto add = [&]<class Modifier>(const Modifier* /*any*/) {
        if constexpr (has_keyword<Modifier>) out[at++] = term_kind<Modifier>();
    };
    (add(static_cast<const Modifiers*>(nullptr)), ...);
    return out;
}

/// The syntax of all kinds of terms: first the mechanisms, then the modifiers, each in the order of
/// the types in its variant.
inline constexpr auto term_kinds = term_kinds_of(static_cast<const Mechanism*>(nullptr),
                                                 static_cast<const ModifierKind*>(nullptr));

/// The syntax of those kinds of terms for which the predicate `belongs` is true.
template <auto belongs>
inline constexpr auto term_kinds_where = [] {
    constexpr auto count = static_cast<std::size_t>(std::ranges::count_if(term_kinds, belongs));
    std::array<TermKind, count> out{};
    std::ranges::copy_if(term_kinds, out.begin(), belongs);
    return out;
}();

inline constexpr auto mechanism_kinds = term_kinds_where<&TermKind::is_mechanism>;
inline constexpr auto modifier_kinds = term_kinds_where<&TermKind::is_modifier>;

/// Returns whether a text ends in a list of the names of these kinds of terms, such as "a, mx and
/// ptr". Each name in the list must be followed by `mark`.
constexpr bool ends_in_names(std::string_view sentence, std::span<const TermKind> kinds,
                             std::string_view mark = {}) noexcept {
    const auto cut = [&sentence](std::string_view end) {
        const bool found = sentence.ends_with(end);
        if (found) sentence.remove_suffix(end.size());
        return found;
    };
    for (std::size_t left = kinds.size(); left-- > 0;) {
        if (!cut(mark) || !cut(kinds[left].name)) return false;
        if (left > 0 && !cut(left + 1 == kinds.size() ? " and " : ", ")) return false;
    }
    return !sentence.ends_with(", ");
}

}  // namespace spf
