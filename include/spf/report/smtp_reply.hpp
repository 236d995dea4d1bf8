/// \file report/smtp_reply.hpp  What to answer the client that was turned away (RFC 7208 section 8; RFC 7372).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spf::report {

/// A negative reply of one line or several.
struct SPF_EXPORT SmtpReply {
    int code = 0;                    ///< 550 or 451
    std::string enhanced;            ///< such as "5.7.23"
    std::vector<std::string> lines;  ///< one or more; printable US-ASCII, without codes

    /// As sent: each line with both codes and CRLF, `550-5.7.23 ...` for all but the last. No line
    /// exceeds 512 octets, codes and CRLF included (RFC 5321 section 4.5.3.1.5).
    [[nodiscard]] std::string to_string() const;
    /// The lines alone, joined by spaces.
    [[nodiscard]] std::string text() const;
};

/// What the receiver has decided to do with the message.
enum class ReplyAction : std::uint8_t {
    reject,  ///< for good: 550 and 5.7.x
    defer,   ///< for now, so that the client tries again: 451 and 4.7.x
};

/// The reply that tells the client what was decided, and why; which results are turned away is for
/// the receiver's policy to say (RFC 7208 section 8).
///
/// | result | enhanced status code | text |
/// | --- | --- | --- |
/// | fail | x.7.23 (RFC 7372, 3.2) | the domain's explanation, named as such (8.4) |
/// | permerror, temperror | x.7.24 (RFC 7372, 3.2) | the problem, and for permerror its remedy (8.6, 8.7) |
/// | pass, none, neutral, softfail | x.7.1 (RFC 3463, 3.8) | the result, and that it is not accepted here |
///
/// Foreign text is tamed as in received_spf(), and at most 1024 octets of an explanation are told.
/// Thread-safe; never throws but std::bad_alloc.
[[nodiscard]] SPF_EXPORT SmtpReply smtp_reply(const Outcome& outcome, ReplyAction action);

}  // namespace spf::report
