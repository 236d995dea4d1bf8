// One SPF record, text to syntax tree (RFC 7208 section 12).
//
//     record    = version terms *SP
//     terms     = *( 1*SP ( directive / modifier ) )
//     directive = [ qualifier ] mechanism
//     modifier  = redirect / explanation / unknown-modifier
//
// A term is told apart by what follows its name: "=" makes it a modifier, ":" or "/" or its end a
// mechanism (4.6.1). Everything is read in one pass from left to right, so that the first error
// found is the leftmost; nothing is repaired, and every octet of the text has been looked at
// before a Record exists.

#include "spf/parse.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "ascii.hpp"

namespace spf {
namespace {

using Code = ParseError::Code;

constexpr std::string_view version = "v=spf1";

constexpr bool is_qualifier(char c) noexcept {
    return c == '+' || c == '-' || c == '~' || c == '?';
}
constexpr bool is_name_character(char c) noexcept {
    return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

/// Reads a number without leading zero at the end of a prefix length: 0 .. largest.
std::optional<std::uint8_t> read_length(std::string_view digits, unsigned largest) noexcept {
    if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits.front() == '0'))
        return std::nullopt;
    unsigned value = 0;
    for (const char c : digits) {
        if (!ascii::is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    if (value > largest) return std::nullopt;
    return static_cast<std::uint8_t>(value);
}

/// Where the digits at the end of `text` begin.
std::size_t trailing_digits(std::string_view text) noexcept {
    std::size_t at = text.size();
    while (at > 0 && ascii::is_digit(text[at - 1])) --at;
    return at;
}

/// dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]
///
/// Taken off the end of `text`, because a domain-spec in front of it may hold slashes itself.
Expected<DualPrefixLength> take_dual_prefix(std::string_view& text) {
    DualPrefixLength prefix;
    std::size_t digits = trailing_digits(text);
    const auto slash_before = [&text](std::size_t at) { return at > 0 && text[at - 1] == '/'; };
    if (slash_before(digits) && slash_before(digits - 1)) {
        const auto length = read_length(text.substr(digits), 128);
        if (!length)
            return ParseError{Code::prefix_length_ip6, digits - 2, text.size() - digits + 2};
        prefix.ip6 = *length;
        text = text.substr(0, digits - 2);
        digits = trailing_digits(text);
        if (digits == text.size()) return prefix;  // "//64" alone
    }
    if (slash_before(digits)) {
        const std::size_t first = trailing_digits(text.substr(0, digits - 1));
        if (first < digits - 1 && slash_before(first)) {
            // "a/24/64": what stands before is a prefix length already, and no domain-spec ends so.
            return ParseError{Code::prefix_length_dual, digits - 1, text.size() - digits + 1};
        }
        const auto length = read_length(text.substr(digits), 32);
        if (!length)
            return ParseError{Code::prefix_length_ip4, digits - 1, text.size() - digits + 1};
        prefix.ip4 = *length;
        text = text.substr(0, digits - 1);
    }
    return prefix;
}

ParseError shifted(ParseError error, std::size_t by) noexcept {
    error.offset += by;
    return error;
}

}  // namespace

/// Fills a Record term by term. All offsets in errors count from the start of the whole text.
class RecordReader {
public:
    explicit RecordReader(std::string_view text) {
        const auto copy = std::make_shared_for_overwrite<char[]>(text.size());
        std::copy(text.begin(), text.end(), copy.get());
        record_.text_ = copy;
        record_.size_ = text.size();
        text_ = {copy.get(), text.size()};
    }

    std::optional<ParseError> read() {
        record_.directives.reserve(count_directives());
        std::size_t at = version.size();
        while (true) {
            while (at < text_.size() && text_[at] == ' ') ++at;
            if (at == text_.size()) return std::nullopt;
            const std::size_t end = std::min(text_.find(' ', at), text_.size());
            if (auto error = read_term(text_.substr(at, end - at))) {
                return blame_character(shifted(*error, at), at, end);
            }
            at = end;
        }
    }

    Record take() { return std::move(record_); }

private:
    /// An upper bound that is exact for the usual record: terms without "=".
    [[nodiscard]] std::size_t count_directives() const noexcept {
        std::size_t count = 0;
        bool in_term = true;  // the version
        for (std::size_t i = version.size(); i < text_.size(); ++i) {
            if (text_[i] == ' ') {
                in_term = false;
            } else if (!in_term) {
                in_term = true;
                ++count;
            }
        }
        return count;
    }

    /// Whatever else it looked like: an octet that may not stand anywhere is the thing to say first.
    [[nodiscard]] ParseError blame_character(ParseError error, std::size_t begin,
                                             std::size_t end) const noexcept {
        const std::string_view term =
            text_.substr(begin, std::min(end, error.offset + error.length) - begin);
        const auto* const bad = std::find_if_not(term.begin(), term.end(), ascii::is_visible);
        if (bad == term.end()) return error;
        return {Code::invalid_character, begin + static_cast<std::size_t>(bad - term.begin()), 1};
    }

    std::optional<ParseError> read_term(std::string_view term) {
        const bool qualified = is_qualifier(term.front());
        const std::size_t begin = qualified ? 1 : 0;
        std::size_t end = begin;
        while (end < term.size() && is_name_character(term[end])) ++end;
        const std::string_view name = term.substr(begin, end - begin);
        const std::string_view rest = term.substr(end);
        if (!rest.empty() && rest.front() == '=') {
            if (qualified) return ParseError{Code::qualified_modifier, 0, end + 1};
            return read_modifier(name, rest.substr(1), term);
        }
        if (name.empty()) {
            if (rest.empty()) return ParseError{Code::missing_mechanism, term.size(), 0};
            return ParseError{Code::unknown_mechanism, begin, rest.size()};
        }
        auto mechanism = read_mechanism(name, rest);
        if (!mechanism) return shifted(mechanism.error(), begin);
        record_.directives.push_back(
            {qualified ? static_cast<Qualifier>(term.front()) : Qualifier::pass, *mechanism, term});
        return std::nullopt;
    }

