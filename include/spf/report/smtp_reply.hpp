/// \file report/smtp_reply.hpp  The SMTP reply to a client whose message is not accepted (RFC 7208
/// section 8; RFC 7372).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spf::report {

/// A negative reply of one or more lines.
struct SPF_EXPORT SmtpReply {
    int code = 0;                    ///< 550 or 451
    std::string enhanced;            ///< such as "5.7.23"
    std::vector<std::string> lines;  ///< one or more lines; printable US-ASCII, without codes

    /// The reply as sent: each line with both codes and CRLF, `550-5.7.23 ...` for all lines but
    /// the last. No line exceeds 512 octets, including codes and CRLF (RFC 5321 section 4.5.3.1.5).
    [[nodiscard]] std::string to_string() const;
    /// The lines without codes, joined by spaces.
    [[nodiscard]] std::string text() const;
};

/// What the receiver has decided about the message.
enum class ReplyAction : std::uint8_t {
    reject,  ///< refuse it permanently: 550 and 5.7.x
    defer,   ///< refuse it for now, so that the client tries again: 451 and 4.7.x
};

/// The reply that says what was decided, and why. The receiver's policy decides which results are
/// refused (RFC 7208 section 8).
///
/// | result | enhanced status code | text |
/// | --- | --- | --- |
/// | fail | x.7.23 (RFC 7372, 3.2) | the domain's explanation, named as such (8.4) |
/// | permerror, temperror | x.7.24 (RFC 7372, 3.2) | the problem, its remedy if permerror |
/// | pass, none, neutral, softfail | x.7.1 (RFC 3463, 3.8) | the result, not accepted here |
///
/// Untrusted text is escaped as in received_spf(), and at most 1024 octets of an explanation are
/// used. Thread-safe; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT SmtpReply smtp_reply(const Outcome& outcome, ReplyAction action);

}  // namespace spf::report
