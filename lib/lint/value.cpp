// Guesses what was meant by terms with a known name and something wrong after the name.

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.hpp"
#include "lint/text.hpp"
#include "spf/net/ip.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

bool is_one_of(char c, std::string_view set) noexcept {
    return set.find(c) != std::string_view::npos;
}

std::optional<unsigned> number(std::string_view text) noexcept {
    constexpr std::size_t most_digits = 5;
    unsigned out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.size() > most_digits || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return out;
}

/// Converts a netmask to a prefix length: `255.255.255.0` to 24. Returns nothing if the text is not
/// a netmask.
std::optional<unsigned> prefix_of_netmask(std::string_view text) {
    const auto mask = IpAddress::parse(text);
    if (!mask || !mask->is_v4()) return std::nullopt;
    const std::uint32_t inverse = ~mask->v4_bits();
    if ((inverse & (inverse + 1U)) != 0) return std::nullopt;
    unsigned length = 32;
    for (std::uint32_t rest = inverse; rest != 0; rest >>= 1U) --length;
    return length;
}

/// Guesses what was meant by a list of networks in one term, such as `192.0.2.1,192.0.2.2`.
Guess list(const Parts& parts, std::string_view name, std::string_view value) {
    std::string out;
    while (!value.empty()) {
        const std::size_t end = std::min(value.find_first_of(",;|"), value.size());
        const std::string_view item = value.substr(0, end);
        value.remove_prefix(std::min(end + 1, value.size()));
        if (item.empty()) continue;
        if (!out.empty()) out += ' ';
        const Parts inner = parts_of(item);
        const bool network = !network_prefix(item).empty();
        const bool directive = !network && (inner.rest.starts_with(':') || inner.rest.empty()) &&
                               !known_name(inner.name).empty();
        if (!network && !directive) return Guess{Code::address_list, {}};
        out += directive ? std::string(item) : joined({parts.qualifier, name, ":", item});
    }
    return Guess{Code::address_list, std::move(out)};
}

/// Guesses what was meant by an IPv4 address with a colon and a number after it. The number may be
/// a port, as in `192.0.2.1:25`, or a prefix length, as in `192.0.2.0:24`.
std::optional<Guess> port_of_ip4(const Parts& parts, std::string_view value) {
    constexpr std::array<unsigned, 11> ports{25, 26, 80, 110, 143, 443, 465, 587, 993, 995, 2525};
    const std::size_t colon = value.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto address = IpAddress::parse(value.substr(0, colon));
    const auto digits = number(value.substr(colon + 1));
    if (!address || !address->is_v4() || !digits) return std::nullopt;
    const bool is_port = std::find(ports.begin(), ports.end(), *digits) != ports.end();
    // The same number may be the prefix length of a network that begins with this address.
    const bool is_network = *digits < 32 && (*digits == 0 || (address->v4_bits() << *digits) == 0);
    if (!is_port || is_network) {
        return Guess{Code::address_ip4, {}, Sentence::colon_and_number, Sentence::slash_or_no_port};
    }
    return Guess{Code::address_ip4, joined({parts.qualifier, "ip4:", value.substr(0, colon)}),
                 Sentence::port, Sentence::delete_port};
}

/// Guesses what was meant by an address in brackets, with or without a port, such as
/// `[2001:db8::1]`.
std::optional<Guess> brackets(const Parts& parts, std::string_view value) {
    const std::size_t end = value.find(']');
    if (!value.starts_with('[') || end == std::string_view::npos) return std::nullopt;
    const std::string_view inside = value.substr(1, end - 1);
    const std::string_view behind = value.substr(end + 1);
    const std::string_view prefix = network_prefix(inside);
    const bool port = behind.starts_with(':') && number(behind.substr(1));
    if (prefix.empty() || (!behind.empty() && !behind.starts_with('/') && !port))
        return std::nullopt;
    return Guess{prefix == "ip4:" ? Code::address_ip4 : Code::address_ip6,
                 joined({parts.qualifier, prefix, inside, port ? "" : behind}),
                 port ? Sentence::port : Sentence::address_in_brackets,
                 port ? Sentence::delete_port : Sentence::delete_brackets};
}

/// Guesses what was meant by a range of addresses, such as `192.0.2.1-192.0.2.9` or `192.0.2.*`.
std::optional<Guess> range(std::string_view value) {
    const std::size_t dash = value.find('-');
    const bool is_range =
        dash != std::string_view::npos && IpAddress::parse(value.substr(0, dash)).has_value();
    const bool wildcard = value.ends_with(".*");
    if (!is_range && !wildcard) return std::nullopt;
    return Guess{Code::address_ip4, {}, Sentence::range, Sentence::list_range};
}

