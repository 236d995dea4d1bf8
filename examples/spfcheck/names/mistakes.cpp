#include "names/mistakes.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "io/language.hpp"
#include "names/idn.hpp"
#include "names/parts.hpp"
#include "names/sentences.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/parse.hpp"

namespace spfcheck {
namespace {

using Says = NamesSentence;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Returns whether SPF could check a domain, so that a message may propose this domain in place of
/// the text that was typed.
bool can_be_checked(std::string_view domain) {
    return !spf::dns::check_host_domain_problem(domain);
}

/// Returns the host in a URL.
std::string_view host_in(std::string_view url) {
    url.remove_prefix(url.find("://") + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) {
        url.remove_prefix(at + 1);
    }
    return url.substr(0, url.find(':'));
}

bool is_url(std::string_view text) { return text.find("://") != std::string_view::npos; }

Spoken url_problem(std::string_view url) {
    const std::string_view host = host_in(url);
    return can_be_checked(host) ? say<Says::url_of>(host) : say<Says::url>();
}

/// Returns the message that `text` is not a domain name because of one character. `name` is `text`
/// converted to A-labels, and `odd` is the offset of that character in `name`.
Spoken character_problem(std::string_view text, std::string_view name, std::size_t odd) {
    const std::string shown = spf::printable(text, 100);
    const std::string character(1, name[odd]);
    if (odd == 0 || name[odd] != '/') return say<Says::bad_character>(shown, character);
    const std::string_view domain = text.substr(0, odd);
    return can_be_checked(domain) ? say<Says::bad_character_write>(shown, character, domain)
                                  : say<Says::bad_character_alone>(shown, character);
}

bool is_address(std::string_view text) {
    return spf::IpAddress::parse(text).has_value() || spf::Network::parse(text).has_value();
}

/// Returns whether an address contains exactly one `@`, contains only characters that are common in
/// addresses, and ends in a letter. Such an address need not be examined further.
bool is_usual_address(std::string_view text) {
    std::size_t separators = 0;
    for (const char c : text) {
        if (c == '@') ++separators;
        const bool usual = is_letter(c) || is_digit(c) ||
                           std::string_view("@.-_+=").find(c) != std::string_view::npos;
        if (!usual) return false;
    }
    return separators == 1 && is_letter(text.back());
}

/// Returns the text between the last "<" and the next ">".
std::string_view in_brackets(std::string_view text) {
    text.remove_prefix(text.rfind('<') + 1);
    return text.substr(0, text.find('>'));
}

/// Returns whether a text is a domain with a path, as the address line of a browser shows it.
bool has_path(std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && slash > 0 && !is_address(text) &&
           text.substr(0, slash).find_first_of(":@<( ") == std::string_view::npos &&
           text.substr(0, slash).find('.') != std::string_view::npos;
}

}  // namespace

bool is_record(std::string_view text) {
    constexpr std::string_view version = "v=spf1";
    const auto same = [](char left, char right) {
        return (left >= 'A' && left <= 'Z' ? static_cast<char>(left | 0x20) : left) == right;
    };
    return text.size() >= version.size() &&
           std::equal(version.begin(), version.end(), text.begin(),
                      [&](char left, char right) { return same(right, left); });
}

std::optional<Meant> domain_meant(const std::string& given) {
    const std::string text(trimmed(given));
    if (is_record(text) || is_address(text)) return std::nullopt;
    const bool is_link = is_url(text) || has_path(text);
    const std::size_t at = text.rfind('@');
    if (!is_link && at == std::string::npos) return std::nullopt;
    std::string domain(is_url(text)     ? host_in(text)
                       : has_path(text) ? std::string_view(text).substr(0, text.find('/'))
                                        : std::string_view(text).substr(at + 1));
    domain = domain.substr(0, domain.find('>'));
    if (is_address(domain) || !can_be_checked(ascii_domain(domain))) return std::nullopt;
    Spoken note =
        is_link ? say<Says::note_url>(text, domain) : say<Says::note_mail_address>(text, domain);
    return Meant{std::move(domain), std::move(note)};
}

Spoken mistaken_for_domain(const std::string& given) {
    const std::string text(trimmed(given));
    const std::string_view view = text;
    if (is_url(text)) return url_problem(text);
    if (is_record(text)) return say<Says::record_for_domain>();
    if (is_address(text)) return say<Says::ip_for_domain>();
    if (const std::size_t at = view.rfind('@'); at != std::string_view::npos) {
        std::string_view domain = view.substr(at + 1);
        domain = domain.substr(0, domain.find('>'));
        return can_be_checked(domain) ? say<Says::mail_address_at>(domain)
                                      : say<Says::mail_address>();
    }
    const std::string name = ascii_domain(text);
    if (!is_ascii(name)) return say<Says::not_idna>(spf::printable(text, 100));
    // These characters show that the text was typed for another purpose, such as a path or a list.
    // "\\" and ";" do not, so they are accepted: a name in DNS may contain any octet (RFC 2181,
    // 11).
    if (const std::size_t odd = name.find_first_of("/:,<>()[]\"'%&?#|{}$!` ");
        odd != std::string::npos) {
        return character_problem(text, name, odd);
    }
    return {};
}

Spoken domain_problem(const std::string& text) {
    Spoken problem = mistaken_for_domain(text);
    if (!problem.empty()) return problem;
    if (const auto syntax = spf::dns::check_host_domain_problem(ascii_domain(text))) {
        return say<Says::cannot_be_checked>(spf::printable(text, 100), message_of(*syntax));
    }
    return {};
}

Spoken sender_problem(const std::string& given) {
    if (is_usual_address(given)) return {};
    const std::string text(trimmed(given));
    constexpr std::string_view scheme = "mailto:";
    if (text.starts_with(scheme)) {
        const std::string_view rest = std::string_view(text).substr(scheme.size());
        return say<Says::link>(rest.substr(0, rest.find('?')));
    }
    if (is_url(text)) return url_problem(text);
    if (is_record(text)) return say<Says::record_for_sender>();
    const std::size_t bracket = text.rfind('<');
    const bool quoted = text.find('"') < text.rfind('@') && text.starts_with('"');
    if (bracket != std::string::npos && bracket > 0 && text.ends_with('>')) {
        return say<Says::name_and_address>(in_brackets(text));
    }
    if (text.ends_with('>') && !text.starts_with('<')) return say<Says::no_opening_bracket>();
    const Place place = domain_in(text);
    const std::string domain = text.substr(place.begin, place.size);
    if (is_address(domain)) return say<Says::ip_for_sender>();
    if (text.find('@') == std::string::npos && text.find("\uff20") != std::string::npos) {
        return say<Says::fullwidth_at>();
    }
    const std::string name = ascii_domain(domain);
    if (!is_ascii(name)) return say<Says::not_idna>(spf::printable(domain, 100));
    if (name.find_first_of(" \t") != std::string::npos) return say<Says::white_space>();
    if (!quoted && text.find(',') != std::string::npos) return say<Says::several>();
    const std::size_t odd = name.find_first_of("/:,<>()\"");
    if (odd != std::string::npos && !name.starts_with('[')) {
        return say<Says::bad_character>(spf::printable(domain, 100), std::string(1, name[odd]));
    }
    return {};
}

Spoken domain_or_record_problem(const std::string& text) {
    if (spf::has_version(trimmed(text))) return {};
    if (is_record(trimmed(text))) return say<Says::no_space>();
    const Spoken problem = domain_problem(text);
    const bool word = text.find_first_of(".@:/") == std::string::npos;
    return problem.empty() || !word ? problem : say<Says::neither>(spf::printable(text, 100));
}

}  // namespace spfcheck
