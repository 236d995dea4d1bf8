/// \file record/record.hpp  An SPF record as a syntax tree (RFC 7208 sections 4.6, 5, 6 and 12).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/macro.hpp"

namespace spf {

/// The beginning of every record. In a record, it may be in lower or upper case, and is followed by
/// a space or by the end of the record (4.5).
inline constexpr std::string_view version_section = "v=spf1";

/// The qualifiers. The qualifier of a directive is the result of the check if the mechanism matches
/// (4.6.2).
enum class Qualifier : char { pass = '+', fail = '-', softfail = '~', neutral = '?' };

/// The four qualifiers as characters (4.6.1).
inline constexpr std::string_view qualifiers = "+-~?";
/// Returns whether an octet is a qualifier.
[[nodiscard]] constexpr bool is_qualifier(char octet) noexcept {
    return octet == '+' || octet == '-' || octet == '~' || octet == '?';
}

/// What a mechanism asks DNS for (4.6.4).
enum class Asks : std::uint8_t {
    nothing,    ///< nothing, because the record itself describes the addresses that match
    record,     ///< the SPF record of another domain (5.2)
    addresses,  ///< the addresses of a name (5.3)
    exchanges,  ///< the mail exchanges of a name, and their addresses (5.4)
    names,      ///< the names of the client, from the reverse mapping of its address (5.5)
    existence,  ///< whether a name has an A record, even if the client has an IPv6 address (5.7)
};

/// The name of a mechanism, and what it asks DNS for. The struct of every mechanism, such as
/// Include, has these facts in its static member `traits`. The other members of the struct are the
/// arguments that the mechanism may have: `domain`, `prefix`, `network`.
struct MechanismTraits {
    std::string_view name{};    ///< the name in lower case
    Asks asks = Asks::nothing;  ///< what the mechanism asks DNS for

    /// Returns whether the mechanism needs a DNS lookup. If so, it counts against the limit of ten
    /// terms (4.6.4).
    [[nodiscard]] constexpr bool asks_dns() const noexcept { return asks != Asks::nothing; }
};

/// The mechanism `all` (5.1), which always matches.
struct All {
    /// The name of the mechanism, and what it asks DNS for.
    static constexpr MechanismTraits traits{.name = "all"};
};
/// The mechanism `include:domain-spec` (5.2), which matches if check_host() for that domain results
/// in pass.
struct Include {
    /// The name of the mechanism, and what it asks DNS for.
    static constexpr MechanismTraits traits{.name = "include", .asks = Asks::record};
    MacroString domain{};  ///< the domain whose record is included
};
/// The number of leading bits of an address that have to match in `a` and `mx` (5.3, 5.4).
struct DualPrefixLength {
    std::uint8_t ip4 = 32;   ///< the number of bits if the client has an IPv4 address: 0..32
    std::uint8_t ip6 = 128;  ///< the number of bits if the client has an IPv6 address: 0..128
};
/// The mechanism `a[:domain-spec][dual-cidr-length]` (5.3), which matches the addresses of a name.
struct A {
    /// The name of the mechanism, and what it asks DNS for.
    static constexpr MechanismTraits traits{.name = "a", .asks = Asks::addresses};
    /// The name whose addresses match; if absent, the current domain.
    std::optional<MacroString> domain{};
    DualPrefixLength prefix{};  ///< the number of bits that have to match
};
/// The mechanism `mx[:domain-spec][dual-cidr-length]` (5.4), which matches the addresses of a
/// domain's mail exchanges.
struct Mx {
    /// The name of the mechanism, and what it asks DNS for.
    static constexpr MechanismTraits traits{.name = "mx", .asks = Asks::exchanges};
    /// The domain whose mail exchanges match; if absent, the current domain.
    std::optional<MacroString> domain{};
    DualPrefixLength prefix{};  ///< the number of bits that have to match
};
/// The mechanism `ptr[:domain-spec]` (5.5), which matches if the reverse mapping of the client's
/// address leads to a name in the domain. RFC 7208 asks domain owners not to use `ptr`.
struct Ptr {
    /// The name of the mechanism, and what it asks DNS for.
    static constexpr MechanismTraits traits{.name = "ptr", .asks = Asks::names};
    /// The domain in which the name has to be; if absent, the current domain.
    std::optional<MacroString> domain{};
};
/// The mechanism `ip4:network` (5.6), which matches the addresses of an IPv4 network.
struct Ip4 {
    /// The name of the mechanism, and what it asks DNS for.
    static constexpr MechanismTraits traits{.name = "ip4"};
    Network network{};  ///< the network whose addresses match
};
/// The mechanism `ip6:network` (5.6), which matches the addresses of an IPv6 network.
struct Ip6 {
    /// The name of the mechanism, and what it asks DNS for.
    static constexpr MechanismTraits traits{.name = "ip6"};
    Network network{};  ///< the network whose addresses match
};
/// The mechanism `exists:domain-spec` (5.7), which matches if the name has an A record.
struct Exists {
    /// The name of the mechanism, and what it asks DNS for.
    static constexpr MechanismTraits traits{.name = "exists", .asks = Asks::existence};
    MacroString domain{};  ///< the name that is looked up
};
/// Any of the eight mechanisms (5).
using Mechanism = std::variant<All, Include, A, Mx, Ptr, Ip4, Ip6, Exists>;

/// A directive, which is a mechanism with its qualifier (4.6.1).
struct Directive {
    Qualifier qualifier = Qualifier::pass;  ///< the result of the check if the mechanism matches
    Mechanism mechanism{};                  ///< the mechanism
    std::string_view text{};  ///< the text as written in the record, with the qualifier
};

/// The modifier `redirect=domain-spec` (6.1).
struct Redirect {
    /// The name of the modifier.
    static constexpr std::string_view keyword = "redirect";
    MacroString domain{};  ///< the domain whose record decides if no directive matches
};
/// The modifier `exp=domain-spec` (6.2).
struct Explanation {
    /// The name of the modifier.
    static constexpr std::string_view keyword = "exp";
    MacroString domain{};  ///< the name of the TXT record that holds the explanation
};
/// A modifier `name=macro-string` with any other name (6). Checks ignore it.
struct UnknownModifier {
    std::string_view name{};  ///< the name as written in the record
    MacroString value{};      ///< the text after the equals sign
};
/// Any of the modifiers: `redirect`, `exp`, or one with another name (6).
using ModifierKind = std::variant<Redirect, Explanation, UnknownModifier>;

/// A modifier of a record (4.6.1).
struct Modifier {
    ModifierKind kind{};      ///< which modifier it is
    std::string_view text{};  ///< the text as written in the record
};

/// A record without syntax errors, made by parse_record() (record/parse.hpp). A Record never
/// changes.
///
/// Text and terms are in one block of memory, which all copies of a Record share, so copying is
/// cheap. The views and pointers that a Record returns, and the views in its terms, are valid while
/// the Record or a copy of it exists. Several threads may read a Record at once.
class SPF_EXPORT Record {
public:
    /// The directives in the order of the record.
    std::span<const Directive> directives;
    /// The modifiers in the order of the record; they may appear anywhere between the directives.
    std::span<const Modifier> modifiers;

