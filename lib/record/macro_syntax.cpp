// The grammar of macro strings (RFC 7208 section 7.1).
//
//     domain-spec  = macro-string domain-end
//     domain-end   = ( "." toplabel [ "." ] ) / macro-expand
//     macro-string = *( macro-expand / macro-literal )
//
// Nothing else is accepted. In particular, transformers that are missing are not guessed, and
// unknown letters are not skipped.

#include "record/macro_syntax.hpp"

#include <array>
#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "base/octets.hpp"
#include "spf/dns/name.hpp"

namespace spf {
namespace {

using Code = ParseError::Code;

constexpr ascii::OctetSet is_delimiter{[](char c) { return ascii::contains(".-+,/_=", c); }};
/// The octets that the grammar allows as a macro-letter. The letters c, r and t are allowed in
/// explanations only (7.2).
constexpr ascii::OctetSet is_letter{
    [](char c) { return ascii::contains("slodiphvcrtSLODIPHVCRT", c); }};
constexpr ascii::OctetSet is_domain_letter{
    [](char c) { return ascii::contains("slodiphvSLODIPHV", c); }};
/// The octets of a macro-literal, which are %x21-24 and %x26-7E in the grammar.
constexpr ascii::OctetSet is_literal{[](char c) { return ascii::is_visible(c) && c != '%'; }};
constexpr ascii::OctetSet is_label_octet{[](char c) { return ascii::is_alnum(c) || c == '-'; }};

/// The highest number of right-hand parts that is stored for a macro. It is greater than the number
/// of labels of any name. A larger number in a macro has the same effect (7.3), so it is reduced to
/// this one.
constexpr unsigned many_parts = 1000;

bool fail(ParseError& error, Code code, std::size_t offset, std::size_t length) noexcept {
    error = {code, offset, length};
    return false;
}

/// Returns whether a text ends in "." toplabel, as the grammar requires:
/// toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
bool ends_in_toplabel(std::string_view text) noexcept {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const char* label = end;
    while (label != begin && is_label_octet(label[-1])) --label;
    if (label == begin || label[-1] != '.' || label == end) return false;
    if (*label == '-' || end[-1] == '-') return false;
    return !ascii::is_digit(end[-1]) || !std::all_of(label, end, ascii::is_digit);
}

/// Returns whether the author of a text probably meant it to be an IPv4 address.
bool looks_like_address(std::string_view text) noexcept {
    return std::count(text.begin(), text.end(), '.') == 3 &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return ascii::is_digit(c) || c == '.' || c == '/'; });
}

/// Returns the index of the slash of a prefix length at the end of a text; nothing if the text does
/// not end in a prefix length.
std::optional<std::size_t> trailing_prefix_length(std::string_view text) noexcept {
    std::size_t at = text.size();
    while (at > 0 && ascii::is_digit(text[at - 1])) --at;
    if (at == 0 || at == text.size() || text[at - 1] != '/') return std::nullopt;
    --at;
    return at > 0 && text[at - 1] == '/' ? at - 1 : at;
}

/// Sets the error for a domain-spec that does not end in domain-end, and returns false. `tail` is
/// the part of `text` after the last macro, without a dot at its end.
bool wrong_end(std::string_view text, std::string_view tail, ParseError& error) noexcept {
    if (looks_like_address(text)) return fail(error, Code::domain_address, 0, text.size());
    if (const auto slash = trailing_prefix_length(text)) {
        return fail(error, Code::prefix_length_forbidden, *slash, text.size() - *slash);
    }
    const std::size_t dot = tail.rfind('.');
    const std::string_view last = dot == std::string_view::npos ? tail : tail.substr(dot + 1);
    return fail(error, Code::domain_toplabel, static_cast<std::size_t>(last.data() - text.data()),
                last.size());
}

/// Returns whether a domain-spec without macros can be used unchanged: as the domain of
/// check_host(), and as the name in a DNS question (4.3).
bool is_plain_name(std::string_view text) noexcept {
    if (text.front() == '[') return false;
    if (text.size() <= 63) return octets::is_short_plain_name(text);
    return text.back() != '.' && std::none_of(text.begin(), text.end(), ascii::is_upper) &&
           !dns::name_problem(text);
}

