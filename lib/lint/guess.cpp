// Guesses at what broken terms were meant to be. The rules are tried in order, the most certain
// first.
//
// A rule is a function that examines one term and decides what is wrong with it. Its correction may
// consist of several terms, which may still be broken: without its quotes, `"ip:192.0.2.1"` still
// has a misspelt name. So the rules are applied to the correction again, a few times at most. Only
// a correction that is_offerable() is offered, because no correction may let every client pass.
//
// There is a correction only if a single meaning is possible. "ip45.6.7.8" has no correction,
// because it may mean `ip4:5.6.7.8` as well as `ip4:45.6.7.8`.

#include <algorithm>

#include "base/ascii.hpp"
#include "lint/text.hpp"
#include "spf/record/parse.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

/// Returns whether a directive lets far more addresses pass than one organisation has. Such a
/// directive may be in a correction if digits of the prefix length are missing. For example,
/// joining only the first two parts of "ip4:192.0.2.0 /2 4" would let a quarter of all addresses
/// pass.
bool takes_many(const Directive& directive) noexcept {
    if (directive.qualifier != Qualifier::pass) return false;
    if (const Network* const network = network_of(directive.mechanism)) {
        const bool four = network->family() == Family::ipv4;
        return network->prefix_length() < (four ? largest4 : largest6);
    }
    if (const DualPrefixLength* const prefix = prefix_of(directive.mechanism))
        return prefix->ip4 < largest4 || prefix->ip6 < largest6;
    return is_all(directive.mechanism);
}

bool opens_domain(std::string_view terms) {
    const Expected<Record> record = parse_record(joined({version_and_space, terms}));
    return record &&
           std::any_of(record->directives.begin(), record->directives.end(), lets_everyone_pass);
}

/// Returns whether a modifier with this name was certainly meant as something else, such as a
/// mechanism. Receivers ignore a modifier with an unknown name, so what was meant would be lost.
bool is_lost(std::string_view name) {
    std::string lower(name);
    ascii::make_lower(lower);
    return lower == "v" || lower.starts_with("all") || !known_name(lower).empty() ||
           !similar_name(lower).empty() || !translation_of(lower).empty() ||
           (lower.starts_with("ip") && lower.size() <= 5);
}

/// Returns whether the punctuation mark at the beginning of `behind` may be a digit that was typed
/// with the Shift key, as in `192.0.2.20!`. `rest` is the value before the mark. `opened` means
/// that there is a mark before the value too. Then a parenthesis after the value is not such a
/// digit.
bool may_be_digits(std::string_view rest, std::string_view behind, bool opened) {
    return !behind.empty() && ascii::is_digit(rest.back()) &&
           std::string_view(opened ? "!*&" : "!*&()").find(behind.front()) !=
               std::string_view::npos;
}

/// Returns whether `rest` ends in the name of a mechanism and `behind` begins with a colon, as in
/// "a.exampleip6:". Then another term may begin at this name.
bool may_begin_term(std::string_view rest, std::string_view behind) {
    std::string lower(rest);
    ascii::make_lower(lower);
    if (!behind.starts_with(':')) return false;
    return std::ranges::any_of(mechanism_kinds, [&lower](const TermKind& kind) {
        return kind.takes_argument() && kind.name.size() > 1 && lower.size() > kind.name.size() &&
               lower.ends_with(kind.name);
    });
}

/// Returns the term without a pair of brackets: `include:a.example` for `include:<a.example>`.
/// `rest` is the text before the closing bracket, and `behind` begins with that bracket. Returns
/// empty if there is no such pair. The braces of a macro are not brackets in this sense.
std::string without_brackets(std::string_view rest, std::string_view behind) {
    constexpr std::string_view opening = "(<[{";
    constexpr std::string_view closing = ")>]}";
    const std::size_t kind = closing.find(behind.empty() ? ' ' : behind.front());
    if (kind == std::string_view::npos) return {};
    const std::size_t at = rest.find(opening[kind]);
    if (at == std::string_view::npos || (at > 0 && rest[at - 1] == '%')) return {};
    return joined({rest.substr(0, at), rest.substr(at + 1)});
}

