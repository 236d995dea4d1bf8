/// \file base/error.hpp  Syntax errors: what is wrong with a text, and where (RFC 7208 section 12).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"

namespace spf {

/// Why a text could not be read. A plain value that refers only to static storage.
struct SPF_EXPORT ParseError {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        // Records (4.5, 4.6.1)
        not_spf,                ///< does not begin with the version section `v=spf1` (4.5)
        invalid_character,      ///< an octet outside visible US-ASCII and space (3.1, 4.6.1)
        missing_mechanism,      ///< a qualifier with nothing after it (4.6.1)
        unknown_mechanism,      ///< a name that is not the name of a mechanism (4.6.1, 5)
        modifier_as_mechanism,  ///< `redirect:` or `exp:` where an equals sign belongs (4.6.1)
        qualified_modifier,     ///< a qualifier before a modifier (4.6.1)
        modifier_name,          ///< the name before `=` is empty or has a wrong character (4.6.1)
        duplicate_modifier,     ///< a second `redirect=` or `exp=` (6)
        missing_argument,       ///< `include`, `exists`, `ip4`, `ip6` without `:` and value (5)
        unexpected_argument,    ///< `all` with anything after it, `ptr/24` (5.1, 5.5)
        // Prefix lengths (5.6)
        prefix_length_ip4,        ///< not 0 to 32, or with a leading zero, or not a number
        prefix_length_ip6,        ///< not 0 to 128, or with a leading zero, or not a number
        prefix_length_dual,       ///< `/24/64` where `/24//64` is meant
        prefix_length_forbidden,  ///< on include, exists, ptr, redirect, exp (5.2, 5.5, 5.7, 6)
        // Addresses (5.6)
        address_ip4,  ///< not a dotted quad of four decimal numbers 0 to 255
        address_ip6,  ///< not an IPv6 address as per RFC 4291 section 2.2
        address,      ///< neither an IPv4 nor an IPv6 address, where both are possible
        // Domain specifications (7.1)
        domain_missing,   ///< nothing after `:` or `=`
        domain_toplabel,  ///< ends neither in `.` and a top label nor in a macro
        domain_address,   ///< an IP address where a domain name belongs (`a:192.0.2.1`)
        // Macros (7.1, 7.3)
        macro_percent,       ///< `%` without `{`, `%`, `-` or `_` after it
        macro_unterminated,  ///< `%{` without `}`
        macro_letter,        ///< the letter is not one of s l o d i p h c r t v
        macro_exp_only,      ///< c, r or t outside explanation text (7.2)
        macro_zero,          ///< a request for zero parts, as in `%{d0}` (7.3)
        macro_transformer,   ///< something other than digits, `r` and delimiters before `}`
        // Domain names (4.3, RFC 1035 section 2.3.4)
        name_empty,           ///< no label
        name_too_long,        ///< more than 253 octets
        name_label_empty,     ///< two dots in a row, or a leading dot
        name_label_too_long,  ///< a label of more than 63 octets
        name_character,       ///< space, control, or an octet above 0x7e (an A-label is required)
        name_literal,         ///< an address literal such as `[192.0.2.1]`
        name_single_label,    ///< only one label (4.3 requires two or more)
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::name_single_label) + 1;

    Code code{};             ///< what is wrong
    std::size_t offset = 0;  ///< octets from the start of the text, 0 .. text.size()
    std::size_t length = 0;  ///< octets to underline; 0: something is missing here

    /// One line of English that says what is wrong and what would be right, without trailing dot.
    /// Static storage.
    [[nodiscard]] std::string_view message() const noexcept;
    /// The section of RFC 7208 that forbids it, such as "4.6.1". Static storage.
    [[nodiscard]] std::string_view section() const noexcept;

    /// Compares all members.
    friend bool operator==(const ParseError&, const ParseError&) = default;
};

/// The name of the enumerator, such as "unknown_mechanism": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ParseError::Code code) noexcept;

}  // namespace spf
