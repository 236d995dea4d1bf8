/// \file report/smtp_reply.hpp  Writes the SMTP reply to a client whose message is not accepted
/// (RFC 7208 section 8; RFC 7372).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/receiver/action.hpp"
#include "spf/receiver/reception.hpp"

namespace spf::report {

/// A negative reply of one or more lines.
struct SPF_EXPORT SmtpReply {
    int code = 0;            ///< the reply code: 550 or 451
    std::string enhanced{};  ///< the enhanced status code, such as "5.7.23"
    /// The text in one or more lines, without codes; printable US-ASCII.
    std::vector<std::string> lines{};

    /// Returns the reply as the server sends it: each line with `code`, `enhanced` and CRLF. All
    /// lines but the last begin in the form `550-5.7.23`. No line exceeds 512 octets, including
    /// codes and CRLF (RFC 5321 section 4.5.3.1.5).
    [[nodiscard]] std::string to_string() const;
    /// Returns the lines without codes, joined by spaces.
    [[nodiscard]] std::string text() const;
};

/// Returns a reply that refuses a message and describes the outcome as the reason. The function
/// does this for every outcome: the policy of the receiver decides which outcomes are refused (RFC
/// 7208 section 8).
///
/// | result | enhanced status code | text |
/// | --- | --- | --- |
/// | fail | x.7.23 (RFC 7372, 3.2) | the explanation, marked as the domain's (RFC 7208, 8.4) |
/// | permerror, temperror | x.7.24 (RFC 7372, 3.2) | the problem; for permerror also its remedy |
/// | pass, none, neutral, softfail | x.7.1 (RFC 3463, 3.8) | that this result is not accepted |
///
/// Untrusted text is escaped as in received_spf(), and an explanation is cut after 1024 octets.
/// Thread-safe. Throws only std::bad_alloc.
///
/// If `action` is Action::reject, the codes are 550 and 5.7.x. With any other action, they are 451
/// and 4.7.x, which defer the message, so that the client tries again.
[[nodiscard]] SPF_EXPORT SmtpReply smtp_reply(const Outcome& outcome, receiver::Action action);

/// Returns the reply to a message that `decision` refuses, or nothing if it accepts the message.
/// The reply describes the result for receiver::Verdict::identity, in the words of the site if
/// receiver::Decision::reason is not empty.
[[nodiscard]] SPF_EXPORT std::optional<SmtpReply> smtp_reply(const receiver::Decision& decision);

}  // namespace spf::report
