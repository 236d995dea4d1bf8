// Recognises the version section (4.5) and its misspellings. A misspelt version hides the whole
// record from receivers.

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/look_alikes.hpp"
#include "lint/text.hpp"
#include "spf/record/parse.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

bool starts_with_version(std::string_view text) noexcept {
    return ascii::equal_ignoring_case(text.substr(0, version_section.size()), version_section);
}

/// Returns the number of octets before a record that its owner may not notice: spaces, invisible
/// characters and quotes. Sets `quoted` if there is a quote.
std::size_t junk_in_front(std::string_view text, bool& quoted) noexcept {
    constexpr std::string_view blanks = " \xa0";  // 0xa0 is a space in some encodings of one octet
    constexpr std::string_view quotes = "\"'`\\(";
    std::size_t at = 0;
    while (at < text.size()) {
        const std::string_view rest = text.substr(at);
        const LookAlike* const character = look_alike_at(rest);
        const bool quote = character != nullptr
                               ? character->is_quote()
                               : quotes.find(rest.front()) != std::string_view::npos;
        const bool blank = character != nullptr
                               ? character->is_gap()
                               : blanks.find(rest.front()) != std::string_view::npos;
        if (!quote && !blank) break;
        quoted = quoted || quote;
        at += character != nullptr ? character->octets.size() : 1;
    }
    return at;
}

/// Returns whether a word was meant as `v=spf1`. Spaces in the word are ignored.
bool is_meant_as_version(std::string_view word) {
    constexpr std::array<std::string_view, 14> spellings{
        "v=v=spf1", "spf1",   "spf=1",    "vspf1",   "v-spf1",  "v:spf1",       "v=spf",
        "v=spf2",   "v=spfl", "v=spf1.0", "v=spf1.", "v=spf01", "version=spf1", "spf=v1"};
    std::string lower(word);
    ascii::make_lower(lower);
    std::erase(lower, ' ');
    return lower == version_section || is_similar(lower, version_section) ||
           std::find(spellings.begin(), spellings.end(), lower) != spellings.end();
}

/// Returns the offset of the end of a misspelt version that starts at `begin`; `begin` if there is
/// none.
std::size_t end_of_misspelt(std::string_view text, std::size_t begin) {
    constexpr std::size_t longest = 16;
    std::size_t first = begin;  // where the shortest misspelling ends
    std::size_t end = begin;
    for (int words = 0; words < 3; ++words) {  // "v = spf1" is three words
        end = std::min(text.find(' ', end == begin ? begin : end + 1), text.size());
        if (end - begin > longest) break;
        std::string word(text.substr(begin, end - begin));
        // The text "v=spf 1" is joined to "v=spf1". If only "v=spf" were replaced, the "1" would
        // remain in the record.
        std::erase(word, ' ');
        if (ascii::equal_ignoring_case(word, version_section)) return end;
        if (first == begin && is_meant_as_version(word)) first = end;
        if (end == text.size()) break;
    }
    return first;
}

/// Returns whether an `a` follows the version without a space. The `a` may be the next term or part
/// of it, or a typing error.
bool is_glued_a(std::string_view word) { return ascii::equal_ignoring_case(word, "v=spf1a"); }

/// Returns the offset of the last "v=" if the text begins with several, as in `v=v=spf1`; otherwise
/// 0. This is the only misspelling that is recognised even if the next term follows the version
/// without a space.
std::size_t repeated_begin(std::string_view text) noexcept {
    constexpr std::string_view begin = "v=";
    std::size_t at = 0;
    while (ascii::equal_ignoring_case(text.substr(at, 4), "v=v=")) at += begin.size();
    return at;
}

/// Returns whether the text begins with `all` without a qualifier. In `v=spf1all` a space would let
/// every client pass, although "-all" may have been meant.
bool begins_with_all(std::string_view text) {
    const Parts parts = parts_of(text);
    return parts.qualifier.empty() && known_name(parts.name) == "all";
}

void correct_by(Finding& finding, std::string_view correction) { finding.correction = correction; }

}  // namespace

std::optional<std::size_t> check_version(Findings& findings) {
    const std::string_view text = findings.text();
    if (has_version(text)) return version_section.size();
    bool quoted = false;
    std::size_t begin = junk_in_front(text, quoted);
    if (begin > 0 && begin < text.size()) {
        const std::string_view rest = text.substr(begin);
        const bool meant = starts_with_version(rest) || end_of_misspelt(text, begin) != begin;
        if (!meant) begin = 0;
        if (meant) {
            const Code code = quoted ? Code::version_quoted : Code::version_space;
            correct_by(findings.add(code, 0, begin), "");
        }
    } else {
        begin = 0;
    }
    if (has_version(text.substr(begin))) return begin + version_section.size();
    const std::string_view word = text.substr(begin, text.find(' ', begin) - begin);
    if (is_glued_a(word)) {
        findings.add(Code::version_glued, begin, word.size());
        return begin + version_section.size();
    }
    if (const std::size_t end = end_of_misspelt(text, begin); end != begin) {
        correct_by(findings.add(Code::version_misspelt, begin, end - begin), version_section);
        return end;
    }
    if (const std::size_t more = repeated_begin(text.substr(begin)); more > 0) {
        correct_by(findings.add(Code::version_misspelt, begin, more), "");
        begin += more;
    }
    const std::size_t end = begin + version_section.size();
    if (starts_with_version(text.substr(begin))) {
        if (end == text.size() || text[end] == ' ') return end;
        bool ignored = false;
        const std::size_t junk = junk_in_front(text.substr(end), ignored);
        const std::size_t mark =
            junk == 0 && (text[end] == ';' || text[end] == ',' || text[end] == ':') ? 1 : junk;
        // The finding includes the version, so that no correction of the next term begins at the
        // same octet.
        Finding& finding = findings.add(Code::version_glued, begin, version_section.size() + mark);
        if (begins_with_all(text.substr(end + mark))) {
            finding.advised = {Sentence::write_space_and_all};
        } else {
            finding.correction = joined({text.substr(begin, version_section.size()), " "});
        }
        return end + mark;
    }
    if (begin == 0) findings.add(Code::not_spf, 0, std::min(text.size(), version_section.size()));
    return std::nullopt;
}

}  // namespace spf::lint
