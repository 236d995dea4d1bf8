// Guesses at broken terms of US-ASCII, from the most certain to the least.
//
// A rule looks at one term and says what is the matter with it; what it proposes may be several
// terms, and may be broken still (`"ip:192.0.2.1"`): then the rules are applied to that, a few
// times at most. Nothing is proposed unless parse_record() accepts it.

#include <algorithm>

#include "analysis/lint_text.hpp"
#include "ascii.hpp"
#include "spf/ip.hpp"
#include "spf/parse.hpp"

namespace spf::linting {
namespace {

using Code = Finding::Code;

std::string joined(std::string_view a, std::string_view b, std::string_view c = {},
                   std::string_view d = {}) {
    std::string out;
    out.reserve(a.size() + b.size() + c.size() + d.size());
    return out.append(a).append(b).append(c).append(d);
}

std::optional<Guess> quotes(std::string_view term) {
    if (term.find_first_of("\"'`\\") == std::string_view::npos) return std::nullopt;
    std::string out(term);
    std::erase_if(out, [](char c) { return c == '"' || c == '\'' || c == '`' || c == '\\'; });
    return Guess{Code::typed_quotes, std::move(out)};
}

std::optional<Guess> punctuation(std::string_view term) {
    constexpr std::string_view marks = ",;.:|)(<>";
    const std::size_t begin = term.find_first_not_of(marks);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::size_t end = term.find_last_not_of(marks) + 1;
    if (begin == 0 && end == term.size()) return std::nullopt;
    const std::string_view rest = term.substr(begin, end - begin);
    if (!is_correct(rest)) return std::nullopt;
    return Guess{Code::stray_punctuation, std::string(rest)};
}

std::optional<Guess> bare_address(const Parts& parts, std::string_view body) {
    const std::string_view prefix = network_prefix(body);
    if (prefix.empty() || !known_name(parts.name).empty()) return std::nullopt;  // "a:2001:db8::1"
    return Guess{Code::bare_address, joined(parts.qualifier, prefix, body)};
}

/// `255.255.255.0` as the 24 that it stands for.
std::optional<unsigned> prefix_of_netmask(std::string_view text) {
    const auto mask = IpAddress::parse(text);
    if (!mask || !mask->is_v4()) return std::nullopt;
    const std::uint32_t inverse = ~mask->v4_bits();
    if ((inverse & (inverse + 1U)) != 0) return std::nullopt;
    unsigned length = 32;
    for (std::uint32_t rest = inverse; rest != 0; rest >>= 1U) --length;
    return length;
}

/// ip4 and ip6: what stands in place of a network.
std::optional<Guess> in_place_of_network(const Parts& parts, std::string_view name,
                                         std::string_view value) {
    const std::string_view prefix = network_prefix(value);
    if (!prefix.empty() && prefix.substr(0, 3) != name)
        return Guess{Code::wrong_family, joined(parts.qualifier, prefix, value)};
    if (value.find_first_of(",;|") != std::string_view::npos) {
        std::string out;
        while (!value.empty()) {
            const std::size_t end = std::min(value.find_first_of(",;|"), value.size());
            const std::string_view item = value.substr(0, end);
            value.remove_prefix(std::min(end + 1, value.size()));
            if (item.empty()) continue;
            if (!out.empty()) out += ' ';
            const bool named =
                item.find(':') != std::string_view::npos && network_prefix(item).empty();
            out += named ? std::string(item) : joined(parts.qualifier, name, ":", item);
        }
        return Guess{Code::address_list, std::move(out)};
    }
    const std::size_t slash = value.find('/');
    if (slash != std::string_view::npos) {
        const std::string_view address = value.substr(0, slash);
        std::string_view length = value.substr(slash + 1);
        if (const auto bits = prefix_of_netmask(length)) {
            return Guess{Code::netmask, joined(joined(parts.qualifier, name, ":", address), "/",
                                               std::to_string(*bits))};
        }
        const std::size_t digit = std::min(length.find_first_not_of('0'), length.size());
        if (digit > 0 && digit < length.size()) {
            const Code code = name == "ip4" ? Code::prefix_length_ip4 : Code::prefix_length_ip6;
            return Guess{code, joined(joined(parts.qualifier, name, ":", address), "/",
                                      length.substr(digit))};
        }
    }
    if (!known_name(parts_of(value).name).empty() && parts_of(value).rest.starts_with(':'))
        return Guess{Code::misspelt_name, joined(parts.qualifier, value)};
    const bool letters = std::any_of(value.begin(), value.end(), ascii::is_alpha);
    const bool colons = value.find(':') != std::string_view::npos;
    if (letters && !colons && is_correct(joined("a:", value)))
        return Guess{Code::name_in_ip, joined(parts.qualifier, "a:", value)};
    return std::nullopt;
}

/// What stands in place of a domain.
std::optional<Guess> in_place_of_domain(const Parts& parts, std::string_view name,
                                        std::string_view value) {
    const std::string_view prefix = network_prefix(value);
    if (!prefix.empty() && !is_modifier(name))
        return Guess{Code::domain_address, joined(parts.qualifier, prefix, value)};
    const std::size_t slash = value.find('/');
    const bool takes_length = name == "a" || name == "mx";
    if (takes_length && slash != std::string_view::npos) {
        const std::size_t second = value.find('/', slash + 1);
        if (second != std::string_view::npos && second > slash + 1) {
            return Guess{Code::prefix_length_dual,
                         joined(joined(parts.qualifier, name, ":", value.substr(0, second)), "/",
                                value.substr(second))};
        }
    }
    if (!takes_length && slash != std::string_view::npos) {
        const std::string separator = is_modifier(name) ? "=" : ":";
        const bool empty = slash == 0;
        std::string out =
            joined(parts.qualifier, name, empty ? "" : separator, value.substr(0, slash));
        if (is_correct(out)) return Guess{Code::prefix_length_forbidden, std::move(out)};
    }
    return std::nullopt;
}

/// A known name with something wrong behind it.
std::optional<Guess> behind_name(const Parts& parts, std::string_view name) {
    const std::string_view separator = is_modifier(name) ? "=" : ":";
    if (name == "all") {
        if (parts.rest.empty()) return std::nullopt;
        return Guess{Code::missing_space, joined(parts.qualifier, name, " ", parts.rest)};
    }
    if (parts.rest.empty()) return std::nullopt;
    const std::string_view value = parts.rest.substr(1);
    if (is_modifier(name)) {
        if (!parts.qualifier.empty())
            return Guess{Code::qualified_modifier, joined(name, separator, value)};
        if (parts.rest.front() == ':')
            return Guess{Code::modifier_as_mechanism, joined(name, separator, value)};
        return in_place_of_domain(parts, name, value);
    }
    if (parts.rest.front() == '/' && (name == "a" || name == "mx")) {
        const std::size_t second = value.find('/');
        if (second == std::string_view::npos || second == 0) return std::nullopt;
        return Guess{Code::prefix_length_dual,
                     joined(joined(parts.qualifier, name, "/"), value.substr(0, second), "/",
                            value.substr(second))};
    }
    if (name == "ptr" && parts.rest.front() == '/')
        return Guess{Code::prefix_length_forbidden, joined(parts.qualifier, name)};
    if (std::string_view("=;,/|").find(parts.rest.front()) != std::string_view::npos)
        return Guess{Code::wrong_separator, joined(parts.qualifier, name, separator, value)};
    if (parts.rest.front() != ':') return std::nullopt;
    if (value.empty() && (name == "a" || name == "mx" || name == "ptr"))
        return Guess{Code::domain_missing, joined(parts.qualifier, name)};
    if (name == "ip4" || name == "ip6") return in_place_of_network(parts, name, value);
    return in_place_of_domain(parts, name, value);
}

/// `include.example.com`
std::optional<Guess> dot_for_colon(const Parts& parts) {
    const std::size_t dot = parts.name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const std::string_view name = known_name(parts.name.substr(0, dot));
    if (name.size() < 3 || name == "all" || name == "exp" || name == "ptr") return std::nullopt;
    return Guess{Code::wrong_separator,
                 joined(joined(parts.qualifier, name, is_modifier(name) ? "=" : ":"),
                        parts.name.substr(dot + 1), parts.rest)};
}

/// `ip:`, `ipv4:`, `inlcude:`
std::optional<Guess> misspelt(const Parts& parts) {
    const bool has_value =
        parts.rest.size() > 1 && (parts.rest.front() == ':' || parts.rest.front() == '=');
    const std::string_view value = has_value ? parts.rest.substr(1) : std::string_view();
    if (const std::string_view name = translation_of(parts.name); !name.empty()) {
        std::string rest(parts.rest);
        if (has_value) rest.front() = is_modifier(name) ? '=' : ':';
        return Guess{Code::translated_name, joined(parts.qualifier, name, rest)};
    }
    const bool short_name = parts.name.size() >= 2 && parts.name.size() <= 5;
    if (has_value && short_name && ascii::equal_ignoring_case(parts.name.substr(0, 2), "ip")) {
        const std::string_view prefix = network_prefix(value);
        const bool six = parts.name.find('6') != std::string_view::npos;
        const bool four = parts.name.find('4') != std::string_view::npos;
        if (prefix.empty() && !four && !six) return Guess{Code::misspelt_name, {}};
        const std::string_view guessed = !prefix.empty() ? prefix : six ? "ip6:" : "ip4:";
        return Guess{Code::misspelt_name, joined(parts.qualifier, guessed, value)};
    }
    const std::string_view name = similar_name(parts.name);
    if (name.empty()) return std::nullopt;
    if ((name == "all") != parts.rest.empty()) return std::nullopt;
    if (!parts.rest.empty() && !has_value) return std::nullopt;
    std::string rest(parts.rest);
    if (!rest.empty()) rest.front() = is_modifier(name) ? '=' : ':';
    return Guess{Code::misspelt_name, joined(parts.qualifier, name, rest)};
}

/// `~allyahoo-verification-key=...`: whatever follows begins a term of its own.
std::optional<Guess> behind_all(const Parts& parts) {
    if (parts.name.size() <= 3 || known_name(parts.name.substr(0, 3)) != "all") return std::nullopt;
    return Guess{Code::missing_space,
                 joined(joined(parts.qualifier, "all "), parts.name.substr(3), parts.rest)};
}

/// `_spf.example.com`: surely an include where it speaks of SPF.
std::optional<Guess> bare_domain(const Parts& parts) {
    if (!parts.rest.empty() || !is_correct(joined("include:", parts.name))) return std::nullopt;
    std::string lower(parts.name);
    ascii::make_lower(lower);
    const bool about_spf = lower.find("spf") != std::string::npos;
    return Guess{Code::bare_domain,
                 about_spf ? joined(parts.qualifier, "include:", parts.name) : std::string()};
}

std::optional<Guess> one_rule(std::string_view term) {
    const Parts parts = parts_of(term);
    const std::string_view body = term.substr(parts.qualifier.size());
    if (auto out = quotes(term)) return out;
    if (auto out = bare_address(parts, body)) return out;
    const bool empty_value = !known_name(parts.name).empty() && parts.rest == ":";
    if (!empty_value) {
        if (auto out = punctuation(term)) return out;
    }
    if (std::string split = split_terms(term, false); !split.empty())
        return Guess{Code::missing_space, std::move(split)};
    if (const std::string_view name = known_name(parts.name); !name.empty())
        return behind_name(parts, name);
    if (auto out = dot_for_colon(parts)) return out;
    if (auto out = misspelt(parts)) return out;
    if (auto out = behind_all(parts)) return out;
    return bare_domain(parts);
}

/// Applies the rules to each term that is broken still. Empty where one has none.
std::string once_more(std::string_view terms) {
    std::string out;
    while (!terms.empty()) {
        const std::size_t end = std::min(terms.find(' '), terms.size());
        const std::string_view term = terms.substr(0, end);
        terms.remove_prefix(std::min(end + 1, terms.size()));
        if (term.empty()) continue;
        if (!out.empty()) out += ' ';
        if (is_correct(term)) {
            out += term;
            continue;
        }
        const std::optional<Guess> better = one_rule(term);
        if (!better || better->correction.empty()) return {};
        out += better->correction;
    }
    return out;
}

}  // namespace

bool is_correct(std::string_view terms) {
    std::string text = "v=spf1 ";
    return parse_record(text.append(terms)).has_value();
}

std::optional<Guess> guess(std::string_view term) {
    constexpr int rounds = 4;
    const bool plain = std::all_of(term.begin(), term.end(), ascii::is_visible);
    std::optional<Guess> out = plain ? one_rule(term) : guess_foreign(term);
    if (!out) return out;
    for (int round = 0; round < rounds && !out->correction.empty(); ++round) {
        if (is_correct(out->correction)) return out;
        out->correction = once_more(out->correction);
    }
    if (!is_correct(out->correction)) out->correction.clear();
    return out;
}

}  // namespace spf::linting
