// Parses the text of one SPF record into a syntax tree (RFC 7208 section 12).
//
//     record    = version terms *SP
//     terms     = *( 1*SP ( directive / modifier ) )
//     directive = [ qualifier ] mechanism
//     modifier  = redirect / explanation / unknown-modifier
//
// The octet after the name of a term decides which kind of term it is (4.6.1): after "=" it is a
// modifier; after ":" or "/", or at the end of the term, it is a mechanism. The text is read once,
// from left to right, so the first error that is found is the leftmost one. No error is repaired. A
// Record is created only after every octet of the text has been examined.

#include "spf/record/parse.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/ascii.hpp"
#include "base/octets.hpp"
#include "base/padded_text.hpp"
#include "base/term_messages.hpp"
#include "net/ip_reader.hpp"
#include "record/builder.hpp"
#include "record/macro_syntax.hpp"
#include "record/term_kinds.hpp"

namespace spf {
namespace {

using Code = ParseError::Code;

static_assert(ends_in_names(no_such_mechanism, mechanism_kinds) &&
                  ends_in_names(prefix_length_elsewhere, term_kinds_where<[](const TermKind& kind) {
                                    return kind.takes_prefix_length || kind.takes_network;
                                }>) &&
                  ends_in_names(modifiers_have_equals.substr(0,
                                                             modifiers_have_equals.find(" are ")),
                                modifier_kinds) &&
                  ends_in_names(modifiers_stand_once.substr(0, modifiers_stand_once.find(" may ")),
                                modifier_kinds, "="),
              "base/term_messages.hpp has to name the new term, in the order of the variant");

constexpr ascii::OctetSet is_name_character{
    [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; }};

/// Returns the number in the digits of a prefix length; nothing if the digits are not a number from
/// 0 to `largest` without a leading zero.
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

/// Returns the index at which the digits at the end of `text` begin; text.size() if there are none.
std::size_t trailing_digits(std::string_view text) noexcept {
    std::size_t at = text.size();
    while (at > 0 && ascii::is_digit(text[at - 1])) --at;
    return at;
}

/// Reads the text of a record and builds the Record term by term. The offsets in all errors are
/// counted from the start of the whole text.
///
/// Each read_...() function that returns a pointer returns the place after the text that it has
/// read; null means an error. Each read_...() function that returns bool reads up to the end of the
/// term; false means an error. When they find an error, these functions set error_.
class RecordReader {
public:
    explicit RecordReader(std::string_view text) : builder_(text) {}

    [[nodiscard]] bool read() {
        PaddedText rest = builder_.text().drop(version_section.size());
        while (true) {
            while (!rest.empty() && rest.front() == ' ') rest = rest.drop(1);
            if (rest.empty()) return true;
            const char* behind = read_plain_ip4(rest);
            if (behind == nullptr) behind = read_term(rest);
            if (behind == nullptr) {
                blame_character(term_of(rest));
                return false;
            }
            rest = rest.from(behind);
        }
    }

    [[nodiscard]] const ParseError& error() const noexcept { return error_; }
    Record take() { return builder_.take(); }

private:
    /// Reads a term of the most frequent form: "ip4:" in lower case, without a qualifier, with a
    /// valid network. In the records of large senders, most terms have this form. If the term has
    /// another form or an error, nothing is read and error_ is not set, so that the caller can call
    /// read_term().
    /// \return the place after the term; null if nothing was read
    const char* read_plain_ip4(PaddedText term) noexcept {
        if (!begins_with(term, "ip4:")) return nullptr;
        PaddedText rest = term.drop(4);
        Network network;
        if (!read_ip4_network(rest, network) || rest.front() != ' ') return nullptr;
        builder_.add_ip4(network, term.up_to(rest.begin()));
        return rest.begin();
    }

    template <std::size_t Size>
    static bool begins_with(PaddedText text, const char (&beginning)[Size]) noexcept {
        static_assert(Size - 1 <= PaddedText::padding);
        return (text.word() & octets::first(Size - 1)) == octets::word({beginning, Size - 1});
    }

