#include "message/field_scanner.hpp"

#include <algorithm>
#include <limits>

namespace spf::fields {
namespace {

using Code = FieldError::Code;
constexpr std::size_t npos = std::string_view::npos;

std::uint32_t octet_at(std::string_view text, std::size_t at) noexcept {
    return static_cast<unsigned char>(text[at]);
}

/// Returns the number of octets of the UTF-8 character at `at` (RFC 3629, 4), or 0 if there is
/// none. Surrogates and encodings that are longer than necessary are not UTF-8.
std::size_t utf8_length(std::string_view text, std::size_t at) noexcept {
    struct Form {
        std::uint32_t first;    ///< the lowest first octet
        std::size_t length;     ///< octets of a character
        std::uint32_t lowest;   ///< the lowest character
        std::uint32_t highest;  ///< the highest character
    };
    constexpr std::array<Form, 4> forms{{{0xf0, 4, 0x1'0000, 0x10'ffff},
                                         {0xe0, 3, 0x800, 0xffff},
                                         {0xc0, 2, 0x80, 0x7ff},
                                         {0x00, 1, 0x00, 0x7f}}};
    const std::uint32_t first = octet_at(text, at);
    const auto* const form =
        std::find_if(forms.begin(), forms.end(), [&](const Form& f) { return first >= f.first; });
    if (at + form->length > text.size()) return 0;
    std::uint32_t character = first - form->first;
    for (std::size_t i = 1; i < form->length; ++i) {
        const std::uint32_t next = octet_at(text, at + i);
        if ((next & 0xc0U) != 0x80U) return 0;
        character = character << 6U | (next & 0x3fU);
    }
    const bool is_surrogate = character >= 0xd800 && character <= 0xdfff;
    if (character < form->lowest || character > form->highest || is_surrogate) return 0;
    return form->length;
}

/// Returns the number of octets of the line break at `at`, if it may be there: before white space
/// (RFC 5322, 2.2.3) or at the end. A line break is CRLF, or LF alone, as in files.
std::size_t legal_break(std::string_view text, std::size_t at) noexcept {
    const std::size_t length = text.substr(at).starts_with("\r\n") ? 2 : 1;
    if (text[at + length - 1] != '\n') return 0;
    const std::size_t next = at + length;
    return next == text.size() || text[next] == ' ' || text[next] == '\t' ? length : 0;
}

}  // namespace

std::size_t quoted_end(std::string_view text, std::size_t begin) noexcept {
    for (std::size_t i = begin + 1; i < text.size(); ++i) {
        if (text[i] == '"') return i + 1;
        if (text[i] == '\\') ++i;
    }
    return npos;
}

std::string unquoted(std::string_view quoted) {
    std::string out;
    const std::string_view content = quoted.substr(1, quoted.size() - 2);
    out.reserve(content.size());
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (content[i] == '\\' && i + 1 < content.size()) ++i;
        if (content[i] != '\r' && content[i] != '\n') out += content[i];
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    ascii::make_lower(out);
    return out;
}

void Scanner::check_octets() {
    if (text_.size() > longest_result_field) return fail(Code::too_long, longest_result_field);
    for (std::size_t i = 0; i < text_.size();) {
        const char c = text_[i];
        if (ascii::is_printable(c) || c == '\t') {
            ++i;
        } else if (ascii::is_ascii(c)) {
            const std::size_t length = c == '\r' || c == '\n' ? legal_break(text_, i) : 0;
            if (length == 0) return fail(Code::control_character, i);
            i += length;
        } else {
            const std::size_t length = utf8_length(text_, i);
            if (length == 0) forgive(Code::not_utf8, i);
            if (error_) return;
            i += std::max<std::size_t>(length, 1);
        }
    }
}

bool Scanner::at_delimiter() const noexcept {
    return at_end() || is_space(text_[at_]) || text_[at_] == ';' || text_[at_] == '(';
}

bool Scanner::take(char c) noexcept {
    if (!at(c)) return false;
    ++at_;
    return true;
}

std::optional<std::string_view> Scanner::take_dot_atom() noexcept {
    const std::size_t begin = at_;
    do {
        if (take_all(is_atext).empty()) return std::nullopt;
    } while (take('.'));
    return text_.substr(begin, at_ - begin);
}

std::string_view Scanner::take_keyword() noexcept {
    std::string_view word = take_all([](char c) { return ascii::is_alnum(c) || c == '-'; });
    while (word.ends_with('-')) {
        word.remove_suffix(1);
        --at_;
    }
    return word;
}

std::optional<std::uint32_t> Scanner::take_number() noexcept {
    const std::string_view digits = take_all(ascii::is_digit);
    if (digits.empty()) return std::nullopt;
    constexpr std::uint64_t highest = std::numeric_limits<std::uint32_t>::max();
    std::uint64_t number = 0;
    for (const char digit : digits)
        number = std::min(highest, number * 10 + static_cast<std::uint64_t>(digit - '0'));
    return static_cast<std::uint32_t>(number);
}

std::optional<std::string_view> Scanner::take_comment() {
    if (!at('(')) return std::nullopt;
    const std::size_t begin = at_;
    const std::size_t end = comment_end(text_, begin, [this](std::size_t place) {
        fail(Code::comment_too_deep, place);
        return true;
    });
    if (end == npos) {
        fail(Code::unclosed_comment, begin);
        return std::nullopt;
    }
    at_ = end;
    return text_.substr(begin + 1, end - begin - 2);
}

bool Scanner::take_cfws() {
    const std::size_t begin = at_;
    do take_space();
    while (take_comment());
    return at_ > begin;
}

std::optional<std::string_view> Scanner::take_quoted() {
    if (!at('"')) return std::nullopt;
    const std::size_t begin = at_;
    const std::size_t end = quoted_end(text_, begin);
    if (end == npos) {
        fail(Code::unclosed_quote, begin);
        return std::nullopt;
    }
    at_ = end;
    return text_.substr(begin, end - begin);
}

std::string Scanner::take_raw() {
    std::string out;
    while (!at_delimiter()) {
        if (const auto quoted = take_quoted()) {
            std::copy_if(quoted->begin(), quoted->end(), std::back_inserter(out),
                         [](char c) { return c != '\r' && c != '\n'; });
        } else if (!at_end()) {
            out += text_[at_++];
        }
    }
    return out;
}

void Scanner::skip_to_semicolon() {
    while (!at_end() && !at(';')) {
        if (!take_comment() && !take_quoted() && !at_end()) ++at_;
    }
}

void Scanner::fail(Code code, std::size_t offset) {
    if (!error_) error_ = FieldError{code, offset};
    at_ = end_ = 0;
}

void Scanner::forgive(Code code, std::size_t offset) {
    if (reading_ == Reading::strict) return fail(code, offset);
    if (error_) return;
    const bool known = std::any_of(notes_.begin(), notes_.end(),
                                   [code](const FieldError& note) { return note.code == code; });
    if (!known) notes_.push_back({code, offset});
}

}  // namespace spf::fields
