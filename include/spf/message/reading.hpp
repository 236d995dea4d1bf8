/// \file message/reading.hpp  How strictly Received-SPF and Authentication-Results fields are read,
/// and why a field cannot be read. For message/received_spf.hpp and
/// message/authentication_results.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// Which fields are accepted.
enum class Reading : std::uint8_t {
    strict,   ///< only fields that follow the grammar of the RFC
    lenient,  ///< also fields as servers write them, with notes on what was forgiven
};

/// The maximum length of a field in octets. It bounds the memory that the contents of a field need.
inline constexpr std::size_t longest_result_field = 65'536;

/// Why a Received-SPF or Authentication-Results field does not follow its grammar. A plain value
/// that does not refer to the text. Untrusted senders may be able to cause the error.
struct SPF_EXPORT FieldError {
    /// The codes are stable: new codes may be appended, but no code changes its meaning. Lenient
    /// reading forgives the codes whose comment ends in "(forgiven)".
    enum class Code : std::uint8_t {
        // Both fields
        too_long,  ///< the field has more than longest_result_field octets
        /// There is an octet below 0x20 that is not white space, an octet 0x7f, or a line break
        /// that is not part of folding.
        control_character,
        not_utf8,          ///< an octet above 0x7e is not part of UTF-8, RFC 6532 (forgiven)
        unclosed_comment,  ///< a `(` has no matching `)`
        comment_too_deep,  ///< comments are nested more than 50 deep
        unclosed_quote,    ///< a `"` has no matching `"`
        // Received-SPF (RFC 7208, 9.1)
        unknown_result,          ///< the field does not begin with one of the seven results
        result_of_an_old_draft,  ///< the result is `unknown` or `error` (forgiven)
        no_space,                ///< no white space follows the result or its comment (forgiven)
        no_key,                  ///< a pair does not begin with a key (forgiven)
        no_equals_sign,          ///< no equals sign follows a key (forgiven)
        value_not_a_dot_atom,    ///< a value is neither a dot-atom nor a quoted-string (forgiven)
        no_semicolon,            ///< no semicolon separates two pairs (forgiven)
        // Authentication-Results (RFC 8601, 2.2; RFC 8617, 4.1.1)
        no_instance,      ///< ARC-Authentication-Results does not begin with `i=1` to `i=50`
        no_authserv_id,   ///< the field has no authserv-id (forgiven)
        unknown_version,  ///< the version of the field is not 1, RFC 8601, 2.6 (forgiven)
        junk_behind_authserv_id,  ///< no semicolon follows the authserv-id and version (forgiven)
        no_resinfo,               ///< there is neither a result nor `none` (forgiven)
        empty_resinfo,            ///< nothing follows a semicolon (forgiven)
        not_a_method,             ///< a result does not begin with a method and `=` (forgiven)
        no_result,                ///< no result follows the method and `=` (forgiven)
        junk_in_resinfo,          ///< there is neither a reason nor a property (forgiven)
        misplaced_reason,         ///< the reason follows a property (forgiven)
        property_without_ptype,   ///< there is no `ptype.` before the property (forgiven)
        no_pvalue,                ///< nothing follows the equals sign of a property (forgiven)
        pvalue_not_allowed,  ///< a value is no token, quoted-string, domain or address (forgiven)
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count =
        static_cast<std::size_t>(Code::pvalue_not_allowed) + 1;

    Code code{};  ///< what is wrong
    /// The place of the error: the number of octets before it in the text, at most the size of the
    /// text.
    std::size_t offset = 0;

    /// Returns what is wrong in one line of English, without trailing dot. The text has static
    /// storage.
    [[nodiscard]] std::string_view message() const noexcept;

    /// Compares all members.
    friend bool operator==(const FieldError&, const FieldError&) = default;
};

/// Returns the name of the enumerator, such as "no_authserv_id". The name is stable, so programs
/// may compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(FieldError::Code code) noexcept;

}  // namespace spf
