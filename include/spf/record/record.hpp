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

/// What a record begins with, before a space or its end (4.5). In any case.
inline constexpr std::string_view version_section = "v=spf1";

/// What a match means (4.6.2).
enum class Qualifier : char { pass = '+', fail = '-', softfail = '~', neutral = '?' };

/// All four of them (4.6.1).
inline constexpr std::string_view qualifiers = "+-~?";
/// Whether an octet is one of them.
[[nodiscard]] constexpr bool is_qualifier(char octet) noexcept {
    return octet == '+' || octet == '-' || octet == '~' || octet == '?';
}

/// What a mechanism asks DNS for (4.6.4). Hints (evaluation.hpp) and lint go by it.
enum class Asks : std::uint8_t {
    nothing,    ///< the record itself says whom it matches
    record,     ///< another domain's record (5.2)
    addresses,  ///< the addresses of a name (5.3)
    exchanges,  ///< the mail exchanges of a name, and their addresses (5.4)
    names,      ///< the names of the client (5.5)
    existence,  ///< whether a name has an A record, whoever the client is (5.7)
};

/// What there is to know about a mechanism besides how it is evaluated. Every mechanism has one, as
/// `traits`; which arguments it takes, its members tell: `domain`, `prefix`, `network`.
struct MechanismTraits {
    std::string_view name;  ///< lower case
    Asks asks = Asks::nothing;

    /// Whether evaluating it takes a DNS lookup, which counts (4.6.4).
    [[nodiscard]] constexpr bool asks_dns() const noexcept { return asks != Asks::nothing; }
};

/// `all` (5.1): matches always.
struct All {
    static constexpr MechanismTraits traits{.name = "all"};
};
/// `include:domain-spec` (5.2): matches where the check of that domain gives pass.
struct Include {
    static constexpr MechanismTraits traits{.name = "include", .asks = Asks::record};
    MacroString domain;
};
/// How many bits of the addresses of `a` and `mx` count (5.3, 5.4).
struct DualPrefixLength {
    std::uint8_t ip4 = 32;   ///< 0..32
    std::uint8_t ip6 = 128;  ///< 0..128
};
/// `a[:domain-spec][dual-cidr-length]` (5.3): matches the addresses of a name.
struct A {
    static constexpr MechanismTraits traits{.name = "a", .asks = Asks::addresses};
    std::optional<MacroString> domain;  ///< absent: the current domain
    DualPrefixLength prefix;
};
/// `mx[:domain-spec][dual-cidr-length]` (5.4): matches the addresses of a domain's mail exchanges.
struct Mx {
    static constexpr MechanismTraits traits{.name = "mx", .asks = Asks::exchanges};
    std::optional<MacroString> domain;  ///< absent: the current domain
    DualPrefixLength prefix;
};
/// `ptr[:domain-spec]` (5.5): matches where the reverse mapping leads into a domain. Do not publish.
struct Ptr {
    static constexpr MechanismTraits traits{.name = "ptr", .asks = Asks::names};
    std::optional<MacroString> domain;  ///< absent: the current domain
};
/// `ip4:network` (5.6).
struct Ip4 {
    static constexpr MechanismTraits traits{.name = "ip4"};
    Network network;
};
/// `ip6:network` (5.6).
struct Ip6 {
    static constexpr MechanismTraits traits{.name = "ip6"};
    Network network;
};
/// `exists:domain-spec` (5.7): matches where an A record exists.
struct Exists {
    static constexpr MechanismTraits traits{.name = "exists", .asks = Asks::existence};
    MacroString domain;
};
using Mechanism = std::variant<All, Include, A, Mx, Ptr, Ip4, Ip6, Exists>;

/// `[qualifier] mechanism` (4.6.1).
struct Directive {
    Qualifier qualifier = Qualifier::pass;
    Mechanism mechanism;
    std::string_view text;  ///< as it stands in the record, qualifier included
};

