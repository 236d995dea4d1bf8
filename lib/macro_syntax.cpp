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
constexpr ascii::OctetSet is_letter{[](char c) { return contains("slodiphcrtvSLODIPHCRTV", c); }};
constexpr ascii::OctetSet is_explanation_letter{[](char c) { return contains("crtCRT", c); }};
/// macro-literal = %x21-24 / %x26-7E
constexpr ascii::OctetSet is_literal{[](char c) { return ascii::is_visible(c) && c != '%'; }};

/// More parts than any name has labels: a larger number means the same (7.3).
constexpr unsigned many_parts = 1000;

bool fail(ParseError& error, Code code, std::size_t offset, std::size_t length) noexcept {
    error = {code, offset, length};
    return false;
}

/// toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
bool is_toplabel(std::string_view label) noexcept {
    if (label.empty() || !ascii::is_alnum(label.front()) || !ascii::is_alnum(label.back()))
        return false;
    bool all_digits = true;
    for (const char c : label) {
        if (!ascii::is_alnum(c) && c != '-') return false;
        all_digits = all_digits && ascii::is_digit(c);
    }
    return !all_digits;
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

bool wrong_end(std::string_view text, std::string_view last, ParseError& error) noexcept {
    if (looks_like_address(text)) return fail(error, Code::domain_address, 0, text.size());
    if (const auto slash = trailing_prefix_length(text)) {
        return fail(error, Code::prefix_length_forbidden, *slash, text.size() - *slash);
    }
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

}  // namespace

bool read_macro(std::string_view text, bool explanation, MacroExpand& macro,
                ParseError& error) noexcept {
    if (text.size() < 2) return fail(error, Code::macro_percent, 0, 1);
    if (text[1] != '{') {
        if (text[1] != '%' && text[1] != '_' && text[1] != '-')
            return fail(error, Code::macro_percent, 0, 1);
        macro.length = 2;
        macro.literal = text[1];
        return true;
    }

    std::size_t at = 2;
    if (at == text.size()) return fail(error, Code::macro_unterminated, 0, text.size());
    if (!is_letter(text[at])) return fail(error, Code::macro_letter, at, 1);
    if (!explanation && is_explanation_letter(text[at]))
        return fail(error, Code::macro_exp_only, at, 1);
    macro.letter = ascii::lower(text[at]);
    macro.url_escape = ascii::is_upper(text[at]);
    ++at;

    const std::size_t digits = at;
    for (; at < text.size() && ascii::is_digit(text[at]); ++at) {
        macro.parts =
            std::min(macro.parts * 10 + static_cast<unsigned>(text[at] - '0'), many_parts);
    }
    if (at > digits && macro.parts == 0) return fail(error, Code::macro_zero, digits, at - digits);
    if (at < text.size() && ascii::lower(text[at]) == 'r') {
        macro.reverse = true;
        ++at;
    }
    const std::size_t delimiters = at;
    while (at < text.size() && is_delimiter(text[at])) ++at;
    macro.delimiters = text.substr(delimiters, at - delimiters);
    if (at < text.size() && text[at] == '}') {
        macro.length = at + 1;
        return true;
    }
    const bool closed = text.find('}', at) != std::string_view::npos;
    return closed ? fail(error, Code::macro_transformer, at, 1)
                  : fail(error, Code::macro_unterminated, 0, text.size());
}

bool MacroScanner::macro_string(std::string_view text, bool explanation, MacroString& result,
                                ParseError& error) noexcept {
    result.text_ = text;
    for (std::size_t at = 0; at < text.size();) {
        while (text.size() - at >= 8) {
            const std::uint64_t word = octets::load(text.data() + at);
            const std::uint64_t plain =
                octets::within(word, '\x21', '\x7e') & ~octets::equal(word, '%');
            const std::size_t run = octets::first_of(~plain & octets::top);
            at += run;
            if (run < 8) break;
        }
        if (at == text.size()) break;
        if (is_literal(text[at]) || (explanation && text[at] == ' ')) {
            ++at;
            continue;
        }
        if (text[at] != '%') return fail(error, Code::invalid_character, at, 1);
        MacroExpand macro;
        if (!read_macro(text.substr(at), explanation, macro, error)) {
            error.offset += at;
            return false;
        }
        if (macro.letter != '\0')
            result.letters_ |= 1U << static_cast<unsigned>(macro.letter - 'a');
        at += macro.length;
        result.end_of_last_macro_ = at;
    }
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
    const std::size_t dot = tail.rfind('.');
    const std::string_view last = dot == std::string_view::npos ? tail : tail.substr(dot + 1);
    if (dot == std::string_view::npos || !is_toplabel(last)) return wrong_end(text, last, error);
    result.is_plain_name_ = !result.has_macros() && is_plain_name(text);
    return true;
}

}  // namespace spf
