/// \file report/smtp_reply.hpp  What to answer the client that was turned away (RFC 7208 section 8; RFC 7372).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spf/evaluation/outcome.hpp"

namespace spf::report {

/// A negative reply of one line or several.
struct SmtpReply {
    int code = 0;                    ///< 550 or 451
    std::string enhanced;            ///< "5.7.23", "5.7.24" or "4.7.24" (RFC 7372 section 3.2)
    std::vector<std::string> lines;  ///< one or more; printable US-ASCII, without codes

    /// As sent: each line with both codes and CRLF, `550-5.7.23 ...` for all but the last. No line
    /// exceeds 512 octets, codes and CRLF included (RFC 5321 section 4.5.3.1.5).
    [[nodiscard]] std::string to_string() const;
    /// The lines alone, joined by spaces.
    [[nodiscard]] std::string text() const;
};

/// The reply with which to reject, if the receiver's policy is to reject:
///
/// | result | reply |
/// | --- | --- |
/// | fail | 550 5.7.23, with the domain's explanation, named as such (8.4) |
/// | permerror | 550 5.7.24, with the problem and its remedy (8.7) |
/// | temperror | 451 4.7.24, with the problem (8.6) |
/// | pass, none, neutral, softfail | nothing: none of them is a reason to reject (8.1, 8.2, 8.5) |
///
/// Foreign text is tamed as in received_spf(), and at most 1024 octets of an explanation are told.
/// Thread-safe; never throws but std::bad_alloc.
[[nodiscard]] std::optional<SmtpReply> smtp_reply(const Outcome& outcome);

}  // namespace spf::report
