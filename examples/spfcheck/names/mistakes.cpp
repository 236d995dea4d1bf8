#include "names/mistakes.hpp"

#include <algorithm>
#include <string_view>

#include "names/idn.hpp"
#include "names/parts.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/parse.hpp"

namespace spfcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Returns "; write the domain alone: example.com" if the domain can be checked.
std::string write_alone(std::string_view domain) {
    if (spf::dns::check_host_domain_problem(domain)) return "; write the domain alone";
    return "; write the domain alone: " + std::string(domain);
}

/// The host in a URL.
std::string_view host_in(std::string_view url) {
    url.remove_prefix(url.find("://") + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) {
        url.remove_prefix(at + 1);
    }
    return url.substr(0, url.find(':'));
}

bool is_url(std::string_view text) { return text.find("://") != std::string_view::npos; }

bool is_address(std::string_view text) {
    return spf::IpAddress::parse(text).has_value() || spf::Network::parse(text).has_value();
}

/// Whether a text begins as records do, whatever follows.
bool is_record(std::string_view text) {
    constexpr std::string_view version = "v=spf1";
    const auto same = [](char left, char right) {
        return (left >= 'A' && left <= 'Z' ? static_cast<char>(left | 0x20) : left) == right;
    };
    return text.size() >= version.size() &&
           std::equal(version.begin(), version.end(), text.begin(),
                      [&](char left, char right) { return same(right, left); });
}

/// Whether an address has the usual form, so that it need not be examined further.
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

/// The text between the last angle brackets.
std::string_view in_brackets(std::string_view text) {
    text.remove_prefix(text.rfind('<') + 1);
    return text.substr(0, text.find('>'));
}

}  // namespace

std::string mistaken_for_domain(const std::string& given) {
    const std::string text(trimmed(given));
    const std::string_view view = text;
    if (is_url(text)) return "it is a URL" + write_alone(host_in(text));
    if (is_record(text)) return "it is the text of a record, where a domain is wanted";
    if (is_address(text)) return "it is an IP address, where a domain is wanted";
    if (const std::size_t at = view.rfind('@'); at != std::string_view::npos) {
        std::string_view domain = view.substr(at + 1);
        return "it is a mail address" + write_alone(domain.substr(0, domain.find('>')));
    }
    const std::string name = ascii_domain(text);
    if (!is_ascii(name)) {
        return "\"" + spf::printable(text, 100) +
               "\" is no domain name, nor does IDNA (UTS 46, STD 3) make it one";
    }
    // Not "\\" or ";": a name in DNS may contain any octet (RFC 2181, 11), and these two are not
    // typed for another purpose.
    if (const std::size_t odd = name.find_first_of("/:,<>()[]\"'%&?#|{}$!` ");
        odd != std::string::npos) {
        return '"' + spf::printable(text, 100) + "\" is no domain name: \"" + name[odd] +
               "\" cannot stand in one" +
               (odd > 0 && name[odd] == '/' ? write_alone(view.substr(0, odd)) : std::string());
    }
    return {};
}

std::string domain_problem(const std::string& text) {
    std::string problem = mistaken_for_domain(text);
    if (!problem.empty()) return problem;
    if (const auto syntax = spf::dns::check_host_domain_problem(ascii_domain(text))) {
        return '"' + spf::printable(text, 100) +
               "\" is no domain that SPF can check: " + std::string(syntax->message());
    }
    return {};
}

std::string sender_problem(const std::string& given) {
    if (is_usual_address(given)) return {};
    const std::string text(trimmed(given));
    constexpr std::string_view scheme = "mailto:";
    if (text.starts_with(scheme)) {
        const std::string_view rest = std::string_view(text).substr(scheme.size());
        return "it is a link; write " + spf::printable(rest.substr(0, rest.find('?')), 320);
    }
    if (is_url(text)) return "it is a URL" + write_alone(host_in(text));
    if (is_record(text)) return "it is the text of a record, where a mail address is wanted";
    const std::size_t bracket = text.rfind('<');
    const bool quoted = text.find('"') < text.rfind('@') && text.starts_with('"');
    if (bracket != std::string::npos && bracket > 0 && text.ends_with('>')) {
        return "the address in MAIL FROM stands alone, without a name; write " +
               spf::printable(in_brackets(text), 320);
    }
    if (text.ends_with('>') && !text.starts_with('<')) {
        return "it ends in \">\", but does not begin with \"<\"";
    }
    const Place place = domain_in(text);
    const std::string domain = text.substr(place.begin, place.size);
    if (is_address(domain)) return "an IP address is no domain, so there is nothing to check";
    if (text.find('@') == std::string::npos && text.find("\uff20") != std::string::npos) {
        return "it has U+FF20 where an \"@\" belongs";
    }
    const std::string name = ascii_domain(domain);
    if (!is_ascii(name)) {
        return "\"" + spf::printable(domain, 100) +
               "\" is no domain name, nor does IDNA (UTS 46, STD 3) make it one";
    }
    if (name.find_first_of(" \t") != std::string::npos) {
        return "there is white space in its domain";
    }
    if (!quoted && text.find(',') != std::string::npos) return "one address is wanted";
    const std::size_t odd = name.find_first_of("/:,<>()\"");
    if (odd != std::string::npos && !name.starts_with('[')) {
        return "\"" + spf::printable(domain, 100) + "\" is no domain name: \"" + name[odd] +
               "\" cannot stand in one";
    }
    return {};
}

std::string domain_or_record_problem(const std::string& text) {
    if (spf::has_version(trimmed(text))) return {};
    if (is_record(trimmed(text))) {
        return "a space is missing behind \"v=spf1\", so it is no record";
    }
    const std::string problem = domain_problem(text);
    const bool word = text.find_first_of(".@:/") == std::string::npos;
    return problem.empty() || !word ? problem
                                    : '"' + spf::printable(text, 100) +
                                          "\" is neither a domain nor a record, which begins with "
                                          "\"v=spf1\"";
}

}  // namespace spfcheck