/// Guesses what was meant by a network whose prefix length is a netmask, or begins with zero.
std::optional<Guess> length_of(const Parts& parts, std::string_view name, std::string_view value) {
    const std::size_t slash = value.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view address = value.substr(0, slash);
    const std::string_view length = value.substr(slash + 1);
    if (const auto bits = prefix_of_netmask(length); bits && name == "ip4") {
        return Guess{Code::netmask,
                     joined({parts.qualifier, name, ":", address, "/", std::to_string(*bits)})};
    }
    const std::size_t digit = std::min(length.find_first_not_of('0'), length.size());
    if (digit == 0 || digit == length.size()) return std::nullopt;
    const Code code = name == "ip4" ? Code::prefix_length_ip4 : Code::prefix_length_ip6;
    return Guess{code, joined({parts.qualifier, name, ":", address, "/", length.substr(digit)}),
                 Sentence::usual, Sentence::delete_zero};
}

/// Returns whether the value is the name of a host. `192.0.2.l7` is not a name, because it may be
/// an address with a misspelt digit.
bool is_name_of_host(std::string_view value) noexcept {
    const std::string_view first = value.substr(0, value.find('.'));
    const std::string_view last = value.substr(value.rfind('.') + 1);
    return std::any_of(first.begin(), first.end(), ascii::is_alpha) && last.size() > 1 &&
           std::all_of(last.begin(), last.end(), ascii::is_alpha);
}

/// Guesses what was meant by an `ip4` or `ip6` with other text in place of the network.
std::optional<Guess> in_place_of_network(const Parts& parts, std::string_view name,
                                         std::string_view value) {
    const std::string_view prefix = network_prefix(value);
    if (!prefix.empty() && prefix.substr(0, 3) != name)
        return Guess{Code::wrong_family, joined({parts.qualifier, prefix, value})};
    if (value.find_first_of(",;|") != std::string_view::npos) return list(parts, name, value);
    if (auto out = brackets(parts, value)) return out;
    if (auto out = port_of_ip4(parts, value)) return out;
    if (auto out = range(value)) return out;
    if (auto out = length_of(parts, name, value)) return out;
    if (!known_name(parts_of(value).name).empty() && parts_of(value).rest.starts_with(':'))
        return Guess{Code::misspelt_name, joined({parts.qualifier, value})};
    const bool colons = value.find(':') != std::string_view::npos;
    if (!colons && is_name_of_host(value) && is_correct(joined({"a:", value}))) {
        // A name that mentions SPF is probably that of a record to be included. Then `a:` would be
        // wrong, so there is no correction.
        return Guess{Code::name_in_ip,
                     is_about_spf(value) ? std::string() : joined({parts.qualifier, "a:", value})};
    }
    return std::nullopt;
}

/// Guesses what was meant by a URL in place of a name, such as `https://mail.example.com/`.
std::optional<Guess> url(const Parts& parts, const TermKind& kind, std::string_view value) {
    const std::size_t scheme = value.find("://");
    if (scheme == std::string_view::npos || kind.is_modifier()) return std::nullopt;
    const std::string_view host = value.substr(scheme + 3);
    const std::string_view plain = host.substr(0, std::min(host.find('/'), host.size()));
    if (!std::all_of(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(scheme),
                     ascii::is_alpha))
        return std::nullopt;
    return Guess{Code::domain_toplabel, joined({parts.qualifier, kind.name, ":", plain}),
                 Sentence::url_for_name, Sentence::write_name};
}

/// Guesses what was meant by a name with a port after it, such as `mail.example.com:25`.
std::optional<Guess> port_of_name(const Parts& parts, const TermKind& kind,
                                  std::string_view value) {
    constexpr unsigned longest_prefix = 128;
    const std::size_t colon = value.rfind(':');
    if (colon == std::string_view::npos || value.find(':') != colon) return std::nullopt;
    const auto port = number(value.substr(colon + 1));
    if (!port || (kind.takes_prefix_length && *port <= longest_prefix && *port != 25))
        return std::nullopt;
    return Guess{Code::domain_toplabel,
                 joined({parts.qualifier, kind.name, kind.separator, value.substr(0, colon)}),
                 Sentence::port, Sentence::delete_port};
}

/// Returns the value with two slashes before the IPv6 prefix length, as in `a/24//64` for
/// `a/24/64`. Returns empty if the second number is not much larger than an IPv4 prefix length,
/// because it may be a mistyped IPv4 prefix length.
std::string dual_length(std::string_view value) {
    constexpr unsigned shortest_ip6 = 40;
    const std::size_t slash = value.find('/');
    if (slash == std::string_view::npos) return {};
    const std::size_t second = value.find('/', slash + 1);
    if (second == std::string_view::npos || second == slash + 1) return {};
    const auto length = number(value.substr(second + 1));
    if (!length || *length < shortest_ip6) return {};
    return joined({value.substr(0, second), "/", value.substr(second)});
}

