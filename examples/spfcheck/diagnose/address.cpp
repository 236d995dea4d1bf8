#include "diagnose/address.hpp"

#include <algorithm>
#include <array>

#include "names/idn.hpp"
#include "names/parts.hpp"
#include "spf/dns/name.hpp"
#include "spf/net/ip.hpp"

namespace spfcheck {
namespace {

constexpr std::size_t longest_local = 64;
constexpr std::size_t longest_address = 254;  // 256 octets with "<" and ">"

/// Domains at which many people have mailboxes.
constexpr auto well_known = std::to_array<std::string_view>(
    {"alice.it",       "aol.com",       "aruba.it",     "arubapec.it",   "bluewin.ch",
     "comcast.net",    "email.it",      "fastmail.com", "fastwebnet.it", "free.fr",
     "gmail.com",      "gmx.at",        "gmx.com",      "gmx.de",        "gmx.net",
     "googlemail.com", "hotmail.co.uk", "hotmail.com",  "hotmail.de",    "hotmail.es",
     "hotmail.fr",     "hotmail.it",    "icloud.com",   "inwind.it",     "iol.it",
     "laposte.net",    "legalmail.it",  "libero.it",    "live.com",      "live.it",
     "mac.com",        "mail.com",      "me.com",       "msn.com",       "orange.fr",
     "outlook.com",    "outlook.de",    "outlook.fr",   "outlook.it",    "pec.it",
     "pm.me",          "posta.it",      "postecert.it", "proton.me",     "protonmail.com",
     "sfr.fr",         "t-online.de",   "teletu.it",    "tim.it",        "tin.it",
     "tiscali.it",     "tiscalinet.it", "virgilio.it",  "vodafone.it",   "wanadoo.fr",
     "web.de",         "yahoo.co.uk",   "yahoo.com",    "yahoo.de",      "yahoo.es",
     "yahoo.fr",       "yahoo.it"});

/// Misspellings that are registered, so that DNS does not show that they are mistakes.
constexpr auto known_typos = std::to_array<std::string_view>(
    {"gmai.com",   "gmail.co",   "gmail.cm",    "gmail.con",  "gmali.com",  "gmal.com",
     "gmaill.com", "gmial.com",  "gmil.com",    "gnail.com",  "gamil.com",  "hotmai.com",
     "hotmai.it",  "hotmal.com", "hotmial.com", "hotmial.it", "hotmil.com", "icloud.co",
     "iclod.com",  "libero.ti",  "livero.it",   "outlok.com", "outlok.it",  "outllook.com",
     "yaho.com",   "yahooo.com"});

template <class List>
bool has(const List& list, std::string_view text) noexcept {
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// Returns whether one letter changed, missing or too many, or two neighbours in the wrong order,
/// makes the texts differ. They differ.
bool is_one_mistake(std::string_view a, std::string_view b) noexcept {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin());
    const std::string_view rest_a = a.substr(static_cast<std::size_t>(left - a.begin()));
    const std::string_view rest_b = b.substr(static_cast<std::size_t>(right - b.begin()));
    if (a.size() < b.size()) return rest_a == rest_b.substr(1);
    if (rest_a.empty()) return false;
    if (rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
           rest_a.substr(2) == rest_b.substr(2);
}

/// Returns whether a text is well-formed UTF-8 (RFC 3629, 4), without overlong forms, surrogates
/// and controls.
bool is_utf8(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t more = first < 0x80   ? 0
                                 : first < 0xc2 ? 4
                                 : first < 0xe0 ? 1
                                 : first < 0xf0 ? 2
                                 : first < 0xf5 ? 3
                                                : 4;
        if (more > 3 || text.size() - i <= more) return false;
        for (std::size_t j = 1; j <= more; ++j) {
            if ((static_cast<unsigned char>(text[i + j]) & 0xc0U) != 0x80U) return false;
        }
        const auto second = static_cast<unsigned char>(more > 0 ? text[i + 1] : 0);
        const bool is_bad = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                            (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f) ||
                            (first == 0xc2 && second < 0xa0);  // C1 controls
        if (is_bad) return false;
        i += more + 1;
    }
    return true;
}

/// Returns whether an octet may stand in a local part without quotes: `atext` of RFC 5322, or a
/// part of a character beyond US-ASCII (RFC 6531, 3.3).
bool is_atext(char c) noexcept {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_digit = c >= '0' && c <= '9';
    return is_letter || is_digit || (static_cast<unsigned char>(c) & 0x80U) != 0 ||
           (c != '\0' && std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos);
}

/// Returns what is wrong with a local part in quotes (RFC 5321, 4.1.2: Quoted-string).
AddressProblem problem_of_quoted(std::string_view local) noexcept {
    if (local.size() < 2 || local.back() != '"') return AddressProblem::local_quotes;
    const std::string_view inside = local.substr(1, local.size() - 2);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] == '"') return AddressProblem::local_quotes;
        if (inside[i] == '\\' && ++i == inside.size()) return AddressProblem::local_quotes;
        const auto octet = static_cast<unsigned char>(inside[i]);
        if (octet < 0x20 || octet == 0x7f) return AddressProblem::local_character;
    }
    return AddressProblem::none;
}