    [[nodiscard]] std::size_t offset_of(std::string_view part) const noexcept {
        return static_cast<std::size_t>(part.data() - builder_.text().begin());
    }
    /// Returns the first term of `rest`, which must not begin with a space.
    static PaddedText term_of(PaddedText rest) noexcept {
        const std::string_view text = rest;
        return rest.take(std::min(text.find(' '), text.size()));
    }

    bool fail(Code code, std::string_view place) noexcept {
        error_ = {code, offset_of(place), place.size()};
        return false;
    }
    /// Corrects the offset of error_, which is counted from the start of `part`, so that it is
    /// counted from the start of the whole text. Always returns false.
    bool fail_in(std::string_view part) noexcept {
        error_.offset += offset_of(part);
        return false;
    }
    /// Searches the term in which an error was found, up to the end of this error, for an octet
    /// that is not allowed anywhere in a record. If there is such an octet, it is reported as the
    /// error instead.
    void blame_character(std::string_view term) noexcept {
        const std::string_view text = builder_.text();
        const std::size_t begin =
            std::min(text.rfind(' ', error_.offset == 0 ? 0 : error_.offset - 1), text.size());
        const std::size_t end =
            std::min(offset_of(term) + term.size(), error_.offset + error_.length);
        for (std::size_t at = begin + 1; at < end; ++at) {
            if (ascii::is_visible(text[at])) continue;
            error_ = {Code::invalid_character, at, 1};
            return;
        }
    }

    /// Reads a domain-spec that extends to the next space or to the end of the text.
    const char* read_domain_spec(PaddedText rest, MacroString& domain) {
        if (!domain_spec(rest, domain)) return nullptr;
        return behind(domain.text());
    }
    static const char* behind(std::string_view text) noexcept { return text.data() + text.size(); }

    /// Reads a mechanism that has no qualifier and whose only argument is a domain-spec. The caller
    /// has already read the name.
    template <class Kind>
    const char* read_with_domain(PaddedText term, PaddedText argument) {
        Directive& directive = builder_.add_directive();
        const char* const end =
            read_domain_spec(argument, directive.mechanism.emplace<Kind>().domain);
        directive.text = term.up_to(end == nullptr ? term.begin() : end);
        return end;
    }

    const char* read_term(PaddedText term) {
        if (begins_with(term, "include:")) return read_with_domain<Include>(term, term.drop(8));
        if (begins_with(term, "exists:")) return read_with_domain<Exists>(term, term.drop(7));
        const bool qualified = is_qualifier(term.front());
        const char* const begin = term.begin() + (qualified ? 1 : 0);
        const char* at = begin;
        while (is_name_character(*at)) ++at;  // a term is followed by a space, which ends the loop
        const PaddedText name = term.from(begin).up_to(at);
        if (*at == '=') {
            if (!qualified) return read_modifier(name, term.from(at + 1), term);
            fail(Code::qualified_modifier, term.up_to(at + 1));
            return nullptr;
        }
        const PaddedText text = term_of(term);
        return read_directive(text, qualified, name) ? text.end() : nullptr;
    }

    bool read_directive(PaddedText term, bool qualified, PaddedText name) {
        const PaddedText rest = term.from(name.end());
        if (name.empty())
            return fail(rest.empty() ? Code::missing_mechanism : Code::unknown_mechanism, rest);
        Directive& directive = builder_.add_directive();
        directive.text = term;
        if (qualified) directive.qualifier = static_cast<Qualifier>(term.front());
        if (!read_mechanism(name, rest, directive.mechanism)) return false;
        if (const auto* ip4 = std::get_if<Ip4>(&directive.mechanism))
            builder_.set_test(ip4->network);
        return true;
    }

