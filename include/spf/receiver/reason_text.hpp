/// \file receiver/reason_text.hpp  The text with which a site refuses messages, in its own words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spf::receiver {

/// Why a text cannot be used as a ReasonText.
struct SPF_EXPORT ReasonTextError {
    /// The codes are stable: new codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        empty,                ///< the text has no visible characters
        too_long,             ///< the text has more than ReasonText::max_length octets
        character,            ///< an octet is not printable US-ASCII, such as a line break
        unknown_placeholder,  ///< there is no placeholder with this name
        open_brace,           ///< a `{` has no `}` after it
        close_brace,          ///< a `}` has no `{` before it
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::close_brace) + 1;

    Code code{};                ///< what is wrong
    std::size_t offset = 0;     ///< the offset of the first wrong octet in the text
    std::string placeholder{};  ///< for `unknown_placeholder`, the name between the braces

    /// Returns one line of English without trailing dot.
    [[nodiscard]] std::string message() const;

    /// Compares all members.
    friend bool operator==(const ReasonTextError&, const ReasonTextError&) = default;
};

/// Returns the name of the enumerator, such as "open_brace". The name is stable, so programs may
/// compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ReasonTextError::Code code) noexcept;

/// A text with placeholders in braces, such as
/// "Mail for {domain} from {client} is refused: SPF {result}. Help: https://mail.example.org/spf".
///
/// | placeholder | replaced with |
/// | --- | --- |
/// | `{client}` | the address of the SMTP client |
/// | `{helo}` | the HELO name |
/// | `{sender}` | the address in MAIL FROM, or `postmaster@HELO` for a null reverse-path |
/// | `{identity}` | "MAIL FROM" or "HELO", the identity that was checked |
/// | `{domain}` | the domain of that identity |
/// | `{result}` | the result, such as "fail" |
/// | `{problem}` | for temperror and permerror, what went wrong; otherwise nothing |
/// | `{explanation}` | the explanation that the domain publishes (RFC 7208, 6.2), if any |
/// | `{receiver}` | the name of the server, Client::receiver |
///
/// `{{` and `}}` are braces. Untrusted values are escaped by printable(), and each is cut after
/// `max_value` octets.
///
/// An explanation comes from the domain, not from this site. RFC 7208 section 8.4 demands that the
/// text makes this clear, for example by "The domain {domain} explains: {explanation}".
class SPF_EXPORT ReasonText {
public:
    /// The maximum length of a text, in octets.
    static constexpr std::size_t max_length = 400;
    /// The maximum length of the value of a placeholder, in octets.
    static constexpr std::size_t max_value = 320;

    /// Reads a text.
    [[nodiscard]] static Expected<ReasonText, ReasonTextError> parse(std::string_view text);

    /// Returns the text with its placeholders replaced: one line of printable US-ASCII. Throws only
    /// std::bad_alloc.
    [[nodiscard]] std::string text(const Outcome& outcome) const;

private:
    enum class Placeholder : std::uint8_t {
        client,
        helo,
        sender,
        identity,
        domain,
        result,
        problem,
        explanation,
        receiver,
    };
    /// A literal text, and the placeholder after it.
    struct Piece {
        std::string literal{};
        bool has_placeholder = false;
        Placeholder placeholder{};
    };

    ReasonText() = default;
    [[nodiscard]] static std::string value(Placeholder placeholder, const Outcome& outcome);

    std::vector<Piece> pieces_;
};

}  // namespace spf::receiver