/// `redirect=domain-spec` (6.1).
struct Redirect {
    static constexpr std::string_view keyword = "redirect";
    MacroString domain;
};
/// `exp=domain-spec` (6.2).
struct Explanation {
    static constexpr std::string_view keyword = "exp";
    MacroString domain;
};
/// `name=macro-string` of any other name (6): ignored.
struct UnknownModifier {
    std::string_view name;
    MacroString value;
};
using ModifierKind = std::variant<Redirect, Explanation, UnknownModifier>;

struct Modifier {
    ModifierKind kind;
    std::string_view text;  ///< as it stands in the record
};

/// A record without syntax errors. Made by parse_record() (parse.hpp). Never changes.
///
/// Text and terms stand in one block of memory that copies share: copying is cheap, and all views
/// into a Record (those it hands out and those its terms hold) stay valid as long as it or any copy
/// of it lives. May be read by several threads.
class SPF_EXPORT Record {
public:
    /// In the order of the record. Modifiers may stand anywhere between them.
    std::span<const Directive> directives;
    std::span<const Modifier> modifiers;

    /// The text as it was read, version and all spaces included.
    [[nodiscard]] std::string_view text() const& noexcept { return text_; }
    std::string_view text() const&& = delete;
    /// Where a term's text stands in text(), in octets.
    [[nodiscard]] std::size_t offset_of(std::string_view term) const noexcept {
        return static_cast<std::size_t>(term.data() - text_.data());
    }

    /// Whether an `all` stands anywhere, so that redirect is ignored (5.1, 6.1).
    [[nodiscard]] bool has_all() const noexcept { return has_all_; }
    /// The `redirect=`, or null. Also where has_all() makes it meaningless. Valid as the views.
    [[nodiscard]] const Redirect* redirect() const noexcept;
    /// The `exp=`, or null. Valid as the views.
    [[nodiscard]] const Explanation* explanation() const noexcept;

private:
    friend class RecordBuilder;
    friend class Check;
    Record() = default;
    struct Ip4Test;
    /// The first directive from `at` on, or the end, that is not an `ip4` without this address.
    [[nodiscard]] std::size_t skip_ip4(std::size_t at, std::uint32_t address) const noexcept;
    std::shared_ptr<const void> block_;
    const Ip4Test* ip4_tests_ = nullptr;  ///< in the block, one for each directive and one more
    std::string_view text_;
    bool has_all_ = false;
};

/// The record's text, exactly as it was read.
[[nodiscard]] SPF_EXPORT std::string to_string(const Record& record);

/// The same record tidied: lower-case names, single spaces, no `+`, no default prefix lengths,
/// modifiers in their places. Parses to a record of the same meaning.
[[nodiscard]] SPF_EXPORT std::string canonical(const Record& record);

/// What there is to know about a mechanism.
[[nodiscard]] SPF_EXPORT const MechanismTraits& traits_of(const Mechanism& mechanism) noexcept;

/// The mechanism's name, in lower case.
[[nodiscard]] SPF_EXPORT std::string_view name_of(const Mechanism& mechanism) noexcept;

/// Whether it is `all`, after which nothing is evaluated (5.1).
[[nodiscard]] inline bool is_all(const Mechanism& mechanism) noexcept {
    return std::holds_alternative<All>(mechanism);
}

/// The mechanism's domain-spec, or null where it has none and the current domain is meant (4.8). Valid as
/// long as the mechanism.
[[nodiscard]] SPF_EXPORT const MacroString* domain_spec_of(const Mechanism& mechanism) noexcept;

/// The network of `ip4` and `ip6` (5.6), else null. Valid as long as the mechanism.
[[nodiscard]] SPF_EXPORT const Network* network_of(const Mechanism& mechanism) noexcept;

/// The prefix lengths of `a` and `mx` (5.3, 5.4), else null. Valid as long as the mechanism.
[[nodiscard]] SPF_EXPORT const DualPrefixLength* prefix_of(const Mechanism& mechanism) noexcept;

}  // namespace spf
