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

/// The beginning of every record, in any case, before a space or the end (4.5).
inline constexpr std::string_view version_section = "v=spf1";

/// The result that a match means (4.6.2).
enum class Qualifier : char { pass = '+', fail = '-', softfail = '~', neutral = '?' };

/// The four qualifiers as characters (4.6.1).
inline constexpr std::string_view qualifiers = "+-~?";
/// Whether an octet is a qualifier.
[[nodiscard]] constexpr bool is_qualifier(char octet) noexcept {
    return octet == '+' || octet == '-' || octet == '~' || octet == '?';
}

/// What a mechanism asks DNS for (4.6.4). Evaluation::hints() and lint use it.
enum class Asks : std::uint8_t {
    nothing,    ///< nothing: the record itself says which addresses match
    record,     ///< another domain's record (5.2)
    addresses,  ///< the addresses of a name (5.3)
    exchanges,  ///< the mail exchanges of a name, and their addresses (5.4)
    names,      ///< the names of the client (5.5)
    existence,  ///< whether a name has an A record, for clients of both families (5.7)
};

/// Facts about a mechanism, except how it is evaluated. Every mechanism has them in its member
/// `traits`; its other members show which arguments it takes: `domain`, `prefix`, `network`.
struct MechanismTraits {
    std::string_view name;      ///< the name in lower case
    Asks asks = Asks::nothing;  ///< what it asks DNS for

    /// Whether its evaluation needs a DNS lookup that counts (4.6.4).
    [[nodiscard]] constexpr bool asks_dns() const noexcept { return asks != Asks::nothing; }
};

/// `all` (5.1): always matches.
struct All {
    /// Facts about the mechanism.
    static constexpr MechanismTraits traits{.name = "all"};
};
/// `include:domain-spec` (5.2): matches if the check of that domain gives pass.
struct Include {
    /// Facts about the mechanism.
    static constexpr MechanismTraits traits{.name = "include", .asks = Asks::record};
    MacroString domain;  ///< the included domain
};
/// The number of bits of `a` and `mx` that have to match (5.3, 5.4).
struct DualPrefixLength {
    std::uint8_t ip4 = 32;   ///< 0..32
    std::uint8_t ip6 = 128;  ///< 0..128
};
/// `a[:domain-spec][dual-cidr-length]` (5.3): matches the addresses of a name.
struct A {
    /// Facts about the mechanism.
    static constexpr MechanismTraits traits{.name = "a", .asks = Asks::addresses};
    std::optional<MacroString> domain;  ///< absent: the current domain
    DualPrefixLength prefix;            ///< the bits that have to match
};
/// `mx[:domain-spec][dual-cidr-length]` (5.4): matches the addresses of a domain's mail exchanges.
struct Mx {
    /// Facts about the mechanism.
    static constexpr MechanismTraits traits{.name = "mx", .asks = Asks::exchanges};
    std::optional<MacroString> domain;  ///< absent: the current domain
    DualPrefixLength prefix;            ///< the bits that have to match
};
/// `ptr[:domain-spec]` (5.5): matches if the reverse mapping leads to a name in the domain. Do not
/// publish.
struct Ptr {
    /// Facts about the mechanism.
    static constexpr MechanismTraits traits{.name = "ptr", .asks = Asks::names};
    std::optional<MacroString> domain;  ///< absent: the current domain
};
/// `ip4:network` (5.6): matches the addresses of an IPv4 network.
struct Ip4 {
    /// Facts about the mechanism.
    static constexpr MechanismTraits traits{.name = "ip4"};
    Network network;  ///< the network
};
/// `ip6:network` (5.6): matches the addresses of an IPv6 network.
struct Ip6 {
    /// Facts about the mechanism.
    static constexpr MechanismTraits traits{.name = "ip6"};
    Network network;  ///< the network
};
/// `exists:domain-spec` (5.7): matches if the name has an A record.
struct Exists {
    /// Facts about the mechanism.
    static constexpr MechanismTraits traits{.name = "exists", .asks = Asks::existence};
    MacroString domain;  ///< the name
};
/// Any mechanism (5).
using Mechanism = std::variant<All, Include, A, Mx, Ptr, Ip4, Ip6, Exists>;

/// `[qualifier] mechanism` (4.6.1).
struct Directive {
    Qualifier qualifier = Qualifier::pass;  ///< the result that a match means
    Mechanism mechanism;                    ///< what matches
    std::string_view text;  ///< the text as written in the record, qualifier included
};

