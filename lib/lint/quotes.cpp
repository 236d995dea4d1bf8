// Guesses what was meant by terms that contain quotes and backslashes.
//
// Quotes around a term or its value are deleted. A quote between other octets may come from the
// boundary of two strings, which are joined without a space (3.3), or it may be in place of a
// space. So both meanings are tried. If both are possible, there is no correction.

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "lint/text.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

constexpr std::string_view quotes = "\"'`";

bool is_quote(char c) noexcept { return quotes.find(c) != std::string_view::npos; }

/// Returns the term without each backslash before a punctuation mark, as in `\"` and `\_`, and
/// without a backslash at its end.
std::string without_escapes(std::string_view term) {
    std::string out;
    for (std::size_t at = 0; at < term.size(); ++at) {
        const bool last = at + 1 == term.size();
        if (term[at] != '\\' || (!last && ascii::is_alnum(term[at + 1]))) out += term[at];
    }
    return out;
}

/// Guesses what was meant by a term with a backslash before a letter or a digit. In
/// `ip4:192.0.2.0\24` the backslash is meant as a slash. The meaning of any other backslash is
/// unknown.
std::optional<Guess> backslash(const std::string& term) {
    const std::size_t at = term.find('\\');
    std::string out = term;
    out[at] = '/';
    if (at > 0 && term[at - 1] == '/') out.erase(at, 1);
    const std::string_view length = std::string_view(term).substr(at + 1);
    // Only two or three digits are regarded as a prefix length. A single digit may be part of the
    // address, and the backslash before it a typing error.
    const bool is_length = (length.size() == 2 || length.size() == 3) && length.front() != '0' &&
                           std::all_of(length.begin(), length.end(), ascii::is_digit);
    if (!is_length || at == 0) {
        return Guess{
            Code::typed_quotes, {}, Sentence::backslash, Sentence::delete_backslash_or_slash};
    }
    return Guess{Code::wrong_separator, std::move(out), Sentence::backslash_for_slash,
                 Sentence::write_slash};
}

/// Returns the term without the quotes at both ends, and without the quotes directly after ":", "="
/// or the qualifier.
std::string without_outer(std::string_view term) {
    std::string out;
    for (const char c : term) {
        const bool first =
            out.empty() || std::string_view(":=").find(out.back()) != std::string_view::npos;
        const bool qualifier = out.size() == 1 && is_qualifier(out.back());
        if (!is_quote(c) || (!first && !qualifier)) out += c;
    }
    while (!out.empty() && is_quote(out.back())) out.pop_back();
    return out;
}

std::vector<std::string_view> pieces_of(std::string_view term) {
    std::vector<std::string_view> out;
    while (!term.empty()) {
        const std::size_t end = std::min(term.find('"'), term.size());
        if (end > 0) out.push_back(term.substr(0, end));
        term.remove_prefix(std::min(end + 1, term.size()));
    }
    return out;
}

/// Guesses what was meant by a term with quotes within it. The pieces between the quotes may be
/// several terms, or parts of one term that the quotes divide.
std::optional<Guess> inner(std::string_view term) {
    constexpr std::size_t most = 8;
    const std::vector<std::string_view> pieces = pieces_of(term);
    if (term.find_first_of("'`") != std::string_view::npos || pieces.size() > most)
        return Guess{Code::typed_quotes, {}};
    std::string whole;
    std::string parted;
    for (const std::string_view piece : pieces) {
        whole += piece;
        parted.append(parted.empty() ? "" : " ").append(piece);
    }
    const bool one = is_offerable(whole) && split_terms(whole, false).empty();
    const bool parts = std::any_of(pieces.begin() + 1, pieces.end(), [](std::string_view piece) {
        const std::string_view name = parts_of(piece).name;
        return !similar_name(name).empty() || guess_all(piece).has_value();
    });
    if (is_correct(parted) || parts) {
        if (one) return Guess{Code::typed_quotes, {}};
        return Guess{Code::typed_quotes, std::move(parted), Sentence::quotes_between_terms,
                     Sentence::space_for_quotes};
    }
    // If two pieces of an address were joined, their digits might result in another address, so
    // there is no correction.
    const bool digits = pieces.size() == 2 && ascii::is_alnum(pieces[0].back()) &&
                        ascii::is_alnum(pieces[1].front()) &&
                        parts_of(term).name.substr(0, 2) == "ip";
    if (!one || digits || pieces.size() != 2) return Guess{Code::typed_quotes, {}};
    return Guess{Code::typed_quotes, std::move(whole)};
}

}  // namespace

std::optional<Guess> guess_quotes(std::string_view term) {
    if (term.find_first_of("\"'`\\") == std::string_view::npos) return std::nullopt;
    const std::string plain = without_escapes(term);
    if (plain.find('\\') != std::string::npos) return backslash(plain);
    std::string rest = without_outer(plain);
    if (std::any_of(rest.begin(), rest.end(), is_quote)) return inner(rest);
    if (std::any_of(term.begin(), term.end(), is_quote))
        return Guess{Code::typed_quotes, std::move(rest)};
    return Guess{Code::typed_quotes, std::move(rest), Sentence::backslash,
                 Sentence::delete_backslash};
}

}  // namespace spf::lint