    std::optional<ParseError> read_modifier(std::string_view name, std::string_view value,
                                            std::string_view term) {
        if (name.empty() || !ascii::is_alpha(name.front())) {
            return ParseError{Code::modifier_name, 0, name.size() + 1};
        }
        const bool redirect = ascii::equal_ignoring_case(name, "redirect");
        const bool explanation = ascii::equal_ignoring_case(name, "exp");
        auto macro = redirect || explanation ? MacroString::parse_domain_spec(value)
                                             : MacroString::parse_macro_string(value);
        if (redirect && record_.redirect() != nullptr)
            return ParseError{Code::duplicate_modifier, 0, term.size()};
        if (explanation && record_.explanation() != nullptr)
            return ParseError{Code::duplicate_modifier, 0, term.size()};
        if (!macro) return shifted(macro.error(), name.size() + 1);
        if (redirect) {
            record_.modifiers.push_back({Redirect{*macro}, term});
        } else if (explanation) {
            record_.modifiers.push_back({Explanation{*macro}, term});
        } else {
            record_.modifiers.push_back({UnknownModifier{name, *macro}, term});
        }
        return std::nullopt;
    }

    /// Offsets in errors count from the start of `name`, which `rest` follows directly.
    Expected<Mechanism> read_mechanism(std::string_view name, std::string_view rest) {
        switch (name.size()) {
            case 1:
                if (is(name, "a")) return with_prefix<A>(name, rest);
                break;
            case 2:
                if (is(name, "mx")) return with_prefix<Mx>(name, rest);
                break;
            case 3:
                if (is(name, "ip4")) return with_network<Ip4>(name, rest, Network::parse_v4);
                if (is(name, "ip6")) return with_network<Ip6>(name, rest, Network::parse_v6);
                if (is(name, "all")) return all(name, rest);
                if (is(name, "ptr")) return ptr(name, rest);
                break;
            case 6:
                if (is(name, "exists")) return with_domain<Exists>(name, rest);
                break;
            case 7:
                if (is(name, "include")) return with_domain<Include>(name, rest);
                break;
            default: break;
        }
        const bool modifier = is(name, "redirect") || is(name, "exp");
        return ParseError{modifier ? Code::modifier_as_mechanism : Code::unknown_mechanism, 0,
                          name.size()};
    }

    static bool is(std::string_view name, std::string_view lower) noexcept {
        return ascii::equal_ignoring_case(name, lower);
    }

    Expected<Mechanism> all(std::string_view name, std::string_view rest) {
        if (!rest.empty()) return ParseError{Code::unexpected_argument, name.size(), rest.size()};
        record_.has_all_ = true;
        return Mechanism{All{}};
    }

    /// [ ":" domain-spec ] and nothing else.
    static Expected<std::optional<MacroString>> optional_domain(std::string_view rest) {
        if (rest.empty()) return std::optional<MacroString>{};
        if (rest.front() != ':') return ParseError{Code::unexpected_argument, 0, rest.size()};
        auto domain = MacroString::parse_domain_spec(rest.substr(1));
        if (!domain) return shifted(domain.error(), 1);
        return std::optional<MacroString>{*domain};
    }

    static Expected<Mechanism> ptr(std::string_view name, std::string_view rest) {
        if (!rest.empty() && rest.front() == '/') {
            return ParseError{Code::prefix_length_forbidden, name.size(), rest.size()};
        }
        auto domain = optional_domain(rest);
        if (!domain) return shifted(domain.error(), name.size());
        return Mechanism{Ptr{*domain}};
    }

    template <class Kind>
    static Expected<Mechanism> with_prefix(std::string_view name, std::string_view rest) {
        auto prefix = take_dual_prefix(rest);
        if (!prefix) return shifted(prefix.error(), name.size());
        auto domain = optional_domain(rest);
        if (!domain) return shifted(domain.error(), name.size());
        return Mechanism{Kind{*domain, *prefix}};
    }

    template <class Kind>
    static Expected<Mechanism> with_domain(std::string_view name, std::string_view rest) {
        if (rest.empty() || rest.front() != ':')
            return ParseError{Code::missing_argument, name.size(), rest.size()};
        auto domain = MacroString::parse_domain_spec(rest.substr(1));
        if (!domain) return shifted(domain.error(), name.size() + 1);
        return Mechanism{Kind{*domain}};
    }

    template <class Kind, class Read>
    static Expected<Mechanism> with_network(std::string_view name, std::string_view rest,
                                            Read read) {
        if (rest.size() < 2 || rest.front() != ':')
            return ParseError{Code::missing_argument, name.size(), rest.size()};
        auto network = read(rest.substr(1));
        if (!network) return shifted(network.error(), name.size() + 1);
        return Mechanism{Kind{*network}};
    }

    Record record_;
    std::string_view text_;
};

bool has_version(std::string_view text) noexcept {
    return text.size() >= version.size() &&
           ascii::equal_ignoring_case(text.substr(0, version.size()), version) &&
           (text.size() == version.size() || text[version.size()] == ' ');
}

Expected<Record> parse_record(std::string_view text) {
    if (!has_version(text))
        return ParseError{Code::not_spf, 0, std::min(text.size(), version.size())};
    RecordReader reader{text};
    if (auto error = reader.read()) return *error;
    return reader.take();
}

}  // namespace spf