/// Reads a macro, which is a macro-expand in the grammar:
/// macro-expand = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
///
/// The function does not read beyond the first octet that cannot be part of a macro, such as a
/// space. The letters c, r and t are allowed in explanations only (7.2).
/// \param at  the place of the "%" with which the macro begins
/// \return the place after the macro; null if the macro has a syntax error
inline const char* read(const char* at, bool explanation, MacroExpand& macro) noexcept {
    ++at;
    if (*at != '{') {
        if (*at != '%' && *at != '_' && *at != '-') return nullptr;
        macro.literal = *at;
        return at + 1;
    }
    ++at;
    if (!(explanation ? is_letter(*at) : is_domain_letter(*at))) return nullptr;
    macro.letter = static_cast<char>(*at | 0x20);
    macro.url_escape = *at != macro.letter;
    ++at;
    if (*at == '}') return at + 1;  // the most frequent case

    if (ascii::is_digit(*at)) {
        for (; ascii::is_digit(*at); ++at) {
            macro.parts = std::min(macro.parts * 10 + static_cast<unsigned>(*at - '0'), many_parts);
        }
        if (macro.parts == 0) return nullptr;
    }
    if ((*at | 0x20) == 'r') {
        macro.reverse = true;
        ++at;
    }
    const char* const delimiters = at;
    while (is_delimiter(*at)) ++at;
    macro.delimiters = {delimiters, static_cast<std::size_t>(at - delimiters)};
    return *at == '}' ? at + 1 : nullptr;
}

/// Returns the syntax error of a macro that read() rejects. `text` begins with the "%" of this
/// macro.
ParseError macro_problem(std::string_view text, bool explanation) noexcept {
    const auto at = [text](std::size_t i) { return i < text.size() ? text[i] : ' '; };
    if (at(1) != '{') return {Code::macro_percent, 0, 1};
    const std::size_t close = text.find('}');
    const ParseError unterminated{Code::macro_unterminated, 0, text.size()};
    if (text.size() == 2) return unterminated;
    if (!is_letter(at(2))) return {Code::macro_letter, 2, 1};
    if (!explanation && !is_domain_letter(at(2))) return {Code::macro_exp_only, 2, 1};
    std::size_t end = 3;
    bool zero = ascii::is_digit(at(end));
    for (; ascii::is_digit(at(end)); ++end) zero = zero && at(end) == '0';
    if (zero) return {Code::macro_zero, 3, end - 3};
    if (close == std::string_view::npos) return unterminated;
    if ((at(end) | 0x20) == 'r') ++end;
    while (is_delimiter(at(end))) ++end;
    return {Code::macro_transformer, end, 1};
}

/// Reads the macro that begins at `at`, and adds its letter to the set `letters`. If the macro has
/// a syntax error, sets `error`.
/// \return the place after the macro; null if the macro has a syntax error
inline const char* read_or_blame(PaddedText text, const char* at, bool explanation,
                                 std::uint32_t& letters, ParseError& error) noexcept {
    MacroExpand macro;
    const char* const behind = read(at, explanation, macro);
    if (behind == nullptr) {
        const char* const stop = explanation ? text.end() : std::find(at, text.end(), ' ');
        error = macro_problem({at, static_cast<std::size_t>(stop - at)}, explanation);
        error.offset += static_cast<std::size_t>(at - text.begin());
        return nullptr;
    }
    if (macro.letter != '\0') letters |= 1U << static_cast<unsigned>(macro.letter - 'a');
    return behind;
}

/// Finds the first of eight octets that is not a macro-literal. Returns a word in which the top bit
/// of this octet is set and the top bits of all octets before it are zero. In the octets after it,
/// the top bit may be set even for a macro-literal, so the caller must test each of these octets.
constexpr std::uint64_t not_literal(std::uint64_t word) noexcept {
    using octets::each;
    const std::uint64_t percent = (word ^ each * 0x25U) - each;
    const std::uint64_t below = word - each * 0x21U;
    const std::uint64_t above = word + each;
    return (percent | below | above | word) & octets::top;
}

}  // namespace