    const char* read_modifier(PaddedText name, PaddedText value, PaddedText term) {
        if (name.empty() || !ascii::is_alpha(name.front())) {
            fail(Code::modifier_name, term.up_to(value.begin()));
            return nullptr;
        }
        const bool redirect = is<Redirect>(name);
        const bool explanation = is<Explanation>(name);
        bool& seen = redirect ? redirect_seen_ : explanation_seen_;
        if ((redirect || explanation) && std::exchange(seen, true)) {
            fail(Code::duplicate_modifier, term_of(term));
            return nullptr;
        }
        Modifier& modifier = builder_.add_modifier();
        const char* const end =
            redirect ? read_domain_spec(value, modifier.kind.emplace<Redirect>().domain)
            : explanation
                ? read_domain_spec(value, modifier.kind.emplace<Explanation>().domain)
                : read_unknown(value,
                               modifier.kind.emplace<UnknownModifier>(UnknownModifier{name, {}}));
        modifier.text = term.up_to(end == nullptr ? term.begin() : end);
        return end;
    }

    const char* read_unknown(PaddedText value, UnknownModifier& modifier) {
        if (MacroScanner::macro_string(value, false, modifier.value, error_))
            return behind(modifier.value.text());
        fail_in(value);
        return nullptr;
    }

    /// Reads a mechanism whose name the caller has already read. `rest` is the text directly after
    /// `name`. read_argument() has an overload for each type of mechanism, or for all types with a
    /// certain member.
    bool read_mechanism(PaddedText name, PaddedText rest, Mechanism& mechanism) {
        return read_one_of(name, rest, mechanism, std::make_index_sequence<mechanism_count>{});
    }
    template <std::size_t... Is>
    bool read_one_of(PaddedText name, PaddedText rest, Mechanism& mechanism,
                     std::index_sequence<Is...>) {
        bool read = false;
        const auto is_it = [&]<std::size_t I>() {
            using Kind = std::variant_alternative_t<I, Mechanism>;
            if (!is<Kind>(name)) return false;
            read = read_argument(rest, mechanism.emplace<I>());
            return true;
        };
        if ((is_it.template operator()<Is>() || ...)) return read;
        const bool modifier = is<Redirect>(name) || is<Explanation>(name);
        return fail(modifier ? Code::modifier_as_mechanism : Code::unknown_mechanism, name);
    }
    static constexpr std::size_t mechanism_count = std::variant_size_v<Mechanism>;

    /// Returns whether `name` is the name of this kind of term, ignoring case. All octets of `name`
    /// are characters that a name may contain. Setting one bit in each of them changes all letters
    /// to lower case.
    template <class Kind>
    static bool is(PaddedText name) noexcept {
        constexpr std::string_view lower = name_in_lower_case<Kind>();
        constexpr std::uint64_t wanted = octets::word(lower);
        static_assert(lower.size() <= PaddedText::padding);
        const std::uint64_t word = name.word() | octets::each * 0x20U;
        return name.size() == lower.size() && (word & octets::first(lower.size())) == wanted;
    }
    template <class Kind>
    static constexpr std::string_view name_in_lower_case() noexcept {
        if constexpr (requires { Kind::traits; }) {
            return Kind::traits.name;
        } else {
            return Kind::keyword;
        }
    }

    bool read_argument(PaddedText rest, All&) {
        if (!rest.empty()) return fail(Code::unexpected_argument, rest);
        builder_.note_all();
        return true;
    }
    /// Reads the argument of `include` and `exists`, which is a domain-spec.
    template <class Kind>
    requires std::is_same_v<decltype(Kind::domain), MacroString>
    bool read_argument(PaddedText rest, Kind& mechanism) {
        return with_domain(rest, mechanism.domain);
    }
    /// Reads the arguments of `a` and `mx`: an optional domain-spec and optional prefix lengths.
    template <class Kind>
    requires std::is_same_v<decltype(Kind::prefix), DualPrefixLength>
    bool read_argument(PaddedText rest, Kind& mechanism) { return with_prefix(rest, mechanism); }
    bool read_argument(PaddedText rest, Ptr& mechanism) {
        if (!rest.empty() && rest.front() == '/') return fail(Code::prefix_length_forbidden, rest);
        return optional_domain(rest, mechanism.domain);
    }
    bool read_argument(PaddedText rest, Ip4& mechanism) {
        if (rest.front() == ':') {
            PaddedText network = rest.drop(1);
            if (read_ip4_network(network, mechanism.network) && network.empty()) return true;
        }
        return with_network(rest, mechanism.network, Network::parse_v4);
    }
    bool read_argument(PaddedText rest, Ip6& mechanism) {
        return with_network(rest, mechanism.network, Network::parse_v6);
    }

