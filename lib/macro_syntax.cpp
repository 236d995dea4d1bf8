// Reading one macro. No transformer is guessed, no unknown letter is skipped.

#include "macro_syntax.hpp"

#include "ascii.hpp"

namespace spf {
namespace {

using Code = ParseError::Code;

constexpr std::string_view delimiters = ".-+,/_=";
constexpr std::string_view letters = "slodiphcrtv";
constexpr std::string_view explanation_letters = "crt";

constexpr bool contains(std::string_view set, char c) noexcept {
    return set.find(c) != std::string_view::npos;
}

/// More parts than any name has labels: a larger number means the same (7.3).
constexpr unsigned many_parts = 1000;

struct Digits {
    std::size_t count = 0;
    unsigned value = 0;
};

Digits read_digits(std::string_view text) noexcept {
    Digits digits;
    while (digits.count < text.size() && ascii::is_digit(text[digits.count])) {
        digits.value = std::min(digits.value * 10 + static_cast<unsigned>(text[digits.count] - '0'),
                                many_parts);
        ++digits.count;
    }
    return digits;
}

}  // namespace

std::variant<MacroExpand, ParseError> read_macro(std::string_view text, bool explanation) noexcept {
    if (text.size() < 2) return ParseError{Code::macro_percent, 0, 1};
    MacroExpand macro;
    if (text[1] == '%' || text[1] == '_' || text[1] == '-') {
        macro.length = 2;
        macro.literal = text[1];
        return macro;
    }
    if (text[1] != '{') return ParseError{Code::macro_percent, 0, 1};

    std::size_t at = 2;
    const auto unterminated = [&] { return ParseError{Code::macro_unterminated, 0, text.size()}; };
    if (at == text.size()) return unterminated();
    macro.letter = ascii::lower(text[at]);
    if (!contains(letters, macro.letter)) return ParseError{Code::macro_letter, at, 1};
    if (!explanation && contains(explanation_letters, macro.letter)) {
        return ParseError{Code::macro_exp_only, at, 1};
    }
    macro.url_escape = ascii::is_upper(text[at]);
    ++at;

    const Digits digits = read_digits(text.substr(at));
    if (digits.count > 0 && digits.value == 0)
        return ParseError{Code::macro_zero, at, digits.count};
    macro.parts = digits.value;
    at += digits.count;
    if (at < text.size() && ascii::lower(text[at]) == 'r') {
        macro.reverse = true;
        ++at;
    }
    const std::size_t first_delimiter = at;
    while (at < text.size() && contains(delimiters, text[at])) ++at;
    macro.delimiters = text.substr(first_delimiter, at - first_delimiter);
    if (at == text.size()) return unterminated();
    if (text[at] != '}') {
        const bool closed = text.find('}', at) != std::string_view::npos;
        return closed ? ParseError{Code::macro_transformer, at, 1} : unterminated();
    }
    macro.length = at + 1;
    return macro;
}

}  // namespace spf