/// Guesses what was meant by a term with punctuation marks after it, or around it. A dot or a colon
/// before the term is not removed, because it may be part of the previous term.
std::optional<Guess> punctuation(std::string_view term) {
    constexpr std::string_view behind = ",;.:|)(<>][}{!*&";
    constexpr std::string_view in_front = ",;|)(<>][}{!*&";
    constexpr std::size_t most = 16;  // limits the work: the text before each mark is examined
    const std::size_t begin = term.find_first_not_of(in_front);
    if (begin == std::string_view::npos) return std::nullopt;
    std::string_view rest = term.substr(begin);
    if (rest.size() - rest.find_last_not_of(behind) > most) return std::nullopt;
    while (!rest.empty()) {  // removes as few marks as possible: an address may end in "::"
        if (rest.size() < term.size() && is_correct(rest)) {
            if (std::string inside = without_brackets(rest, term.substr(begin + rest.size()));
                !inside.empty()) {
                return Guess{Code::stray_punctuation, std::move(inside),
                             Sentence::value_in_brackets, Sentence::delete_brackets};
            }
            if (may_begin_term(rest, term.substr(begin + rest.size())))
                return Guess{Code::stray_punctuation, {}};
            if (may_be_digits(rest, term.substr(begin + rest.size()), begin > 0))
                return Guess{Code::stray_punctuation, {}};
            const bool front_alone = begin > 0 && begin + rest.size() == term.size();
            return Guess{Code::stray_punctuation, std::string(rest),
                         front_alone ? Sentence::mark_before_term : Sentence::usual};
        }
        if (behind.find(rest.back()) == std::string_view::npos) return std::nullopt;
        rest.remove_suffix(1);
    }
    return std::nullopt;
}

/// Guesses what was meant by an address without a mechanism. After a qualifier other than "+",
/// there is no correction: a "-" before an address may also be part of a range or of a list.
std::optional<Guess> bare_address(const Parts& parts, std::string_view body) {
    const std::string_view prefix = network_prefix(body);
    if (prefix.empty() || !known_name(parts.name).empty())
        return std::nullopt;  // as in "a:2001:db8::1"
    const bool clear = parts.qualifier.empty() || parts.qualifier == "+";
    return Guess{Code::bare_address,
                 clear ? joined({parts.qualifier, prefix, body}) : std::string()};
}

/// Guesses what was meant by terms with a comma, a semicolon or a bar between them in place of a
/// space, as in `a;mx,-all`.
std::optional<Guess> list_of_terms(std::string_view term) {
    if (term.find_first_of(",;|") == std::string_view::npos) return std::nullopt;
    std::string out(term);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == ',' || c == ';' || c == '|'; }, ' ');
    const std::size_t first = out.find_first_not_of(' ');
    const std::size_t last = out.find_last_not_of(' ');
    if (first == std::string::npos ||
        out.substr(first, last - first).find(' ') == std::string::npos)
        return std::nullopt;
    if (!is_correct(out)) return std::nullopt;
    return Guess{Code::missing_space, std::move(out), Sentence::other_separator,
                 Sentence::separate_by_spaces};
}

/// Guesses what was meant by a list of addresses without a mechanism, as in `192.0.2.1,192.0.2.2`.
std::optional<Guess> list_of_addresses(const Parts& parts, std::string_view body) {
    const std::size_t comma = body.find_first_of(",;|");
    if (!parts.qualifier.empty() || comma >= body.size() - 1) return std::nullopt;
    std::string out;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find_first_of(",;|"), body.size());
        const std::string_view prefix = network_prefix(body.substr(0, end));
        if (prefix.empty()) return std::nullopt;
        out.append(out.empty() ? "" : " ").append(prefix).append(body.substr(0, end));
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return Guess{Code::address_list, std::move(out)};
}

bool is_all(std::string_view term) {
    const Parts parts = parts_of(term);
    return parts.rest.empty() && known_name(parts.name) == "all";
}

/// Guesses what was meant by terms without spaces between them. If `all` was typed twice, the
/// correction contains it once.
std::optional<Guess> run_together(std::string_view term) {
    const std::string split = split_terms(term, false);
    if (split.empty()) return std::nullopt;
    std::string out;
    std::string_view all;
    std::string_view rest = split;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        const std::string_view each = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const bool more = is_all(each) && !all.empty();
        if (more && !ascii::equal_ignoring_case(each, all)) {
            return Guess{Code::missing_space, {}, Sentence::different_alls, Sentence::keep_one_all};
        }
        if (is_all(each)) all = each;
        if (!more) out.append(out.empty() ? "" : " ").append(each);
    }
    return Guess{Code::missing_space, std::move(out)};
}

/// Guesses what was meant by a term with a dot in place of its separator, as in
/// `include.example.com`.
std::optional<Guess> dot_for_colon(const Parts& parts) {
    const std::size_t dot = parts.name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const TermKind* const kind = known_term(parts.name.substr(0, dot));
    // The name of a mechanism with an optional argument may also be a label of a domain name, as in
    // "mx.example.com". The same applies to "exp". So it is not clear what such a term means.
    if (kind == nullptr || !kind->needs_argument() || kind->name == Explanation::keyword)
        return std::nullopt;
    return Guess{Code::wrong_separator, joined({parts.qualifier, kind->name, kind->separator,
                                                parts.name.substr(dot + 1), parts.rest})};
}

