/// \file message/received_spf.hpp  Reads the Received-SPF header field (RFC 7208 section 9.1).
///
/// Anybody can write this field. It is evidence only if a server that you trust has written it.
/// Such a server puts its field above all fields that came with the message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"
#include "spf/evaluation/result.hpp"
#include "spf/message/reading.hpp"

namespace spf {

/// The contents of a Received-SPF field. Owns its texts, which are together no longer than the
/// field. They may contain any octet except controls, and comments may contain folding, so make
/// them printable() before you show them.
struct ReceivedSpf {
    /// A key with its value.
    struct Pair {
        std::string key;  ///< as sent; compare it ignoring case, because the names are ABNF strings
        /// The value without quotes, quoted-pairs and line breaks. Otherwise as sent.
        std::string value;

        /// Compares all members.
        friend bool operator==(const Pair&, const Pair&) = default;
    };

    Result result{};  ///< the result
    /// The comment that directly follows the result, as sent: without the outer parentheses, but
    /// with folding and quoted-pairs. Other comments are skipped.
    std::optional<std::string> comment;
    std::vector<Pair> pairs;  ///< in the order of the field; a key may occur again
    /// The errors that lenient reading ignored: each code once, with the place of its first
    /// occurrence. Strict reading would fail with the first of these errors. Always empty after
    /// strict reading.
    std::vector<FieldError> notes;

    /// Returns the first value of a key, ignoring case. The result is null if the key is absent,
    /// and otherwise valid as long as this object is not changed.
    [[nodiscard]] SPF_EXPORT const std::string* find(std::string_view key) const& noexcept;
    /// Refused, because the value would belong to a temporary object.
    const std::string* find(std::string_view key) const&& = delete;

    /// Compares all members.
    friend bool operator==(const ReceivedSpf&, const ReceivedSpf&) = default;
};

/// Reads the body of one Received-SPF field, which may be folded.
///
/// Strict reading follows the grammar of RFC 7208, 9.1, with UTF-8 as in RFC 6532. Results and keys
/// may have capital letters (RFC 5234, 2.3), as in Microsoft's `Pass`. White space after a comment
/// may be absent at the end of the field.
///
/// Lenient reading also accepts:
///
/// - Values that are not a dot-atom and not quoted: `client-ip=2001:db8::1`,
///   `envelope-from=ann@example.com`, `helo=[192.0.2.1]`, `mechanism=ip4:192.0.2.1`,
///   `receiver=<UNKNOWN>`. The value ends at white space, a semicolon or a comment, and may be
///   empty.
/// - `unknown` and `error` of drafts before RFC 4408, which mean permerror and temperror.
/// - Two pairs without a semicolon between them, and two semicolons in a row.
/// - Text that is no pair, as in `client-ip: 192.0.2.1`. It is skipped up to the next semicolon.
/// - Octets that are not UTF-8.
///
/// If a server writes text from the client without quotes, the client can forge further pairs. This
/// cannot always be noticed. ReceivedSpf::notes can show that a server does not quote values.
///
/// \param body     the text after `Received-SPF:`, any octets, with or without its line end. The
///                 function keeps no view of it.
/// \param reading  which fields are accepted
/// \return the contents of the field, or the first error: too_long, control_character and (strict)
///         not_utf8 are looked for in the whole field first, other errors from left to right
///
/// Cost: linear. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<ReceivedSpf, FieldError> parse_received_spf(
    std::string_view body, Reading reading = Reading::strict);

}  // namespace spf
