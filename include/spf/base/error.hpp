/// \file base/error.hpp  What is wrong with a text, where, and what would be right (RFC 7208 section 12).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"

namespace spf {

/// Why a text could not be read. A plain value that refers to nothing but static storage.
struct SPF_EXPORT ParseError {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        // Records (4.5, 4.6.1)
        not_spf,                ///< no version section `v=spf1` in front (4.5): result none
        invalid_character,      ///< an octet outside visible US-ASCII and space (3.1, 4.6.1)
        missing_mechanism,      ///< a qualifier with nothing behind it (4.6.1)
        unknown_mechanism,      ///< a name that is no mechanism's (4.6.1, 5)
        modifier_as_mechanism,  ///< `redirect:` or `exp:` where an equals sign belongs (4.6.1)
        qualified_modifier,     ///< a qualifier in front of a modifier (4.6.1)
        modifier_name,          ///< the name before `=` is empty or has a wrong character (4.6.1)
        duplicate_modifier,     ///< a second `redirect=` or `exp=` (6)
        missing_argument,       ///< `include`, `exists`, `ip4`, `ip6` without `:` and value (5)
        unexpected_argument,    ///< `all` with anything behind it, `ptr/24` (5.1, 5.5)
        // Prefix lengths (5.6)
        prefix_length_ip4,        ///< not 0 to 32, or leading zero, or not a number
        prefix_length_ip6,        ///< not 0 to 128, or leading zero, or not a number
        prefix_length_dual,       ///< `/24/64` where `/24//64` is meant
        prefix_length_forbidden,  ///< on include, exists, ptr, redirect, exp (5.2, 5.5, 5.7, 6)
        // Addresses (5.6)
        address_ip4,  ///< not a dotted quad of four decimal numbers 0 to 255
        address_ip6,  ///< not an IPv6 address as per RFC 4291 section 2.2
        address,      ///< neither of both, where both are possible
        // Domain specifications (7.1)
        domain_missing,   ///< nothing behind `:` or `=`
        domain_toplabel,  ///< does not end in `.` and a top label, nor in a macro
        domain_address,   ///< an IP address where a domain name belongs (`a:192.0.2.1`)
        // Macros (7.1, 7.3)
        macro_percent,       ///< `%` without `{`, `%`, `-` or `_` behind it
        macro_unterminated,  ///< `%{` without `}`
        macro_letter,        ///< the letter is none of s l o d i p h c r t v
        macro_exp_only,      ///< c, r or t outside explanation text (7.2)
        macro_zero,          ///< zero parts asked for, as in `%{d0}` (7.3)
        macro_transformer,   ///< neither digits, `r` nor a delimiter before `}`
        // Domain names (4.3, RFC 1035 section 2.3.4)
        name_empty,           ///< no label at all
        name_too_long,        ///< more than 253 octets
        name_label_empty,     ///< two dots in a row, or a leading dot
        name_label_too_long,  ///< a label of more than 63 octets
        name_character,       ///< space, control, or an octet above 0x7e (A-labels are meant)
        name_literal,         ///< an address literal such as `[192.0.2.1]`
        name_single_label,    ///< only one label (4.3 wants several)
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::name_single_label) + 1;

    Code code{};
    std::size_t offset = 0;  ///< octets from the start of the text, 0 .. text.size()
    std::size_t length = 0;  ///< octets to underline; 0 means that something is missing here

    /// One line of English: what is wrong and what would be right. Static storage, no trailing dot.
    [[nodiscard]] std::string_view message() const noexcept;
    /// The section that forbids it, such as "4.6.1" (RFC 7208). Static storage.
    [[nodiscard]] std::string_view section() const noexcept;

    friend bool operator==(const ParseError&, const ParseError&) = default;
};

/// The code as written in the enum, such as "unknown_mechanism": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ParseError::Code code) noexcept;

}  // namespace spf
