// The parts of a mail (MIME, RFC 2045 to 2047), decoded. Only mime.cpp uses gmime.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "io/failure.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// A field of the header of a mail.
struct MailField {
    std::string name{};   ///< as it is written
    std::string value{};  ///< in UTF-8, on one line, without surrounding white space
};

/// A part of a mail that has no parts itself.
struct MailPart {
    std::string type{};  ///< such as "text/plain", in lower case
    /// The text in UTF-8 with LF as line ends. Empty if it is neither text nor message.
    std::string text{};
};

/// A mail, decoded.
struct Mail {
    std::vector<MailField> fields{};
    std::string type{};         ///< the type of the whole, such as "multipart/report"
    std::string report_type{};  ///< the parameter report-type of the whole, in lower case
    /// In their order, those within others included; a message in the mail is one part, its text
    /// whole. At most `most_parts`.
    std::vector<MailPart> parts{};

    /// Returns the value of the first field of that name, or an empty text.
    [[nodiscard]] std::string_view field(std::string_view name) const noexcept;
};

/// The maximum number of parts of a mail that are read.
inline constexpr std::size_t most_parts = 64;

/// Returns the text with LF in place of CR LF and of each lone CR.
[[nodiscard]] std::string with_line_feeds(std::string_view text);

/// Reads a mail. A preceding line as in mbox files ("From ..."), or a byte order mark, is skipped.
/// What is broken is read as far as it makes sense; a charset that is unknown is read as Latin-1.
/// \return the mail; a failure if it has no header, or if the program was built without gmime
[[nodiscard]] spf::Expected<Mail, Failure> read_mail(std::string_view text);

}  // namespace spfcheck