/// Returns whether the text before the prefix length ends in `a` or `mx`, as in "a.examplemx/24".
/// Then a space may be missing before this mechanism.
bool ends_with_mechanism(std::string_view domain) {
    return std::ranges::any_of(term_kinds, [domain](const TermKind& kind) {
        if (!kind.takes_prefix_length || domain.size() <= kind.name.size()) return false;
        const std::size_t size = domain.size() - kind.name.size();
        return ascii::equal_ignoring_case(domain.substr(size), kind.name) &&
               is_correct(joined({"exists:", domain.substr(0, size)}));
    });
}

/// Guesses what was meant by a term with other text in place of a domain name.
std::optional<Guess> in_place_of_domain(const Parts& parts, const TermKind& kind,
                                        std::string_view value) {
    const std::string_view prefix = network_prefix(value);
    if (!prefix.empty() && kind.is_mechanism())
        return Guess{Code::domain_address, joined({parts.qualifier, prefix, value})};
    const Parts inner = parts_of(value);
    if (inner.qualifier.empty() && inner.rest.starts_with(':') && kind.is_mechanism() &&
        ascii::equal_ignoring_case(inner.name.substr(0, 2), "ip"))
        return Guess{Code::domain_address, joined({parts.qualifier, value})};
    if (auto out = url(parts, kind, value)) return out;
    if (auto out = port_of_name(parts, kind, value)) return out;
    const std::size_t slash = value.find('/');
    if (kind.takes_prefix_length) {
        const std::string dual = dual_length(value);
        if (dual.empty()) return std::nullopt;
        return Guess{Code::prefix_length_dual, joined({parts.qualifier, kind.name, ":", dual})};
    }
    if (slash != std::string_view::npos) {
        const std::string_view length = value.substr(slash);
        const bool is_length = std::all_of(length.begin(), length.end(),
                                           [](char c) { return c == '/' || ascii::is_digit(c); });
        if (!is_length) return std::nullopt;  // as in "example/com"
        const std::string_view separator = slash == 0 ? "" : kind.separator;
        std::string out = joined({parts.qualifier, kind.name, separator, value.substr(0, slash)});
        if (ends_with_mechanism(value.substr(0, slash)))
            return Guess{Code::prefix_length_forbidden, {}};
        if (is_correct(out)) return Guess{Code::prefix_length_forbidden, std::move(out)};
    }
    return std::nullopt;
}

std::optional<Guess> behind_modifier(const Parts& parts, const TermKind& kind,
                                     std::string_view value) {
    if (!parts.qualifier.empty())
        return Guess{Code::qualified_modifier, joined({kind.name, "=", value})};
    if (parts.rest.front() == ':')
        return Guess{Code::modifier_as_mechanism, joined({kind.name, "=", value})};
    if (is_one_of(parts.rest.front(), ";,/|"))
        return Guess{Code::wrong_separator, joined({kind.name, "=", value})};
    return in_place_of_domain(parts, kind, value);
}

}  // namespace

std::optional<Guess> guess_behind_name(const Parts& parts, const TermKind& kind) {
    if (parts.rest.empty()) return std::nullopt;
    if (!kind.takes_argument())
        return Guess{Code::missing_space, joined({parts.qualifier, kind.name, " ", parts.rest})};
    const char separator = parts.rest.front();
    std::string_view value = parts.rest.substr(1);
    if (separator != ':' && separator != '/')  // as in "mx=:example.org"
        value.remove_prefix(std::min(value.find_first_not_of(":=;"), value.size()));
    if (kind.is_modifier()) return behind_modifier(parts, kind, value);
    const bool alone = !kind.needs_argument();  // whether the term is complete without a value
    if (separator == '/' && kind.takes_prefix_length) {
        const std::string dual = dual_length(parts.rest);
        if (dual.empty()) return std::nullopt;
        return Guess{Code::prefix_length_dual, joined({parts.qualifier, kind.name, dual})};
    }
    if (alone && separator == '/')
        return Guess{Code::prefix_length_forbidden, joined({parts.qualifier, kind.name})};
    // A mechanism that needs no argument is complete before a comma or a bar, so such a mark may
    // separate two terms. It is replaced by a colon only after other mechanisms.
    if (is_one_of(separator, alone ? "=;" : "=;,/|"))
        return Guess{Code::wrong_separator, joined({parts.qualifier, kind.name, ":", value})};
    if (separator != ':') return std::nullopt;
    if (value.empty() && alone)
        return Guess{Code::domain_missing, joined({parts.qualifier, kind.name})};
    if (kind.takes_network) return in_place_of_network(parts, kind.name, value);
    return in_place_of_domain(parts, kind, value);
}

}  // namespace spf::lint