AddressProblem problem_of_local(std::string_view local) noexcept {
    if (local.empty()) return AddressProblem::local_empty;
    if (local.size() > longest_local) return AddressProblem::local_too_long;
    if (!is_utf8(local)) return AddressProblem::not_utf8;
    if (local.front() == '"') return problem_of_quoted(local);
    const bool has_odd_dot =
        local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos;
    if (has_odd_dot) return AddressProblem::local_dots;
    const bool is_plain =
        std::all_of(local.begin(), local.end(), [](char c) { return c == '.' || is_atext(c); });
    return is_plain ? AddressProblem::none : AddressProblem::local_character;
}

/// Returns what is wrong with a literal such as `[192.0.2.1]` or `[IPv6:2001:db8::1]`.
AddressProblem problem_of_literal(std::string_view domain) {
    if (!domain.ends_with(']')) return AddressProblem::literal;
    std::string_view inside = domain.substr(1, domain.size() - 2);
    if (inside.starts_with("ipv6:")) inside.remove_prefix(5);
    return spf::IpAddress::parse(inside) ? AddressProblem::none : AddressProblem::literal;
}

/// Returns what is wrong with the name of a domain, whose labels are letters, digits and hyphens
/// (RFC 5321, 4.1.2). Some domains use underscores, which DNS has nothing against.
AddressProblem problem_of_domain(std::string_view domain) {
    if (spf::dns::check_host_domain_problem(domain)) return AddressProblem::domain;
    const bool is_plain = std::all_of(domain.begin(), domain.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
    return is_plain ? AddressProblem::none : AddressProblem::domain;
}

/// Returns the address in a text such as `Bob <bob@example.com>` or `mailto:bob@example.com`.
std::string_view bare(std::string_view text) noexcept {
    text = trimmed(text);
    const std::size_t open = text.rfind('<');
    if (open != std::string_view::npos && text.ends_with('>')) {
        text = text.substr(open + 1, text.size() - open - 2);
    }
    constexpr std::string_view scheme = "mailto:";
    if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
    return trimmed(text);
}

}  // namespace

MailAddress read_address(std::string_view text) {
    MailAddress out;
    out.text = std::string(bare(text));
    const std::size_t at = out.text.rfind('@');
    if (at == std::string::npos) {
        out.problem = AddressProblem::no_at;
        return out;
    }
    out.local = out.text.substr(0, at);
    out.domain = ascii_domain(out.text.substr(at + 1));
    spf::dns::make_canonical(out.domain);
    out.is_literal = out.domain.starts_with('[');
    out.needs_smtputf8 = !is_ascii(out.local);
    out.problem = problem_of_local(out.local);
    if (out.problem == AddressProblem::none) {
        out.problem =
            out.is_literal ? problem_of_literal(out.domain) : problem_of_domain(out.domain);
    }
    if (out.problem == AddressProblem::none && out.text.size() > longest_address) {
        out.problem = AddressProblem::too_long;
    }
    return out;
}

std::string_view meant_domain(std::string_view domain) noexcept {
    // Short names are near to many others.
    constexpr std::size_t shortest = 6;
    constexpr std::size_t longest = 32;
    if (has(well_known, domain) || domain.size() > longest) return {};
    for (const std::string_view each : well_known) {
        if (each.size() >= shortest && is_one_mistake(domain, each)) return each;
    }
    return {};
}

bool is_known_typo(std::string_view domain) noexcept { return has(known_typos, domain); }

}  // namespace spfcheck