/// `redirect=domain-spec` (6.1).
struct Redirect {
    /// The name of the modifier.
    static constexpr std::string_view keyword = "redirect";
    MacroString domain;  ///< the domain whose record decides if nothing matches
};
/// `exp=domain-spec` (6.2).
struct Explanation {
    /// The name of the modifier.
    static constexpr std::string_view keyword = "exp";
    MacroString domain;  ///< the name of the TXT record that holds the explanation
};
/// `name=macro-string` with any other name (6); ignored.
struct UnknownModifier {
    std::string_view name;  ///< the name as written in the record
    MacroString value;      ///< the value
};
/// Any modifier (6).
using ModifierKind = std::variant<Redirect, Explanation, UnknownModifier>;

/// A modifier of a record (4.6.1).
struct Modifier {
    ModifierKind kind;      ///< which modifier it is
    std::string_view text;  ///< the text as written in the record
};

/// A record without syntax errors, made by parse_record() (record/parse.hpp). Immutable.
///
/// Text and terms are in one block of memory that copies share. Copying is cheap, and all views
/// into a Record (those it returns and those in its terms) are valid while the Record or a copy of
/// it exists. Several threads may read a Record.
class SPF_EXPORT Record {
public:
    /// The directives in the order of the record.
    std::span<const Directive> directives;
    /// The modifiers in the order of the record; they may appear anywhere between the directives.
    std::span<const Modifier> modifiers;

    /// The text as it was read, with the version and all spaces.
    [[nodiscard]] std::string_view text() const& noexcept { return text_; }
    std::string_view text() const&& = delete;
    /// The position of a term in text(), in octets. `term` has to be the text of a term of this
    /// Record.
    [[nodiscard]] std::size_t offset_of(std::string_view term) const noexcept {
        return static_cast<std::size_t>(term.data() - text_.data());
    }

    /// Whether the record has an `all`, so that a redirect is ignored (5.1, 6.1).
    [[nodiscard]] bool has_all() const noexcept { return has_all_; }
    /// The `redirect=`, or null; also if has_all() makes it meaningless. Valid as long as the
    /// views.
    [[nodiscard]] const Redirect* redirect() const noexcept;
    /// The `exp=`, or null. Valid as long as the views.
    [[nodiscard]] const Explanation* explanation() const noexcept;

private:
    friend class RecordBuilder;
    friend class Check;
    Record() = default;
    struct Ip4Test;
    /// The index of the first directive from `at` on that is not an `ip4` that excludes the
    /// address; the number of directives if there is none.
    [[nodiscard]] std::size_t skip_ip4(std::size_t at, std::uint32_t address) const noexcept;
    std::shared_ptr<const void> block_;
    const Ip4Test* ip4_tests_ = nullptr;  ///< in the block; one for each directive, and one more
    std::string_view text_;
    bool has_all_ = false;
};

/// The text of the record, exactly as it was read.
[[nodiscard]] SPF_EXPORT std::string to_string(const Record& record);

/// The text of the record tidied: lower-case names, single spaces, no `+`, no default prefix
/// lengths, modifiers in their usual places. Parses to a record with the same meaning.
[[nodiscard]] SPF_EXPORT std::string canonical(const Record& record);

/// The facts about a mechanism.
[[nodiscard]] SPF_EXPORT const MechanismTraits& traits_of(const Mechanism& mechanism) noexcept;

/// The name of a mechanism, in lower case.
[[nodiscard]] SPF_EXPORT std::string_view name_of(const Mechanism& mechanism) noexcept;

/// Whether the mechanism is `all`, after which nothing is evaluated (5.1).
[[nodiscard]] inline bool is_all(const Mechanism& mechanism) noexcept {
    return std::holds_alternative<All>(mechanism);
}

/// The domain-spec of a mechanism; null if it has none, so that the current domain is meant (4.8).
/// Valid as long as the mechanism.
[[nodiscard]] SPF_EXPORT const MacroString* domain_spec_of(const Mechanism& mechanism) noexcept;

/// The network of `ip4` and `ip6` (5.6), otherwise null. Valid as long as the mechanism.
[[nodiscard]] SPF_EXPORT const Network* network_of(const Mechanism& mechanism) noexcept;

/// The prefix lengths of `a` and `mx` (5.3, 5.4), otherwise null. Valid as long as the mechanism.
[[nodiscard]] SPF_EXPORT const DualPrefixLength* prefix_of(const Mechanism& mechanism) noexcept;

}  // namespace spf
