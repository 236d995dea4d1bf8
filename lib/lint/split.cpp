// Terms that have run together: where does the next one begin?
//
// A colon can stand in no name of DNS, so "ip4:" within a value is the begin of another term; so is
// a qualifier and "all" at the end. What is meant by "~" or "+" within a value is clear as well,
// but not by "-", which names have. What parts terms elsewhere (a comma, a quote) goes with the cut.

#include <array>

#include "base/ascii.hpp"
#include "lint/text.hpp"

namespace spf::lint {
namespace {

constexpr std::array<std::string_view, 8> openings{
    "include:", "ip4:", "ip6:", "exists:", "ptr:", "redirect=", "mx:", "exp="};
constexpr std::size_t careful_openings = 4;

bool starts_with(std::string_view text, std::string_view lower) noexcept {
    return ascii::equal_ignoring_case(text.substr(0, lower.size()), lower);
}

/// Whether a term of a value begins here, without its qualifier.
bool opens(std::string_view text, bool careful) noexcept {
    const std::size_t count = careful ? careful_openings : openings.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (starts_with(text, openings[i])) return true;
    }
    return false;
}

/// Whether a qualifier stands here and its mechanism behind it.
bool opens_qualified(std::string_view text, bool careful) noexcept {
    if (!is_qualifier(text.front())) return false;
    const std::string_view rest = text.substr(1);
    if (opens(rest, careful)) return true;
    if (careful) return false;
    if (starts_with(rest, "a:")) return true;
    // A plus can stand in no name, and these two in a record as they are.
    if (text.front() == '+' && (starts_with(rest, "a") || starts_with(rest, "mx"))) {
        const std::size_t end = starts_with(rest, "a") ? 1 : 2;
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
        if (before == ':' || before == '=') continue;  // "include:include:", "%{...}" have others
        const std::string_view rest = term.substr(at);
        const bool fresh = !(is_qualifier(before) && at - 1 == copied);
        if (!fresh || (!opens(rest, careful) && !opens_qualified(rest, careful))) continue;
        const std::string_view piece = term.substr(copied, at - copied);
        // "include:a.example,include:b.example"
        const std::size_t end = piece.find_last_not_of(",;|\"");
        if (end == std::string_view::npos) continue;
        out.append(piece.substr(0, end + 1)).append(" ");
        copied = at;
    }
    if (copied == 0) return {};
    return out.append(term.substr(copied));
}

}  // namespace spf::lint