/// Guesses what was meant by a term without a separator, as in `ip4192.0.2.1` and
/// `include_spf.example.com`.
std::optional<Guess> no_separator(const Parts& parts, std::string_view body) {
    for (const std::string_view name : {"ipv4", "ipv6", "ip4", "ip6"}) {
        if (!ascii::equal_ignoring_case(body.substr(0, name.size()), name)) continue;
        const std::string_view value = body.substr(name.size());
        const std::string_view prefix = network_prefix(value);
        if (prefix.empty() || prefix[2] != name.back()) continue;
        const bool clear = network_prefix(body.substr(name.size() - 1)).empty();
        return Guess{Code::wrong_separator,
                     clear ? joined({parts.qualifier, prefix, value}) : std::string(),
                     Sentence::no_colon, Sentence::write_colon};
    }
    for (const std::string_view name : {Include::traits.name, Redirect::keyword}) {
        if (!ascii::equal_ignoring_case(body.substr(0, name.size()), name)) continue;
        const std::string_view value = body.substr(name.size());
        if (!value.starts_with('_') && !ascii::equal_ignoring_case(value.substr(0, 3), "spf"))
            continue;
        const bool modifier = is_modifier(name);
        return Guess{Code::wrong_separator,
                     joined({parts.qualifier, name, separator_behind(name), value}),
                     modifier ? Sentence::no_equals_sign : Sentence::no_colon,
                     modifier ? Sentence::write_equals_sign : Sentence::write_colon};
    }
    return std::nullopt;
}

/// Guesses what was meant by a misspelt `ip4` or `ip6`, as in `ip:`, `ipv4:` and `pi4:`.
std::optional<Guess> misspelt_ip(const Parts& parts, std::string_view value) {
    std::string lower(parts.name);
    ascii::make_lower(lower);
    const std::string_view prefix = network_prefix(value);
    const bool similar = std::ranges::any_of(mechanism_kinds, [&lower](const TermKind& kind) {
        return kind.takes_network && is_similar(lower, kind.name);
    });
    const bool begins = lower.starts_with("ip") && lower.size() <= 5;
    if (similar && lower.find('-') != std::string::npos)  // "i-p4" may be meant as "-ip4"
        return Guess{Code::misspelt_name, {}};
    if (!begins && (!similar || prefix.empty())) return std::nullopt;
    const bool six = lower.find('6') != std::string::npos;
    const bool four = lower.find('4') != std::string::npos;
    if (prefix.empty() && !four && !six) {
        const bool of_ip4 = value.find('.') != std::string_view::npos &&
                            value.find_first_not_of("0123456789./:") == std::string_view::npos;
        return Guess{Code::misspelt_name,
                     of_ip4 ? joined({parts.qualifier, "ip4:", value}) : std::string()};
    }
    const std::string_view guessed = !prefix.empty() ? prefix : six ? "ip6:" : "ip4:";
    if (may_belong_to_value(parts.name, guessed.substr(0, 3), value))
        return Guess{Code::misspelt_name, {}};
    return Guess{Code::misspelt_name, joined({parts.qualifier, guessed, value})};
}

/// Guesses that `aaaa`, with or without an argument, was meant as `a`.
std::optional<Guess> address_type(const Parts& parts) {
    if (!ascii::equal_ignoring_case(parts.name, "aaaa")) return std::nullopt;
    return Guess{Code::misspelt_name, joined({parts.qualifier, "a", parts.rest}), Sentence::aaaa,
                 Sentence::write_a};
}

/// Guesses what was meant by a misspelt or translated name, as in `inlcude:` and `einschliessen:`.
std::optional<Guess> misspelt(const Parts& parts) {
    const bool has_value =
        parts.rest.size() > 1 && (parts.rest.front() == ':' || parts.rest.front() == '=');
    if (const std::string_view name = translation_of(parts.name); !name.empty()) {
        std::string rest(parts.rest);
        if (has_value) rest.front() = separator_behind(name).front();
        return Guess{Code::translated_name, joined({parts.qualifier, name, rest})};
    }
    if (auto out = address_type(parts)) return out;
    if (has_value) {
        if (auto out = misspelt_ip(parts, parts.rest.substr(1))) return out;
    }
    const std::string_view name = similar_name(parts.name);
    if (name.empty() || name == "all" || !has_value) return std::nullopt;
    if (may_belong_to_value(parts.name, name, parts.rest.substr(1)))
        return Guess{Code::misspelt_name, {}};
    std::string rest(parts.rest);
    rest.front() = separator_behind(name).front();
    return Guess{Code::misspelt_name, joined({parts.qualifier, name, rest})};
}

