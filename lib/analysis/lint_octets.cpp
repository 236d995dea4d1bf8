// Octets beyond US-ASCII: what word processors, web pages and translating programs put into
// records.
//
// Everything here is UTF-8 as people paste it; a single 0xa0 is the non-breaking space of older
// encodings. Each group of characters has one plain counterpart, and when all are replaced, the
// term is examined as any other.

#include <array>

#include "analysis/lint_text.hpp"
#include "ascii.hpp"

namespace spf::linting {
namespace {

using Code = Finding::Code;

struct Character {
    std::string_view octets;
    std::string_view plain;
    Code code;
};

constexpr std::array<Character, 59> characters{{
    {"\t", " ", Code::white_space},
    {"\r", " ", Code::white_space},
    {"\n", " ", Code::white_space},
    {"\v", " ", Code::white_space},
    {"\f", " ", Code::white_space},
    {"\u0085", " ", Code::white_space},
    {"\u00a0", " ", Code::white_space},
    {"\u1680", " ", Code::white_space},
    {"\u2000", " ", Code::white_space},
    {"\u2001", " ", Code::white_space},
    {"\u2002", " ", Code::white_space},
    {"\u2003", " ", Code::white_space},
    {"\u2004", " ", Code::white_space},
    {"\u2005", " ", Code::white_space},
    {"\u2006", " ", Code::white_space},
    {"\u2007", " ", Code::white_space},
    {"\u2008", " ", Code::white_space},
    {"\u2009", " ", Code::white_space},
    {"\u200a", " ", Code::white_space},
    {"\u2028", " ", Code::white_space},
    {"\u2029", " ", Code::white_space},
    {"\u202f", " ", Code::white_space},
    {"\u205f", " ", Code::white_space},
    {"\u3000", " ", Code::white_space},
    // Without any width: nothing stands in their place.
    {"\u00ad", "", Code::white_space},
    {"\u200b", "", Code::white_space},
    {"\u200c", "", Code::white_space},
    {"\u200d", "", Code::white_space},
    {"\u200e", "", Code::white_space},
    {"\u200f", "", Code::white_space},
    {"\u2060", "", Code::white_space},
    {"\ufeff", "", Code::white_space},
    {"\u2018", "", Code::typed_quotes},
    {"\u2019", "", Code::typed_quotes},
    {"\u201a", "", Code::typed_quotes},
    {"\u201b", "", Code::typed_quotes},
    {"\u201c", "", Code::typed_quotes},
    {"\u201d", "", Code::typed_quotes},
    {"\u201e", "", Code::typed_quotes},
    {"\u201f", "", Code::typed_quotes},
    {"\u00ab", "", Code::typed_quotes},
    {"\u00bb", "", Code::typed_quotes},
    {"\u2039", "", Code::typed_quotes},
    {"\u203a", "", Code::typed_quotes},
    {"\u2010", "-", Code::typographic_character},
    {"\u2011", "-", Code::typographic_character},
    {"\u2012", "-", Code::typographic_character},
    {"\u2013", "-", Code::typographic_character},
    {"\u2014", "-", Code::typographic_character},
    {"\u2212", "-", Code::typographic_character},
    {"\uff0d", "-", Code::typographic_character},
    {"\u02dc", "~", Code::typographic_character},
    {"\u223c", "~", Code::typographic_character},
    {"\uff5e", "~", Code::typographic_character},
    {"\uff1a", ":", Code::typographic_character},
    {"\ua789", ":", Code::typographic_character},
    {"\uff1d", "=", Code::typographic_character},
    {"\uff0e", ".", Code::typographic_character},
    {"\uff0f", "/", Code::typographic_character},
}};

const Character* character_at(std::string_view text) noexcept {
    if (ascii::is_visible(text.front())) return nullptr;
    for (const Character& each : characters) {
        if (text.starts_with(each.octets)) return &each;
    }
    return nullptr;
}

bool is_plain(std::string_view text) noexcept {
    for (const char c : text) {
        if (!ascii::is_printable(c)) return false;
    }
    return true;
}

void trim(std::string& text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string::npos) {
        text.clear();
        return;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text.erase(0, begin);
}

/// The term with what has a plain counterpart replaced; the first code that says why.
Guess plain(std::string_view term) {
    Guess out{Code::invalid_character, {}};
    bool found = false;
    for (std::size_t at = 0; at < term.size();) {
        const Character* const character = character_at(term.substr(at));
        // Where no whole character is: 0xa0 alone, in an encoding of one octet.
        const bool lone_space = character == nullptr && term[at] == '\xa0' &&
                                (at == 0 || ascii::is_ascii(term[at - 1]));
        if (character == nullptr && !lone_space) {
            out.correction += term[at++];
            continue;
        }
        if (!found) out.code = lone_space ? Code::white_space : character->code;
        found = true;
        out.correction += lone_space ? " " : character->plain;
        at += lone_space ? 1 : character->octets.size();
    }
    trim(out.correction);
    return out;
}

/// The name in front of ':' or '=' or of the end, where it has been translated; replaced in `term`.
bool translate(std::string& term) {
    const std::size_t begin =
        term.empty() || std::string_view("+-~?").find(term.front()) == std::string_view::npos ? 0
                                                                                              : 1;
    const std::size_t end = std::min(term.find_first_of(":="), term.size());
    const std::string_view name = translation_of(std::string_view(term).substr(begin, end - begin));
    if (name.empty()) return false;
    term.replace(begin, end - begin, name);
    return true;
}

}  // namespace

std::optional<Guess> guess_foreign(std::string_view term) {
    Guess out = plain(term);
    if (out.correction.find(' ') == std::string::npos && translate(out.correction))
        out.code = Code::translated_name;
    if (!is_plain(out.correction)) {
        const std::size_t colon = term.find_first_of(":=");
        const bool in_value =
            colon != std::string_view::npos && !known_name(parts_of(term).name).empty();
        const bool control =
            term.find_first_of(std::string_view("\0\x01\x1b\x7f", 4)) != std::string_view::npos;
        if (in_value && !control && out.code == Code::invalid_character)
            out.code = Code::non_ascii_name;
        out.correction.clear();
    }
    if (out.code == Code::invalid_character) return std::nullopt;
    return out;
}

}  // namespace spf::linting
