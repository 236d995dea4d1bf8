// Macro strings (RFC 7208 section 7).
//
// A macro string is scanned once to check its syntax, when its record is read; what is kept is the
// text, the set of letters in it and whether it is a name already. Expanding scans the text again,
// which costs no more than interpreting a list of pieces would, and needs no list.
//
// Refused: everything outside the grammar. No transformer is guessed, no unknown letter is skipped.

#include "spf/macro.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "ascii.hpp"
#include "macro_syntax.hpp"
#include "spf/domain.hpp"

namespace spf {
namespace {

using Code = ParseError::Code;

constexpr bool contains(std::string_view set, char c) noexcept {
    return set.find(c) != std::string_view::npos;
}

/// 7.3: the IPv4 address as usual, the IPv6 address as 32 hexadecimal digits with dots between.
std::string dotted(IpAddress ip) {
    if (ip.is_v4()) return ip.to_string();
    std::string text(63, '.');
    for (std::size_t digit = 0; digit < 32; ++digit) {
        const std::uint64_t half = digit < 16 ? ip.high() : ip.low();
        text[2 * digit] = "0123456789ABCDEF"[half >> (60 - digit % 16 * 4) & 0xfU];
    }
    return text;
}

/// Appends whole values, URL-escaped where the macro asks for it: everything outside the unreserved
/// set of RFC 3986 section 2.3.
class Appender {
public:
    Appender(std::string& out, bool url_escape) noexcept : out_(out), url_escape_(url_escape) {}

    void append(std::string_view text) {
        if (!url_escape_) {
            out_ += text;
            return;
        }
        for (const char c : text) {
            if (ascii::is_alnum(c) || contains("-._~", c)) {
                out_ += c;
                continue;
            }
            const auto octet = static_cast<unsigned char>(c);
            out_ += '%';
            out_ += "0123456789ABCDEF"[octet >> 4U];
            out_ += "0123456789ABCDEF"[octet & 0xfU];
        }
    }

private:
    std::string& out_;
    bool url_escape_;
};

/// Splits `value`, reverses, keeps right-hand parts and joins by dots (7.3), without a list of the
/// parts: reversing and then keeping N right-hand parts is taking the first N, last one first.
void append_transformed(Appender out, std::string_view value, const MacroExpand& macro) {
    if (macro.parts == 0 && !macro.reverse && macro.delimiters.empty()) {
        out.append(value);
        return;
    }
    const std::string_view set =
        macro.delimiters.empty() ? std::string_view{"."} : macro.delimiters;
    std::size_t skip = 0;
    if (macro.parts != 0) {
        const auto count =
            1 + static_cast<std::size_t>(std::count_if(value.begin(), value.end(),
                                                       [&](char c) { return contains(set, c); }));
        skip = count > macro.parts ? count - macro.parts : 0;
    }
    if (macro.reverse) {
        for (; skip > 0; --skip) value = value.substr(0, value.find_last_of(set));
        while (true) {
            const std::size_t cut = value.find_last_of(set);
            if (cut == std::string_view::npos) break;
            out.append(value.substr(cut + 1));
            out.append(".");
            value = value.substr(0, cut);
        }
        out.append(value);
        return;
    }
    for (; skip > 0; --skip) value = value.substr(value.find_first_of(set) + 1);
    while (true) {
        const std::size_t cut = value.find_first_of(set);
        if (cut == std::string_view::npos) break;
        out.append(value.substr(0, cut));
        out.append(".");
        value = value.substr(cut + 1);
    }
    out.append(value);
}

void append_sender(Appender out, const MacroValues& values, const MacroExpand& macro) {
    if (macro.parts == 0 && !macro.reverse && macro.delimiters.empty()) {
        out.append(values.local_part);
        out.append("@");
        out.append(values.sender_domain);
        return;
    }
    std::string sender;
    sender.reserve(values.local_part.size() + 1 + values.sender_domain.size());
    sender.append(values.local_part).append("@").append(values.sender_domain);
    append_transformed(out, sender, macro);
}

/// Replaces one macro (7.2).
void append_macro(std::string& text, const MacroExpand& macro, const MacroValues& values) {
    switch (macro.literal) {
        case '%': text += '%'; return;
        case '_': text += ' '; return;
        case '-': text += "%20"; return;
        default: break;
    }
    const Appender out{text, macro.url_escape};
    switch (macro.letter) {
        case 's': append_sender(out, values, macro); return;
        case 'l': append_transformed(out, values.local_part, macro); return;
        case 'o': append_transformed(out, values.sender_domain, macro); return;
        case 'd': append_transformed(out, values.domain, macro); return;
        case 'i': append_transformed(out, dotted(values.ip), macro); return;
        case 'p': append_transformed(out, values.validated_domain, macro); return;
        case 'v': append_transformed(out, values.ip.is_v4() ? "in-addr" : "ip6", macro); return;
        case 'h': append_transformed(out, values.helo, macro); return;
        case 'c': append_transformed(out, values.ip.to_string(), macro); return;
        case 'r': append_transformed(out, values.receiver, macro); return;
        case 't':
            append_transformed(out, std::to_string(values.time.time_since_epoch().count()), macro);
            return;
        default: return;
    }
}

/// Whether all octets are digits, dots, or what else an IPv4 address with a slip may hold.
bool looks_like_address(std::string_view text) noexcept {
    return std::count(text.begin(), text.end(), '.') == 3 &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return ascii::is_digit(c) || c == '.' || c == '/'; });
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

/// Whether a text ends in something that was meant as a prefix length.
std::optional<std::size_t> trailing_prefix_length(std::string_view text) noexcept {
    std::size_t at = text.size();
    while (at > 0 && ascii::is_digit(text[at - 1])) --at;
    if (at == 0 || at == text.size() || text[at - 1] != '/') return std::nullopt;
    --at;
    return at > 0 && text[at - 1] == '/' ? at - 1 : at;
}

}  // namespace

