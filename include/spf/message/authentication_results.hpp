/// \file message/authentication_results.hpp  Reads the Authentication-Results header field (RFC
/// 8601; RFC 8616 for UTF-8) and ARC-Authentication-Results (RFC 8617), and finds forged ones.
///
/// Anybody can write these fields. Programs use a field only if they trust the server that its
/// authserv-id names. A border MTA therefore has to remove fields with its own name from the
/// messages that it receives: see should_remove().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"
#include "spf/message/reading.hpp"

namespace spf {

/// The result of one method, such as `spf=pass smtp.mailfrom=example.com`. Owns its texts.
struct AuthenticationResult {
    /// A property of the message that the method used, such as `smtp.mailfrom=example.com`.
    struct Property {
        /// The type of the property, in lower case. Absent if the field omits it, as in
        /// `action=none`. Only lenient reading accepts this.
        std::optional<std::string> ptype;
        std::string property;  ///< the name, in lower case
        /// The value, as sent. A quoted-string is without quotes and quoted-pairs; an address such
        /// as `"a b"@example.com` keeps them, as they belong to the local-part.
        std::string value;

        /// Compares all members.
        friend bool operator==(const Property&, const Property&) = default;
    };

    std::string method;  ///< the method in lower case, such as "spf" or "dkim"
    /// The version of the method. Ignore a result whose version you do not know (RFC 8601, 2.6). If
    /// the number in the field is too large for the type, the member has the highest value of the
    /// type.
    std::optional<std::uint32_t> method_version;
    std::string result;  ///< the result in lower case, such as "pass"; not always a registered one
    /// The comment that directly follows the result, as sent: without the outer parentheses, but
    /// with folding and quoted-pairs. Other comments are skipped.
    std::optional<std::string> comment;
    std::optional<std::string> reason;  ///< the reason, without quotes and quoted-pairs
    std::vector<Property> properties;   ///< in the order of the field

    /// Compares all members.
    friend bool operator==(const AuthenticationResult&, const AuthenticationResult&) = default;
};

/// The contents of an Authentication-Results field. Owns its texts, which are together no longer
/// than the field. They may contain any octet except controls, and comments may contain folding, so
/// make them printable() before you show them.
struct AuthenticationResults {
    /// The name of the service that made the checks, as sent, without quotes and quoted-pairs.
    /// Absent if the field has none, as in fields from Microsoft. Only lenient reading accepts
    /// this.
    std::optional<std::string> authserv_id;
    /// The version of the field (RFC 8601, 2.6). Absent if the field has none, which means version
    /// 1. Only lenient reading accepts other versions. If the number in the field is too large for
    /// the type, the member has the highest value of the type.
    std::optional<std::uint32_t> version;
    /// The number of the ARC set, 1 to 50. Absent in Authentication-Results.
    std::optional<std::uint32_t> instance;
    /// The results in the order of the field. Empty for `none`, which means that no method was
    /// used.
    std::vector<AuthenticationResult> results;
    /// The errors that lenient reading ignored: each code once, with the place of its first
    /// occurrence. Strict reading would fail with the first of these errors. Always empty after
    /// strict reading.
    std::vector<FieldError> notes;

    /// Compares all members.
    friend bool operator==(const AuthenticationResults&, const AuthenticationResults&) = default;
};

/// Reads the body of one Authentication-Results field, which may be folded.
///
/// Strict reading follows the grammar of RFC 8601, 2.2. Quoted-strings, local-parts and domain
/// names may contain UTF-8 (RFC 6531, 6532 and 8616), and so may an unquoted authserv-id (RFC 8601,
/// 2.5). A version other than 1 is an error, because the text after it may have another grammar
/// (RFC 8601, 2.6).
///
/// Lenient reading also accepts:
///
/// - Fields without authserv-id, and properties without ptype: `spf=pass ...; dmarc=pass
///   action=none` (Microsoft).
/// - Values that should be quoted, such as `smtp.remote-ip=::1` and `header.from=<a@example.com>`,
///   and empty values. Such a value ends at white space, a semicolon or a comment.
/// - Semicolons at the end, and a reason after a property.
/// - Text that is no result, no reason and no property. It is skipped up to the next semicolon. A
///   result whose method or result cannot be read is omitted.
/// - An unknown version, and octets that are not UTF-8.
///
/// \param body     the text after `Authentication-Results:`, any octets, with or without its line
///                 end. The function keeps no view of it.
/// \param reading  which fields are accepted
/// \return the contents of the field, or the first error: too_long, control_character and (strict)
///         not_utf8 are looked for in the whole field first, other errors from left to right
///
/// Cost: linear. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<AuthenticationResults, FieldError> parse_authentication_results(
    std::string_view body, Reading reading = Reading::strict);

/// Reads the body of one ARC-Authentication-Results field (RFC 8617, 4.1.1): `i=` and the instance,
/// a semicolon, and then the same as parse_authentication_results(). The instance is required even
/// for lenient reading.
[[nodiscard]] SPF_EXPORT Expected<AuthenticationResults, FieldError>
parse_arc_authentication_results(std::string_view body, Reading reading = Reading::strict);

/// Returns whether a border MTA has to remove an Authentication-Results field from a message that
/// did not come from another trusted MTA (RFC 8601 section 5). This is so in two cases:
///
/// - The authserv-id of the field is `authserv_id`, so the field claims to be the MTA's own.
/// - The field has a version other than 1. Section 5 demands that it is removed, too.
///
/// Authserv-ids are compared without quotes, quoted-pairs and comments, ignoring the case of
/// US-ASCII letters, and with A-labels converted into U-labels. A dot at the end is ignored. So is
/// the identifier of a job after a slash, as in `mx.example.org/4Bx8` (OpenDKIM, OpenDMARC). A
/// longer name, such as `x.mx.example.org`, is another name.
///
/// Only the authserv-id and the version are examined, so errors after them do not prevent the
/// removal. The authserv-id is found in every field for which parse_authentication_results()
/// returns one. A field without authserv-id is not removed. An MTA that writes several names calls
/// the function for each of them.
///
/// The function is not for ARC-Authentication-Results, which must not be removed (RFC 8617).
///
/// \param authserv_id  the name in the fields of this MTA, without quotes; not empty
/// \param body         the text after `Authentication-Results:`, any octets, of any length
///
/// Cost: linear. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT bool should_remove(std::string_view authserv_id, std::string_view body);

}  // namespace spf
