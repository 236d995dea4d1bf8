// Finds where the next term begins in terms that have run together.
//
// No DNS name contains a colon, so "ip4:" within a value begins another term. A qualifier with
// "all" at the end of the text begins another term too. "~" and "+" within a value are clear signs
// of another term, but "-" is not, because names contain it. Other separators, such as a comma or a
// quote, are removed between the terms.

#include <span>

#include "base/ascii.hpp"
#include "lint/text.hpp"

namespace spf::lint {
namespace {

using Kinds = std::span<const TermKind>;

/// Terms that are recognised after a qualifier if an argument follows their name.
constexpr auto with_argument = term_kinds_where<&TermKind::takes_argument>;
/// Returns whether a term with an argument is recognised without a qualifier. "a:" is not, because
/// it may be the end of a name.
constexpr bool is_told_by_name(const TermKind& kind) noexcept {
    return kind.takes_argument() && kind.name.size() > 1;
}
constexpr auto openings = term_kinds_where<is_told_by_name>;
/// Returns whether the name of this term with a colon after it is almost certainly the beginning of
/// a term.
constexpr bool is_told_for_sure(const TermKind& kind) noexcept {
    return kind.is_mechanism() && kind.needs_argument();
}
constexpr auto careful_openings = term_kinds_where<is_told_for_sure>;
/// Terms that are recognised after a plus even without an argument: `a` and `mx`.
constexpr auto with_prefix_length = term_kinds_where<&TermKind::takes_prefix_length>;

bool starts_with(std::string_view text, std::string_view lower) noexcept {
    return ascii::equal_ignoring_case(text.substr(0, lower.size()), lower);
}

/// Returns whether the text begins with one of the terms `kinds`, with an argument and without a
/// qualifier.
bool opens(std::string_view text, Kinds kinds) noexcept {
    for (const TermKind& each : kinds) {
        if (starts_with(text, each.name) &&
            text.substr(each.name.size()).starts_with(each.separator))
            return true;
    }
    return false;
}
bool opens(std::string_view text, bool careful) noexcept {
    return opens(text, careful ? Kinds(careful_openings) : Kinds(openings));
}

/// Returns whether the text begins with a qualifier and a mechanism. With `careful`, the mechanism
/// must be one that requires an argument, with a colon after its name.
bool opens_qualified(std::string_view text, bool careful) noexcept {
    if (!is_qualifier(text.front())) return false;
    const std::string_view rest = text.substr(1);
    if (careful) return opens(rest, careful);
    if (opens(rest, with_argument)) return true;
    // No domain name contains a plus, so a plus is always a qualifier. `a` and `mx` need no
    // argument.
    for (const TermKind& each : with_prefix_length) {
        if (text.front() != '+' || !starts_with(rest, each.name)) continue;
        const std::size_t end = each.name.size();
        if (rest.size() == end || rest[end] == '/' || rest[end] == '+') return true;
    }
    if (!starts_with(rest, "all")) return false;
    return text.front() != '-' || rest.size() == 3 || !ascii::is_alnum(rest[3]);
}

}  // namespace

std::string split_terms(std::string_view term, bool careful) {
    std::string out;
    std::size_t copied = 0;
    const std::size_t own_qualifier = !term.empty() && is_qualifier(term.front()) ? 1 : 0;
    for (std::size_t at = own_qualifier + 1; at < term.size(); ++at) {
        const char before = term[at - 1];
        // No term is assumed to begin directly after ":" or "=". Another rule examines a term such
        // as "include:include:a.example", and in a macro "=" may be a delimiter.
        if (before == ':' || before == '=') continue;
        const std::string_view rest = term.substr(at);
        const bool fresh = !(is_qualifier(before) && at - 1 == copied);
        if (!fresh || (!opens(rest, careful) && !opens_qualified(rest, careful))) continue;
        const std::string_view piece = term.substr(copied, at - copied);
        // Separators at the end of a piece are left out, such as the comma in
        // "include:a.example,include:b.example".
        const std::size_t end = piece.find_last_not_of(",;|\"");
        if (end == std::string_view::npos) continue;
        out.append(piece.substr(0, end + 1)).append(" ");
        copied = at;
    }
    if (copied == 0) return {};
    return out.append(term.substr(copied));
}

}  // namespace spf::lint