    /// Returns the text of the record as it was read, with the version and all spaces.
    [[nodiscard]] std::string_view text() const& noexcept { return text_; }
    std::string_view text() const&& = delete;
    /// Returns the position of a term, in octets from the start of text(). `term` must be the
    /// member `text` of a Directive or Modifier of this Record.
    [[nodiscard]] std::size_t offset_of(std::string_view term) const noexcept {
        return static_cast<std::size_t>(term.data() - text_.data());
    }

    /// Returns whether the record has an `all`. If so, a redirect is ignored (5.1, 6.1).
    [[nodiscard]] bool has_all() const noexcept { return has_all_; }
    /// Returns the `redirect=`, or null if the record has none. A `redirect=` that is ignored
    /// because of has_all() is returned, too.
    [[nodiscard]] const Redirect* redirect() const noexcept;
    /// Returns the `exp=`, or null if the record has none.
    [[nodiscard]] const Explanation* explanation() const noexcept;

private:
    friend class RecordBuilder;
    friend class Check;
    Record() = default;
    struct Ip4Test;
    /// Skips each `ip4` that does not match the address, beginning with the directive of index
    /// `at`. Returns the index of the first directive that is not skipped, or the number of
    /// directives if all are skipped.
    [[nodiscard]] std::size_t skip_ip4(std::size_t at, std::uint32_t address) const noexcept;
    std::shared_ptr<const void> block_;
    /// The first of the tests in `block_`: one for each directive, and one more that all clients
    /// pass.
    const Ip4Test* ip4_tests_ = nullptr;
    std::string_view text_;
    bool has_all_ = false;
};

/// Returns a copy of the text of the record, exactly as it was read.
[[nodiscard]] SPF_EXPORT std::string to_string(const Record& record);

/// Returns the record in a normal form with the same meaning: single spaces, no `+`, no default
/// prefix lengths, networks as Network::to_string() writes them, and the names of mechanisms,
/// `redirect` and `exp` in lower case. The terms keep their order.
[[nodiscard]] SPF_EXPORT std::string canonical(const Record& record);

/// Returns the name of a mechanism, and what it asks DNS for: the member `traits` of its struct.
[[nodiscard]] SPF_EXPORT const MechanismTraits& traits_of(const Mechanism& mechanism) noexcept;

/// Returns the name of a mechanism, in lower case.
[[nodiscard]] SPF_EXPORT std::string_view name_of(const Mechanism& mechanism) noexcept;

/// Returns whether the mechanism is `all`, after which nothing is evaluated (5.1).
[[nodiscard]] inline bool is_all(const Mechanism& mechanism) noexcept {
    return std::holds_alternative<All>(mechanism);
}

/// Returns the domain-spec of a mechanism, or null if the mechanism has none. Without a
/// domain-spec, `a`, `mx` and `ptr` use the current domain (4.8). The pointer is valid as long as
/// the mechanism.
[[nodiscard]] SPF_EXPORT const MacroString* domain_spec_of(const Mechanism& mechanism) noexcept;

/// Returns the network of an `ip4` or `ip6` (5.6), or null for other mechanisms. The pointer is
/// valid as long as the mechanism.
[[nodiscard]] SPF_EXPORT const Network* network_of(const Mechanism& mechanism) noexcept;

/// Returns the prefix lengths of an `a` or `mx` (5.3, 5.4), or null for other mechanisms. The
/// pointer is valid as long as the mechanism.
[[nodiscard]] SPF_EXPORT const DualPrefixLength* prefix_of(const Mechanism& mechanism) noexcept;

}  // namespace spf