/// Reads a macro of a MacroString. The syntax of the MacroString has been checked, so the macro
/// cannot extend beyond the end of the text.
const char* MacroScanner::read_checked(const char* text, MacroExpand& macro) noexcept {
    return read(text, true, macro);
}

bool MacroScanner::macro_string(PaddedText text, bool explanation, MacroString& result,
                                ParseError& error) noexcept {
    const char* const begin = text.begin();
    const char* end = text.end();
    const char* behind_last_macro = begin;
    std::uint32_t letters = 0;
    // The words begin at every eighth octet, not at the ends of macros. Therefore the processor can
    // load the next word before the end of a macro is known.
    for (std::size_t word = 0;; word += 8) {
        std::uint64_t special = not_literal(text.word(word));
        for (; special != 0; special &= special - 1) {
            const char* const at = begin + word + octets::first_of(special);
            if (at >= end) break;
            if (*at == '%') {
                if (at < behind_last_macro) continue;  // this "%" is the second octet of "%%"
                behind_last_macro = read_or_blame(text, at, explanation, letters, error);
                if (behind_last_macro == nullptr) return false;
            } else if (*at == ' ' && !explanation) {
                end = at;
                break;
            } else if (*at != ' ' && !is_literal(*at)) {
                return fail(error, Code::invalid_character, static_cast<std::size_t>(at - begin),
                            1);
            }
        }
        if (special != 0) break;  // the end of the macro string has been reached
    }
    result.text_ = {begin, static_cast<std::size_t>(end - begin)};
    result.letters_ = letters;
    result.end_of_last_macro_ = static_cast<std::size_t>(behind_last_macro - begin);
    return true;
}

bool MacroScanner::domain_spec(PaddedText text, MacroString& result, ParseError& error) noexcept {
    if (!macro_string(text, false, result, error)) return false;
    if (result.text_.empty()) return fail(error, Code::domain_missing, 0, 0);
    // The end of a domain-spec: domain-end = ( "." toplabel [ "." ] ) / macro-expand
    std::string_view tail = result.text_.substr(result.end_of_last_macro_);
    if (tail.empty()) return true;
    if (tail.back() == '.') tail.remove_suffix(1);
    if (!ends_in_toplabel(tail)) return wrong_end(result.text_, tail, error);
    result.is_plain_name_ = !result.has_macros() && is_plain_name(result.text_);
    return true;
}

Expected<MacroString> MacroScanner::parse(std::string_view text, Kind kind) {
    // This array is large enough for most texts. Longer texts are copied to allocated memory.
    std::array<char, 512> room{};
    std::string more;
    const std::size_t size = text.size() + PaddedText::padding;
    if (size > room.size()) more.resize(size);
    const PaddedText readable =
        PaddedText::copy(text, more.empty() ? std::span<char>{room} : std::span<char>{more});
    MacroString result;
    ParseError error;
    // In a domain-spec, a space is an error. If there is an error before the space, that one is
    // reported.
    const std::size_t space = kind == Kind::explanation ? std::string_view::npos : text.find(' ');
    const bool good = kind == Kind::domain_spec && space == std::string_view::npos
                          ? domain_spec(readable, result, error)
                          : macro_string(readable, kind == Kind::explanation, result, error);
    if (!good) return error;
    if (space != std::string_view::npos) return ParseError{Code::invalid_character, space, 1};
    result.text_ = text;
    return result;
}

Expected<MacroString> MacroString::parse_domain_spec(std::string_view text) {
    return MacroScanner::parse(text, MacroScanner::Kind::domain_spec);
}

Expected<MacroString> MacroString::parse_macro_string(std::string_view text) {
    return MacroScanner::parse(text, MacroScanner::Kind::macro_string);
}

Expected<MacroString> MacroString::parse_explain_string(std::string_view text) {
    return MacroScanner::parse(text, MacroScanner::Kind::explanation);
}

}  // namespace spf