/// Guesses what was meant by "all" with another term directly after it, as in `~allmx`.
std::optional<Guess> behind_all(const Parts& parts) {
    if (parts.name.size() <= 3 || known_name(parts.name.substr(0, 3)) != "all") return std::nullopt;
    return Guess{Code::missing_space,
                 joined({parts.qualifier, "all ", parts.name.substr(3), parts.rest})};
}

/// Guesses what was meant by a domain name without a mechanism. If the name mentions SPF, as in
/// `_spf.example.com`, it is certainly meant as an include. Otherwise there is no correction.
std::optional<Guess> bare_domain(const Parts& parts) {
    if (!parts.rest.empty() || !is_correct(joined({"include:", parts.name}))) return std::nullopt;
    const bool clear =
        (parts.qualifier.empty() || parts.qualifier == "+") && !begins_with_name(parts.name);
    return Guess{Code::bare_domain, clear && is_about_spf(parts.name)
                                        ? joined({parts.qualifier, "include:", parts.name})
                                        : std::string()};
}

std::optional<Guess> one_rule(std::string_view term) {
    const Parts parts = parts_of(term);
    const std::string_view body = term.substr(parts.qualifier.size());
    const TermKind* const kind = known_term(parts.name);
    if (auto out = guess_quotes(term)) return out;
    if (auto out = guess_all(term)) return out;
    if (auto out = guess_pasted_record(term)) return out;
    if (auto out = bare_address(parts, body)) return out;
    const bool empty_value = kind != nullptr && parts.rest == ":";
    const bool addresses = kind != nullptr && kind->takes_network;
    if (!empty_value) {
        if (auto out = punctuation(term)) return out;
    }
    if (!addresses) {
        if (auto out = list_of_terms(term)) return out;
        if (auto out = list_of_addresses(parts, body)) return out;
    }
    if (auto out = run_together(term)) return out;
    if (kind != nullptr) return guess_behind_name(parts, *kind);
    if (auto out = dot_for_colon(parts)) return out;
    if (auto out = misspelt(parts)) return out;
    if (auto out = no_separator(parts, body)) return out;
    if (auto out = behind_all(parts)) return out;
    return bare_domain(parts);
}

/// Returns the terms, with a correction in place of each term that is not offerable
/// (is_offerable()). The correction is the one that one_rule() finds. Returns empty if such a term
/// has no correction.
std::string once_more(std::string_view terms) {
    std::string out;
    while (!terms.empty()) {
        const std::size_t end = std::min(terms.find(' '), terms.size());
        const std::string_view term = terms.substr(0, end);
        terms.remove_prefix(std::min(end + 1, terms.size()));
        if (term.empty()) continue;
        if (!out.empty()) out += ' ';
        if (is_offerable(term)) {
            out += term;
            continue;
        }
        const std::optional<Guess> better = one_rule(term);
        if (!better || better->correction.empty()) return {};
        out += better->correction;
    }
    return out;
}

/// Applies the rules of one_rule() to the correction of a guess until the correction is offerable
/// (is_offerable()). If the correction is still not offerable after a few attempts, removes it.
void settle(Guess& out) {
    constexpr int rounds = 4;
    for (int round = 0; round < rounds && !out.correction.empty(); ++round) {
        if (is_offerable(out.correction)) return;
        if (opens_domain(out.correction)) {
            // A translated or misspelt word may mean something other than "all". An "all" in quotes
            // was certainly meant as "all".
            out.everyone_passes =
                out.code != Code::translated_name && out.code != Code::misspelt_name;
            out.advised = Sentence::write_all;
            out.correction.clear();
            return;
        }
        const std::string last = out.correction;
        out.correction = once_more(last);
        const bool single = last.find(' ') == std::string::npos;
        if (!out.correction.empty() || !single) continue;
        if (const std::optional<Guess> all = guess_all(last)) {  // as in `"all-"`
            out.advised = all->advised;
            out.everyone_passes = all->everyone_passes;
        }
    }
    if (!is_offerable(out.correction)) out.correction.clear();
}

}  // namespace

bool is_correct(std::string_view terms) {
    return parse_record(joined({version_and_space, terms})).has_value();
}

bool is_offerable(std::string_view terms) {
    const Expected<Record> record = parse_record(joined({version_and_space, terms}));
    return record &&
           std::none_of(record->directives.begin(), record->directives.end(), takes_many) &&
           std::none_of(record->modifiers.begin(), record->modifiers.end(),
                        [](const Modifier& each) {
                            const auto* unknown = std::get_if<UnknownModifier>(&each.kind);
                            return unknown != nullptr && is_lost(unknown->name);
                        });
}

std::optional<Guess> guess(std::string_view term) {
    const bool plain = std::all_of(term.begin(), term.end(), ascii::is_visible);
    std::optional<Guess> out = plain ? one_rule(term) : guess_foreign(term);
    if (out) settle(*out);
    return out;
}

}  // namespace spf::lint
