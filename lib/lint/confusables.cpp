// Guesses what was meant by terms with octets beyond US-ASCII: characters that word processors, web
// pages and translation programs put into records.
//
// The term is expected to be in UTF-8, the encoding of text that people paste. A single octet 0xa0
// is recognised too: it is the non-breaking space of older encodings. Each such character is
// replaced by one counterpart in US-ASCII. Then the term is examined like any other.

#include <algorithm>

#include "base/ascii.hpp"
#include "base/look_alikes.hpp"
#include "lint/text.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

/// Returns the code of the finding about a character that looks like a character of US-ASCII.
Code code_of(const LookAlike& character) noexcept {
    if (character.is_gap()) return Code::white_space;
    return character.is_quote() ? Code::typed_quotes : Code::typographic_character;
}

bool is_plain(std::string_view text) noexcept {
    for (const char c : text) {
        if (!ascii::is_printable(c)) return false;
    }
    return true;
}

/// A gap is a character that looks like a space, or that has no width. plain() replaces a gap that
/// looks like a space by the octet `blank`, and a gap without width by the octet `nothing`.
/// close_gaps() then decides whether a space was meant there.
constexpr char blank = '\x1e';
constexpr char nothing = '\x1f';

bool is_gap(char c) noexcept { return c == blank || c == nothing; }

/// Returns a guess whose correction is the term with each look-alike of a US-ASCII character
/// replaced by that character, or by `blank` or `nothing` if it is a gap. The code of the guess is
/// that of the first replacement. If nothing has been replaced, the code is `invalid_character`.
Guess plain(std::string_view term) {
    Guess out{Code::invalid_character, {}};
    bool found = false;
    for (std::size_t at = 0; at < term.size();) {
        const LookAlike* const character = look_alike_at(term.substr(at));
        // An octet 0xa0 that is not part of a UTF-8 character is the non-breaking space of an
        // encoding with one octet per character.
        const bool lone_space = character == nullptr && term[at] == '\xa0' &&
                                (at == 0 || ascii::is_ascii(term[at - 1]));
        if (character == nullptr && !lone_space) {
            if (is_gap(term[at])) return Guess{Code::invalid_character, {}};
            out.correction += term[at++];
            continue;
        }
        const Code code = lone_space ? Code::white_space : code_of(*character);
        if (!found) out.code = code;
        found = true;
        if (code == Code::white_space) {
            out.correction += lone_space || !character->plain.empty() ? blank : nothing;
        } else {
            out.correction += character->plain;
        }
        at += lone_space ? 1 : character->octets.size();
    }
    return out;
}

void trim_gaps(std::string& text) {
    while (!text.empty() && is_gap(text.back())) text.pop_back();
    while (!text.empty() && is_gap(text.front())) text.erase(0, 1);
}

bool has(std::string_view set, char c) noexcept { return set.find(c) != std::string_view::npos; }

/// Returns whether the text before a gap (see `blank`) and the text after it are parts of one term.
/// In these examples, `|` is the gap: `include:|a.example`, `-|all`, `192.0.2.0|/24`.
bool belongs_together(std::string_view left, std::string_view right) {
    if (has(":/=.", right.front())) return true;
    const std::size_t space = left.rfind(' ');
    const std::string_view last = space == std::string_view::npos ? left : left.substr(space + 1);
    return !last.empty() && has(":=._-/+~?", last.back()) && !is_correct(last);
}

/// Replaces or removes the marker octets `blank` and `nothing`. A `blank` between two terms becomes
/// a space. A `nothing` becomes a space if `all` is true and it is between two terms; otherwise it
/// is removed.
std::string with_spaces(std::string_view text, bool all) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t gap = at;
        bool wide = false;
        for (; at < text.size() && is_gap(text[at]); ++at) wide = wide || all || text[at] == blank;
        if (gap < at && wide && !belongs_together(out, text.substr(at))) out += ' ';
        if (at < text.size()) out += text[at++];
    }
    return out;
}

std::string without_gaps(std::string text) {
    std::erase_if(text, is_gap);
    return text;
}

constexpr std::string_view gaps = "\x1e\x1f";

