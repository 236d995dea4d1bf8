// Every function here is one rule of the ABNF and returns whether a whole text matches it. If a
// rule is a sequence, every place to split the text is tried.
#include "conformance/oracle_grammar.hpp"

#include <algorithm>
#include <array>

namespace spf::oracle {
namespace {

constexpr std::string_view name_letters = "slodiphv";     // 7.2: everywhere
constexpr std::string_view text_letters = "slodiphvcrt";  // 7.2: and in explanation texts

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanum(char c) { return is_alpha(c) || is_digit(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_delimiter(char c) { return std::string_view(".-+,/_=").find(c) != std::string_view::npos; }

bool all_of(std::string_view text, bool (*what)(char)) {
    return std::all_of(text.begin(), text.end(), what);
}

/// The value of a row of digits; a value beyond every limit of the grammar becomes 1000.
unsigned number(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits) {
        value = std::min(1000U, value * 10 + static_cast<unsigned>(c - '0'));
    }
    return value;
}

// --- section 7.1 ------------------------------------------------------------------------------

/// macro-expand = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
bool is_macro_expand(std::string_view text, std::string_view letters) {
    if (text == "%%" || text == "%_" || text == "%-") return true;
    if (text.size() < 4 || text.substr(0, 2) != "%{" || text.back() != '}') return false;
    const std::string inner = lower(text.substr(2, text.size() - 3));
    if (letters.find(inner[0]) == std::string_view::npos) return false;
    std::size_t at = 1;
    std::string digits;
    while (at < inner.size() && is_digit(inner[at])) digits += inner[at++];
    if (!digits.empty() && number(digits) == 0) return false;  // 7.3: must be nonzero
    if (at < inner.size() && inner[at] == 'r') ++at;
    return all_of(inner.substr(at), is_delimiter);
}

/// macro-string = *( macro-expand / macro-literal ); macro-literal = %x21-24 / %x26-7E
/// explain-string also has SP among the literals.
bool is_macro_string(std::string_view text, std::string_view letters, char first_literal = 0x21) {
    while (!text.empty()) {
        std::size_t length = 1;
        if (text[0] == '%') {
            length = text.substr(0, 2) == "%{" ? text.find('}') : 1;
            if (length == std::string_view::npos) return false;
            ++length;
            if (length > text.size() || !is_macro_expand(text.substr(0, length), letters)) {
                return false;
            }
        } else if (text[0] < first_literal || text[0] > 0x7e) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

/// toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
bool is_toplabel(std::string_view text) {
    if (text.empty() || !is_alphanum(text.front()) || !is_alphanum(text.back())) return false;
    if (!all_of(text, [](char c) { return is_alphanum(c) || c == '-'; })) return false;
    return !all_of(text, is_digit);
}

/// domain-end = ( "." toplabel [ "." ] ) / macro-expand
bool is_domain_end(std::string_view text) {
    if (is_macro_expand(text, name_letters)) return true;
    if (text.empty() || text[0] != '.') return false;
    text.remove_prefix(1);
    if (is_toplabel(text)) return true;
    return !text.empty() && text.back() == '.' && is_toplabel(text.substr(0, text.size() - 1));
}

/// domain-spec = macro-string domain-end
bool is_domain_spec(std::string_view text) {
    for (std::size_t split = 0; split < text.size(); ++split) {
        if (is_domain_end(text.substr(split)) &&
            is_macro_string(text.substr(0, split), name_letters)) {
            return true;
        }
    }
    return false;
}

// --- section 5.6 ------------------------------------------------------------------------------

/// "/" ( "0" / %x31-39 0*nDIGIT ), up to `longest`
std::optional<unsigned> cidr_length(std::string_view text, unsigned longest) {
    if (text.size() < 2 || text[0] != '/' || !all_of(text.substr(1), is_digit)) return std::nullopt;
    if (text[1] == '0' && text.size() > 2) return std::nullopt;
    const unsigned value = number(text.substr(1));
    return value <= longest ? std::optional(value) : std::nullopt;
}

/// dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]
bool read_dual_cidr_length(std::string_view text, Term& term) {
    for (std::size_t split = 0; split <= text.size(); ++split) {
        const auto first = text.substr(0, split);
        const auto second = text.substr(split);
        const auto ip4 = first.empty() ? std::optional(32U) : cidr_length(first, 32);
        const auto ip6 = second.empty()     ? std::optional(128U)
                         : second[0] == '/' ? cidr_length(second.substr(1), 128)
                                            : std::nullopt;
        if (!ip4 || !ip6) continue;
        term.ip4_length = *ip4;
        term.ip6_length = *ip6;
        return true;
    }
    return false;
}

void append(Bits& bits, unsigned value, unsigned width) {
    for (unsigned bit = width; bit-- > 0;) bits.push_back((value >> bit & 1U) != 0);
}

std::vector<std::string> split_at(std::string_view text, char separator) {
    std::vector<std::string> parts{""};
    for (const char c : text) {
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

/// ip4-network = qnum "." qnum "." qnum "." qnum
std::optional<Bits> ip4_network(std::string_view text) {
    const auto parts = split_at(text, '.');
    if (parts.size() != 4) return std::nullopt;
    Bits bits;
    for (const auto& part : parts) {
        if (part.empty() || !all_of(part, is_digit)) return std::nullopt;
        if (part[0] == '0' && part.size() > 1) return std::nullopt;
        if (number(part) > 255) return std::nullopt;
        append(bits, number(part), 8);
    }
    return bits;
}

/// Groups of one to four hexadecimal digits; the last may be a dotted quad if that is allowed.
std::optional<Bits> groups(std::string_view text, bool quad_allowed) {
    Bits bits;
    if (text.empty()) return bits;
    const auto parts = split_at(text, ':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto quad = ip4_network(parts[i]);
        if (quad && quad_allowed && i + 1 == parts.size()) {
            bits.insert(bits.end(), quad->begin(), quad->end());
        } else if (!parts[i].empty() && parts[i].size() <= 4 && all_of(parts[i], is_hex)) {
            append(bits, static_cast<unsigned>(std::stoul(parts[i], nullptr, 16)), 16);
        } else {
            return std::nullopt;
        }
    }
    return bits;
}

/// RFC 4291 section 2.2: eight groups, or fewer with one "::" that represents at least one group.
std::optional<Bits> ip6_network(std::string_view text) {
    const auto all = groups(text, true);
    if (all && all->size() == 128) return all;
    for (std::size_t gap = text.find("::"); gap != std::string_view::npos;
         gap = text.find("::", gap + 1)) {
        const auto front = groups(text.substr(0, gap), false);
        const auto back = groups(text.substr(gap + 2), true);
        if (!front || !back || front->size() + back->size() > 112) continue;
        Bits bits = *front;
        bits.resize(128 - back->size(), false);
        bits.insert(bits.end(), back->begin(), back->end());
        return bits;
    }
    return std::nullopt;
}

bool read_network(std::string_view text, Term& term) {
    const bool v4 = term.kind == Term::Kind::ip4;
    for (std::size_t split = 0; split <= text.size(); ++split) {
        const auto network =
            v4 ? ip4_network(text.substr(0, split)) : ip6_network(text.substr(0, split));
        const auto rest = text.substr(split);
        const auto length =
            rest.empty() ? std::optional(v4 ? 32U : 128U) : cidr_length(rest, v4 ? 32 : 128);
        if (!network || !length) continue;
        term.network = *network;
        (v4 ? term.ip4_length : term.ip6_length) = *length;
        return true;
    }
    return false;
}

// --- sections 5 and 6 -------------------------------------------------------------------------

/// The text after the name of a mechanism.
bool read_arguments(std::string_view rest, Term& term) {
    using Kind = Term::Kind;
    const bool colon = !rest.empty() && rest[0] == ':';
    switch (term.kind) {
        case Kind::all: return rest.empty();
        case Kind::ip4:
        case Kind::ip6: return colon && read_network(rest.substr(1), term);
        case Kind::include:
        case Kind::exists:
        case Kind::ptr:
            if (rest.empty()) return term.kind == Kind::ptr;
            term.domain_spec = std::string(rest.substr(1));
            return colon && is_domain_spec(*term.domain_spec);
        case Kind::a:
        case Kind::mx:
            if (!colon) return read_dual_cidr_length(rest, term);
            for (std::size_t split = rest.size(); split > 0; --split) {
                term.domain_spec = std::string(rest.substr(1, split - 1));
                if (is_domain_spec(*term.domain_spec) &&
                    read_dual_cidr_length(rest.substr(split), term)) {
                    return true;
                }
            }
            return false;
        default: return false;
    }
}

/// directive = [ qualifier ] mechanism
bool read_directive(std::string_view text, Term& term) {
    using Kind = Term::Kind;
    if (!text.empty() && std::string_view("+-?~").find(text[0]) != std::string_view::npos) {
        term.qualifier = text[0];
        text.remove_prefix(1);
    }
    static constexpr std::array<std::pair<std::string_view, Kind>, 8> names{
        {{"all", Kind::all},
         {"include", Kind::include},
         {"a", Kind::a},
         {"mx", Kind::mx},
         {"ptr", Kind::ptr},
         {"ip4", Kind::ip4},
         {"ip6", Kind::ip6},
         {"exists", Kind::exists}}};
    for (const auto& [name, kind] : names) {
        if (lower(text.substr(0, name.size())) != name) continue;
        term.kind = kind;
        if (read_arguments(text.substr(name.size()), term)) return true;
    }
    return false;
}

/// modifier = redirect / explanation / unknown-modifier
bool read_modifier(std::string_view text, Term& term) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return false;
    const std::string name = lower(text.substr(0, equals));
    const auto value = text.substr(equals + 1);
    if (name == "redirect" || name == "exp") {
        term.kind = name == "exp" ? Term::Kind::explanation : Term::Kind::redirect;
        term.domain_spec = std::string(value);
        return is_domain_spec(value);
    }
    term.kind = Term::Kind::unknown;  // name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
    return !name.empty() && is_alpha(name[0]) && all_of(name, [](char c) {
        return is_alphanum(c) || c == '-' || c == '_' || c == '.';
    }) && is_macro_string(value, name_letters);
}

}  // namespace

std::string lower(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lowered;
}

bool has_version_section(std::string_view text) {
    return lower(text.substr(0, 6)) == "v=spf1" && (text.size() == 6 || text[6] == ' ');
}

std::optional<std::vector<Term>> read_record(std::string_view text) {
    std::vector<Term> terms;
    unsigned redirects = 0;
    unsigned explanations = 0;
    for (const auto& word : split_at(text.substr(6), ' ')) {
        if (word.empty()) continue;
        Term term;
        if (!read_directive(word, term)) {
            term = {};
            if (!read_modifier(word, term)) return std::nullopt;
        }
        term.text = word;
        redirects += term.kind == Term::Kind::redirect ? 1 : 0;
        explanations += term.kind == Term::Kind::explanation ? 1 : 0;
        terms.push_back(term);
    }
    if (redirects > 1 || explanations > 1) return std::nullopt;  // 6
    return terms;
}

bool is_explain_string(std::string_view text) { return is_macro_string(text, text_letters, ' '); }

}  // namespace spf::oracle