/// Checks the syntax and notes what expand() and the evaluator want to know.
class MacroScanner {
public:
    static Expected<MacroString> scan(std::string_view text, bool explanation) {
        MacroString result;
        result.text_ = text;
        std::size_t at = 0;
        while (at < text.size()) {
            const char c = text[at];
            if (c == '%') {
                const auto read = read_macro(text.substr(at), explanation);
                if (const auto* error = std::get_if<ParseError>(&read)) {
                    return ParseError{error->code, at + error->offset, error->length};
                }
                const auto& macro = std::get<MacroExpand>(read);
                if (macro.letter != '\0')
                    result.letters_ |= 1U << static_cast<unsigned>(macro.letter - 'a');
                result.has_percent_ = true;
                at += macro.length;
                continue;
            }
            if (!ascii::is_visible(c) && !(explanation && c == ' ')) {
                return ParseError{Code::invalid_character, at, 1};
            }
            ++at;
        }
        return result;
    }

    /// domain-end = ( "." toplabel [ "." ] ) / macro-expand
    static Expected<MacroString> scan_domain(std::string_view text) {
        if (text.empty()) return ParseError{Code::domain_missing, 0, 0};
        auto result = scan(text, false);
        if (!result) return result;
        const std::string_view tail = literal_tail(text, result->has_percent_);
        if (tail.empty()) return result;  // it ends in a macro
        std::string_view name = tail;
        if (name.back() == '.') name.remove_suffix(1);
        const std::size_t dot = name.rfind('.');
        const std::string_view last = dot == std::string_view::npos ? name : name.substr(dot + 1);
        if (dot == std::string_view::npos || !is_toplabel(last)) return end_error(text, last);
        if (!result->has_percent_) {
            result->is_plain_name_ = text.back() != '.' && !name_problem(text) &&
                                     std::none_of(text.begin(), text.end(), ascii::is_upper);
        }
        return result;
    }

private:
    /// What stands behind the last macro.
    static std::string_view literal_tail(std::string_view text, bool has_percent) noexcept {
        if (!has_percent) return text;
        std::string_view tail = text;
        for_each_piece(
            text,
            [&](std::string_view literal) {
                tail = literal;
                return true;
            },
            [&](const MacroExpand&) {
                tail = {};
                return true;
            });
        return tail;
    }

    static ParseError end_error(std::string_view text, std::string_view last) noexcept {
        if (looks_like_address(text)) return {Code::domain_address, 0, text.size()};
        if (const auto slash = trailing_prefix_length(text)) {
            return {Code::prefix_length_forbidden, *slash, text.size() - *slash};
        }
        return {Code::domain_toplabel, static_cast<std::size_t>(last.data() - text.data()),
                last.size()};
    }
};

Expected<MacroString> MacroString::parse_domain_spec(std::string_view text) {
    return MacroScanner::scan_domain(text);
}
Expected<MacroString> MacroString::parse_macro_string(std::string_view text) {
    return MacroScanner::scan(text, false);
}
Expected<MacroString> MacroString::parse_explain_string(std::string_view text) {
    return MacroScanner::scan(text, true);
}

bool MacroString::depends_on_sender() const noexcept {
    constexpr std::string_view others = "slohpcrt";
    return std::any_of(others.begin(), others.end(), [this](char letter) { return uses(letter); });
}

void expand_domain(const MacroString& macro, const MacroValues& values, std::string& out) {
    // Only the last 253 octets can end up in the name, so what is far to the left is dropped early.
    constexpr std::size_t longest = 4096;
    constexpr std::size_t kept = 512;
    out.clear();
    const auto drop_head = [&out] {
        if (out.size() > longest) out.erase(0, out.size() - kept);
        return true;
    };
    for_each_piece(
        macro.text(),
        [&](std::string_view literal) {
            out += literal;
            return drop_head();
        },
        [&](const MacroExpand& expand) {
            append_macro(out, expand, values);
            return drop_head();
        });
    if (!out.empty() && out.back() == '.') out.pop_back();
    ascii::make_lower(out);
    if (out.size() > max_name_length) {
        const std::size_t dot = out.find('.', out.size() - max_name_length - 1);
        if (dot != std::string::npos) out.erase(0, dot + 1);
    }
}

void expand_text(const MacroString& macro, const MacroValues& values, std::size_t longest,
                 std::string& out) {
    out.clear();
    const auto room_left = [&] {
        if (out.size() <= longest) return true;
        out.resize(longest);
        return false;
    };
    for_each_piece(
        macro.text(),
        [&](std::string_view literal) {
            out += literal.substr(0, longest - out.size() + 1);
            return room_left();
        },
        [&](const MacroExpand& expand) {
            append_macro(out, expand, values);
            return room_left();
        });
}

}  // namespace spf
