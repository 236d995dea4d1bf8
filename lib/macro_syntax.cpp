// The grammar of macro strings (RFC 7208 section 7.1).
//
//     domain-spec  = macro-string domain-end
//     domain-end   = ( "." toplabel [ "." ] ) / macro-expand
//     macro-string = *( macro-expand / macro-literal )
//
// Nothing outside of it is accepted: no transformer is guessed, no unknown letter is skipped.

#include "macro_syntax.hpp"

#include <optional>

#include "ascii.hpp"
#include "octets.hpp"
#include "spf/domain.hpp"

namespace spf {
namespace {

using Code = ParseError::Code;

constexpr bool contains(std::string_view set, char c) noexcept {
    for (const char member : set) {
        if (member == c) return true;
    }
    return false;
}

constexpr ascii::OctetSet is_delimiter{[](char c) { return contains(".-+,/_=", c); }};
/// macro-letter; c, r and t are for explanations alone (7.2).
constexpr ascii::OctetSet is_letter{[](char c) { return contains("slodiphvcrtSLODIPHVCRT", c); }};
constexpr ascii::OctetSet is_domain_letter{[](char c) { return contains("slodiphvSLODIPHV", c); }};
constexpr ascii::OctetSet is_label_octet{[](char c) { return ascii::is_alnum(c) || c == '-'; }};

/// More parts than any name has labels: a larger number means the same (7.3).
constexpr unsigned many_parts = 1000;

bool fail(ParseError& error, Code code, std::size_t offset, std::size_t length) noexcept {
    error = {code, offset, length};
    return false;
}

/// "." toplabel at the end of a text, where
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

/// Whether it was meant to be an IPv4 address.
bool looks_like_address(std::string_view text) noexcept {
    return std::count(text.begin(), text.end(), '.') == 3 &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return ascii::is_digit(c) || c == '.' || c == '/'; });
}

/// Where something begins at the end of a text that was meant as a prefix length.
std::optional<std::size_t> trailing_prefix_length(std::string_view text) noexcept {
    std::size_t at = text.size();
    while (at > 0 && ascii::is_digit(text[at - 1])) --at;
    if (at == 0 || at == text.size() || text[at - 1] != '/') return std::nullopt;
    --at;
    return at > 0 && text[at - 1] == '/' ? at - 1 : at;
}

/// `tail` is what stands behind the last macro, without a dot at its end.
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

/// Whether a domain-spec without macros can be asked for as it stands, and checked (4.3).
bool is_plain_name(std::string_view text) noexcept {
    if (text.front() == '[') return false;
    if (text.size() <= 63) return octets::is_short_plain_name(text);
    return text.back() != '.' && std::none_of(text.begin(), text.end(), ascii::is_upper) &&
           !name_problem(text);
}

/// See read_macro().
inline bool read(std::string_view text, bool explanation, MacroExpand& macro,
                 ParseError& error) noexcept {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const auto wrong = [&error, begin](Code code, const char* from, const char* to) {
        return fail(error, code, static_cast<std::size_t>(from - begin),
                    static_cast<std::size_t>(to - from));
    };
    if (text.size() < 2) return wrong(Code::macro_percent, begin, begin + 1);
    if (begin[1] != '{') {
        if (begin[1] != '%' && begin[1] != '_' && begin[1] != '-')
            return wrong(Code::macro_percent, begin, begin + 1);
        macro.length = 2;
        macro.literal = begin[1];
        return true;
    }

    const char* at = begin + 2;
    if (at == end) return wrong(Code::macro_unterminated, begin, end);
    if (!(explanation ? is_letter(*at) : is_domain_letter(*at))) {
        return wrong(is_letter(*at) ? Code::macro_exp_only : Code::macro_letter, at, at + 1);
    }
    macro.letter = static_cast<char>(*at | 0x20);
    macro.url_escape = *at != macro.letter;
    ++at;
    if (at != end && *at == '}') {  // as most are
        macro.length = 4;
        return true;
    }

    if (at != end && ascii::is_digit(*at)) {
        const char* const digits = at;
        for (; at != end && ascii::is_digit(*at); ++at) {
            macro.parts = std::min(macro.parts * 10 + static_cast<unsigned>(*at - '0'), many_parts);
        }
        if (macro.parts == 0) return wrong(Code::macro_zero, digits, at);
    }
    if (at != end && (*at | 0x20) == 'r') {
        macro.reverse = true;
        ++at;
    }
    const char* const delimiters = at;
    while (at != end && is_delimiter(*at)) ++at;
    macro.delimiters = {delimiters, static_cast<std::size_t>(at - delimiters)};
    if (at != end && *at == '}') {
        macro.length = static_cast<std::size_t>(at + 1 - begin);
        return true;
    }
    return std::find(at, end, '}') != end ? wrong(Code::macro_transformer, at, at + 1)
                                          : wrong(Code::macro_unterminated, begin, end);
}

/// The top bit of each octet that is no macro-literal = %x21-24 / %x26-7E
constexpr std::uint64_t not_literal(std::uint64_t word) noexcept {
    return ~(octets::within(word, '\x21', '\x7e') & ~octets::equal(word, '%')) & octets::top;
}

}  // namespace

bool read_macro(std::string_view text, bool explanation, MacroExpand& macro,
                ParseError& error) noexcept {
    return read(text, explanation, macro, error);
}

bool MacroScanner::macro_string(std::string_view text, bool explanation, MacroString& result,
                                ParseError& error) noexcept {
    std::uint32_t letters = 0;
    std::size_t behind_last_macro = 0;
    // Words follow each other wherever macros end, so that the processor need not wait for that.
    const auto scan = [&](std::size_t begin, std::uint64_t word) {
        for (std::uint64_t special = not_literal(word); special != 0; special &= special - 1) {
            const std::size_t at = begin + octets::first_of(special);
            if (at < behind_last_macro) continue;  // of "%%"
            if (text[at] != '%') {
                if (explanation && text[at] == ' ') continue;
                return fail(error, Code::invalid_character, at, 1);
            }
            MacroExpand macro;
            if (!read(text.substr(at), explanation, macro, error)) {
                error.offset += at;
                return false;
            }
            if (macro.letter != '\0') letters |= 1U << static_cast<unsigned>(macro.letter - 'a');
            behind_last_macro = at + macro.length;
        }
        return true;
    };
    std::size_t at = 0;
    for (; text.size() - at >= 8; at += 8) {
        if (!scan(at, octets::load(text.data() + at))) return false;
    }
    if (at < text.size() && !scan(at, octets::load_rest(text, at, '.'))) return false;
    result.text_ = text;
    result.letters_ = letters;
    result.end_of_last_macro_ = behind_last_macro;
    return true;
}

bool MacroScanner::domain_spec(std::string_view text, MacroString& result,
                               ParseError& error) noexcept {
    if (text.empty()) return fail(error, Code::domain_missing, 0, 0);
    if (!macro_string(text, false, result, error)) return false;
    // domain-end = ( "." toplabel [ "." ] ) / macro-expand
    std::string_view tail = text.substr(result.end_of_last_macro_);
    if (tail.empty()) return true;
    if (tail.back() == '.') tail.remove_suffix(1);
    if (!ends_in_toplabel(tail)) return wrong_end(text, tail, error);
    result.is_plain_name_ = !result.has_macros() && is_plain_name(text);
    return true;
}

}  // namespace spf