    bool domain_spec(PaddedText text, MacroString& domain) {
        return MacroScanner::domain_spec(text, domain, error_) || fail_in(text);
    }

    /// Reads the argument of `ptr`, which is optional: [ ":" domain-spec ].
    bool optional_domain(PaddedText rest, std::optional<MacroString>& domain) {
        if (rest.empty()) return true;
        if (rest.front() != ':') return fail(Code::unexpected_argument, rest);
        return domain_spec(rest.drop(1), domain.emplace());
    }

    template <class Kind>
    bool with_prefix(PaddedText rest, Kind& mechanism) {
        if (rest.empty()) return true;
        return take_dual_prefix(rest, mechanism.prefix) && optional_domain(rest, mechanism.domain);
    }

    bool with_domain(PaddedText rest, MacroString& domain) {
        if (rest.empty() || rest.front() != ':') return fail(Code::missing_argument, rest);
        return domain_spec(rest.drop(1), domain);
    }

    template <class Parse>
    bool with_network(PaddedText rest, Network& network, Parse parse) {
        if (rest.size() < 2 || rest.front() != ':') return fail(Code::missing_argument, rest);
        const std::string_view text = rest.drop(1);
        auto read = parse(text);
        if (read) {
            network = *read;
            return true;
        }
        error_ = read.error();
        return fail_in(text);
    }

    /// Reads dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ] (5.6).
    ///
    /// Both prefix lengths are at the end of `text` and are removed from it. They are read from the
    /// end, because the domain-spec before them may contain slashes.
    bool take_dual_prefix(PaddedText& text, DualPrefixLength& prefix) {
        std::size_t digits = trailing_digits(text);
        const auto slash_before = [&text](std::size_t at) { return at > 0 && text[at - 1] == '/'; };
        if (slash_before(digits) && slash_before(digits - 1)) {
            const auto length = read_length(text.drop(digits), 128);
            if (!length) return fail(Code::prefix_length_ip6, text.drop(digits - 2));
            prefix.ip6 = *length;
            text = text.take(digits - 2);
            digits = trailing_digits(text);
            // As in "//64", which has no IPv4 prefix length.
            if (digits == text.size()) return true;
        }
        if (!slash_before(digits)) return true;
        const std::size_t first = trailing_digits(text.take(digits - 1));
        if (first < digits - 1 && slash_before(first)) {
            // There is another prefix length before the slash, as in "a/24/64". A domain-spec
            // cannot end in a prefix length, so both are prefix lengths and the second one lacks a
            // slash.
            return fail(Code::prefix_length_dual, text.drop(digits - 1));
        }
        const auto length = read_length(text.drop(digits), 32);
        if (!length) return fail(Code::prefix_length_ip4, text.drop(digits - 1));
        prefix.ip4 = *length;
        text = text.take(digits - 1);
        return true;
    }

    RecordBuilder builder_;
    bool redirect_seen_ = false;
    bool explanation_seen_ = false;
    ParseError error_;
};

}  // namespace

bool has_version(std::string_view text) noexcept {
    const std::size_t size = version_section.size();
    return ascii::equal_ignoring_case(text.substr(0, size), version_section) &&
           (text.size() == size || text[size] == ' ');
}

Expected<Record> parse_record(std::string_view text) {
    if (!has_version(text))
        return ParseError{Code::not_spf, 0, std::min(text.size(), version_section.size())};
    RecordReader reader{text};
    if (!reader.read()) return reader.error();
    return reader.take();
}

}  // namespace spf
