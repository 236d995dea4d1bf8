// Guesses what was meant by terms that resemble `all`: a misspelt `all`, an `all` with punctuation
// marks around it, or an `all` onto which other text has been pasted.
//
// In these terms a single octet decides whether every client passes. So no correction is `all` or
// `+all`. A correction keeps the qualifier "-", "~" or "?" only if it is before the word `all` and
// the term contains no other qualifier. "all-" has no correction, because it may have been meant as
// "-all" or as "all".

#include <algorithm>

#include "base/ascii.hpp"
#include "lint/text.hpp"
#include "spf/record/parse.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

constexpr std::string_view decoration = "+-~?_.,;:=*/!#&|()[]{}<>";

bool is_all(std::string_view word) { return ascii::equal_ignoring_case(word, "all"); }

/// Returns whether a word is `all` or a misspelling of it, such as `al`, `alll`, `lal` or `a1l`. A
/// single letter is not a misspelling of it, because it may mean anything.
bool is_meant_as_all(std::string_view word) {
    if (is_all(word)) return true;
    std::string lower(word);
    ascii::make_lower(lower);
    std::replace(lower.begin(), lower.end(), '1', 'l');
    if (lower == "all") return true;
    return word.size() >= 2 && std::all_of(lower.begin(), lower.end(), ascii::is_alnum) &&
           is_similar(lower, "all");
}

/// Returns the qualifier that the text contains; 0 if it contains none, or different ones.
char only_qualifier(std::string_view text) noexcept {
    const std::size_t first = text.find_first_of(qualifiers);
    if (first == std::string_view::npos) return 0;
    for (const char c : text) {
        if (qualifiers.find(c) != std::string_view::npos && c != text[first]) return 0;
    }
    return text[first];
}

/// Returns the version with which the text begins, if this is the version of a known kind of TXT
/// record, such as "v=dmarc1". Otherwise returns empty.
std::string_view record_at(std::string_view text) noexcept {
    for (const std::string_view version : {"v=spf1", "v=dmarc1", "v=dkim1", "v=bimi1"}) {
        if (ascii::equal_ignoring_case(text.substr(0, version.size()), version)) return version;
    }
    return {};
}

/// Returns whether the text is `name=value` with a name that RFC 7208 does not define. Receivers
/// ignore such a modifier.
bool is_token(std::string_view text) {
    if (text.empty() || !ascii::is_alpha(text.front())) return false;
    const Parts parts = parts_of(text);
    return parts.rest.starts_with('=') && parts.rest.size() > 1 && is_offerable(text) &&
           known_name(parts.name).empty();
}

}  // namespace

std::optional<Guess> guess_all(std::string_view term) {
    const std::size_t begin = term.find_first_not_of(decoration);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::size_t end = term.find_last_not_of(decoration) + 1;
    const std::string_view word = term.substr(begin, end - begin);
    if (!is_meant_as_all(word)) return std::nullopt;
    const std::string_view front = term.substr(0, begin);
    const std::string_view back = term.substr(end);
    const bool qualified = front.find_first_of(qualifiers) != std::string_view::npos;
    const char qualifier = only_qualifier(joined({front, back}));
    const bool only_marks_behind = is_all(word) && front.size() <= 1;
    const Code code =
        only_marks_behind && !back.empty() ? Code::stray_punctuation : Code::misspelt_name;
    if (qualified && qualifier != 0 && qualifier != '+')
        return Guess{code, joined({std::string_view(&qualifier, 1), "all"})};
    const bool bare = front.find_first_not_of("([{<") == std::string_view::npos &&
                      back.find_first_of(qualifiers) == std::string_view::npos;
    if (is_all(word) && (bare || (qualified && qualifier == '+')))
        return Guess{code, {}, Sentence::usual, Sentence::write_all, true};
    return Guess{Code::misspelt_name, {}, Sentence::unclear_all, Sentence::write_all};
}

std::optional<Guess> guess_pasted_record(std::string_view term) {
    for (std::size_t at = 1; at < term.size(); ++at) {
        const std::string_view version = record_at(term.substr(at));
        if (version.empty()) continue;
        if (version == "v=spf1") {
            return Guess{Code::missing_space, {}, Sentence::spf_pasted, Sentence::merge_records};
        }
        if (version == "v=dmarc1") {
            return Guess{Code::missing_space, {}, Sentence::dmarc_pasted, Sentence::publish_dmarc};
        }
        return Guess{Code::missing_space, {}, Sentence::record_pasted, Sentence::publish_record};
    }
    const Parts parts = parts_of(term);
    if (parts.name.size() <= 3 || !is_all(parts.name.substr(0, 3))) return std::nullopt;
    if (!is_token(term.substr(parts.qualifier.size() + 3))) return std::nullopt;
    const bool opens = parts.qualifier.empty() || parts.qualifier == "+";
    return Guess{Code::missing_space, opens ? std::string() : joined({parts.qualifier, "all"}),
                 Sentence::text_pasted, Sentence::publish_text, opens};
}

}  // namespace spf::lint
