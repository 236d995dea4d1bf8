/// \file base/error.hpp  Syntax errors in records, macros, addresses and domain names (RFC 7208
/// section 12).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"
#include "spf/base/language.hpp"

namespace spf {

/// Describes a syntax error in a text, and its place. A ParseError holds no view of the text.
struct SPF_EXPORT ParseError {
    /// What is wrong. New codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        // Errors in the version and the terms of a record (4.5, 4.6.1)
        not_spf,                ///< the text does not begin with the version `v=spf1` (4.5)
        invalid_character,      ///< an octet is neither visible US-ASCII nor a space (3.1, 4.6.1)
        missing_mechanism,      ///< a term consists of a qualifier alone (4.6.1)
        unknown_mechanism,      ///< there is no mechanism of this name (4.6.1, 5)
        modifier_as_mechanism,  ///< `redirect` or `exp` is not followed by an equals sign (4.6.1)
        qualified_modifier,     ///< a modifier has a qualifier (4.6.1)
        modifier_name,          ///< the name before `=` is empty or has a wrong character (4.6.1)
        duplicate_modifier,     ///< the record has a second `redirect=` or `exp=` (6)
        missing_argument,       ///< `include`, `exists`, `ip4` or `ip6` lacks its `:` and value (5)
        unexpected_argument,    ///< the text after the name is not allowed: `all:x`, `ptr;` (5)
        // Errors in prefix lengths (5.6)
        /// the IPv4 length is not a number from 0 to 32, or has a leading zero
        prefix_length_ip4,
        /// the IPv6 length is not a number from 0 to 128, or has a leading zero
        prefix_length_ip6,
        prefix_length_dual,  ///< two lengths are written as in `/24/64`; correct is `/24//64`
        /// a prefix length follows include, exists, ptr, redirect or exp (5.2, 5.5, 5.7, 6)
        prefix_length_forbidden,
        // Errors in addresses (5.6)
        address_ip4,  ///< the text is not a dotted quad of four decimal numbers from 0 to 255
        address_ip6,  ///< the text is not an IPv6 address (RFC 4291 section 2.2)
        /// the text is neither an IPv4 nor an IPv6 address, as IpAddress::parse() requires
        address,
        // Errors in domain-specs (7.1)
        domain_missing,   ///< nothing follows the `:` or `=`, so there is no domain
        domain_toplabel,  ///< the domain ends neither in `.` and a top label nor in a macro
        domain_address,   ///< an IP address is in the place of a domain name (`a:192.0.2.1`)
        // Errors in macros (7.1, 7.3)
        macro_percent,       ///< `%` is not followed by `{`, `%`, `-` or `_`
        macro_unterminated,  ///< `%{` is not closed by `}`
        macro_letter,        ///< the letter of a macro is not one of s l o d i p h c r t v
        macro_exp_only,      ///< a macro outside an explanation text has the letter c, r or t (7.2)
        macro_zero,          ///< the macro asks for zero parts, as in `%{d0}` (7.3)
        /// something other than digits, `r` and delimiters is between the letter and `}`
        macro_transformer,
        // Errors in domain names (4.3, RFC 1035 section 2.3.4)
        name_empty,           ///< the name has no label
        name_too_long,        ///< the name has more than 253 octets
        name_label_empty,     ///< the name has two dots in a row, or a leading dot
        name_label_too_long,  ///< a label has more than 63 octets
        /// the name has a space, a control character, or an octet above 0x7e; a label in another
        /// script must be given as an A-label
        name_character,
        name_literal,       ///< the text is an address literal such as `[192.0.2.1]`
        name_single_label,  ///< the name has only one label (4.3 requires two or more)
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::name_single_label) + 1;

    Code code{};             ///< what is wrong
    std::size_t offset = 0;  ///< where the error begins: octets from the start of the text
    /// The number of wrong octets from `offset` on; 0 if something is missing there.
    std::size_t length = 0;

    /// Returns one line of English that describes what is wrong and what would be right, without
    /// trailing dot. The text is in static storage.
    [[nodiscard]] std::string_view message() const noexcept;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string_view message(const Language& language) const;
    /// Returns the section of RFC 7208 that the text violates, such as "4.6.1". The string is in
    /// static storage.
    [[nodiscard]] std::string_view section() const noexcept;

    /// Compares all members.
    friend bool operator==(const ParseError&, const ParseError&) = default;
};

/// Returns the name of the enumerator, such as "unknown_mechanism". The name never changes, so
/// programs may rely on it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ParseError::Code code) noexcept;

}  // namespace spf