/// Returns the text after the first gap, which is one or more of the octets `blank` and `nothing`.
/// Returns empty if the text has no gap.
std::string_view behind_gap(std::string_view text) noexcept {
    const std::size_t end =
        text.find_first_not_of(gaps, std::min(text.find_first_of(gaps), text.size()));
    return text.substr(std::min(end, text.size()));
}

/// Returns whether a term, correct or not, seems to begin after any of the gaps in the text. A gap
/// is marked by the octets `blank` and `nothing`. If no term begins there, the text after each gap
/// is only the end of the term before it.
bool is_term_behind(std::string_view text) {
    for (std::string_view rest = behind_gap(text); !rest.empty(); rest = behind_gap(rest)) {
        const std::string_view term = rest.substr(0, rest.find_first_of(gaps));
        const Parts parts = parts_of(term);
        if (!parts.qualifier.empty() || !known_name(parts.name).empty() ||
            !similar_name(parts.name).empty() || begins_with_name(parts.name) || guess_all(term))
            return true;
    }
    return false;
}

/// Returns whether the text is an `ip4` or `ip6`, and its first gap has a letter or digit on both
/// sides. Then the gap may be within a number of the address.
bool cuts_address(std::string_view text) {
    const std::size_t gap = text.find_first_of(gaps);
    const std::string_view rest = behind_gap(text);
    return known_name(parts_of(text).name).substr(0, 2) == "ip" && gap > 0 && !rest.empty() &&
           ascii::is_alnum(text[gap - 1]) && ascii::is_alnum(rest.front());
}

/// Returns the text with each gap (`blank` or `nothing`) removed or replaced by a space, whichever
/// was meant. Returns empty if both may have been meant.
std::string closed(const std::string& text) {
    constexpr std::ptrdiff_t most = 64;  // limits the work: the text before each gap is examined
    if (std::count_if(text.begin(), text.end(), is_gap) > most) {
        std::string out = text;
        std::replace(out.begin(), out.end(), blank, ' ');
        return without_gaps(std::move(out));
    }
    std::string seen = with_spaces(text, false);
    std::string parted = with_spaces(text, true);
    if (seen != parted) {
        // A gap without width is not visible as a space, but the space may have been forgotten, as
        // in "a:mail.example.com|mx", where `|` is the gap.
        const bool parts = is_term_behind(text);
        if (is_offerable(seen)) return parts ? std::string() : seen;
        return parts ? parted : seen;
    }
    std::string together = without_gaps(text);
    const bool once = behind_gap(text).find_first_of(gaps) == std::string_view::npos;
    const bool value = behind_gap(text).find_first_of(":=\"'`") == std::string_view::npos;
    const bool cut =
        once && value && !is_correct(seen) && !cuts_address(text) && !is_term_behind(text);
    return cut && is_offerable(together) ? together : seen;
}

/// Removes each gap (`blank` or `nothing`) of the correction or replaces it by a space. Selects the
/// message and the remedy accordingly.
void close_gaps(Guess& out) {
    if (std::none_of(out.correction.begin(), out.correction.end(), is_gap)) return;
    const bool visible = out.correction.find(blank) != std::string::npos;
    trim_gaps(out.correction);
    out.correction = closed(out.correction);
    if (out.code != Code::white_space) return;
    if (!visible) out.said = Sentence::invisible_character;
    if (out.correction.empty()) {
        out.advised = Sentence::delete_or_space;
    } else if (out.correction.find(' ') == std::string::npos) {
        out.advised = Sentence::delete_character;
    } else if (!visible) {
        out.advised = Sentence::write_space;
    }
}

/// If the name of the term is a translation, replaces it by the name in RFC 7208. The name ends at
/// ":", at "=" or at the end of the term. Returns whether the name was a translation.
bool translate(std::string& term) {
    const std::size_t begin = !term.empty() && is_qualifier(term.front()) ? 1 : 0;
    const std::size_t end = std::min(term.find_first_of(":="), term.size());
    const std::string_view name = translation_of(std::string_view(term).substr(begin, end - begin));
    if (name.empty()) return false;
    term.replace(begin, end - begin, name);
    return true;
}

}  // namespace

std::optional<Guess> guess_foreign(std::string_view term) {
    Guess out = plain(term);
    close_gaps(out);
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

}  // namespace spf::lint
