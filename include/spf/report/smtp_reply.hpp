/// \file report/smtp_reply.hpp  Writes the SMTP reply to a client whose message is not accepted
/// (RFC 7208 section 8; RFC 7372).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/receiver/action.hpp"
#include "spf/receiver/reception.hpp"

namespace spf::report {

/// What an interface accepts as the text of a reply. A program that does not send the reply itself
/// passes it to the mail server through such an interface.
struct ReplyRules {
    std::size_t max_lines = 1;  ///< the maximum number of lines, at least 1
    /// The maximum length of a line without codes, in octets, at least 4. It is the length before
    /// signs are doubled because of `doubles_percent`.
    std::size_t max_line = 80;
    /// Whether each `%` has to be written twice, because the interface takes a text in the format
    /// of printf(). The mail server sends it once.
    bool doubles_percent = false;

    /// Compares all members.
    friend bool operator==(const ReplyRules&, const ReplyRules&) = default;
};

/// Returns the rules for a program that speaks SMTP itself, as SmtpReply::to_string() does: any
/// number of lines, each of at most 512 octets with its codes and CRLF (RFC 5321, 4.5.3.1.5).
[[nodiscard]] SPF_EXPORT ReplyRules smtp_rules() noexcept;

/// Returns the rules for smfi_setmlreply() of libmilter: at most 32 lines, each of at most 980
/// octets after each `%` is doubled. Without that, Sendmail drops the text, and Postfix drops the
/// sign. A line as the server sends it has at most 512 octets with its codes and CRLF.
[[nodiscard]] SPF_EXPORT ReplyRules milter_rules() noexcept;

/// Returns the rules for an answer in the policy delegation protocol of Postfix. Such an answer is
/// one line. Postfix writes codes, `<address>` and `: Recipient address rejected: ` before the text
/// and cuts nothing, so the longer the address is, the shorter the text has to be: together they
/// have at most 512 octets with CRLF. At least 100 octets are left for the text, so the reply is
/// longer than that only if the address has more than 364 octets.
///
/// `address` is the longest name that Postfix may write there: the longer one of the attributes
/// `recipient` and `sender`. In smtpd_helo_restrictions it is the attribute `helo_name`.
[[nodiscard]] SPF_EXPORT ReplyRules postfix_policy_rules(std::string_view address) noexcept;

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
    /// Returns the lines without codes as an interface accepts them: in printable US-ASCII, which
    /// is valid UTF-8, and without line breaks, even if a program has put other octets into
    /// `lines`. Lines that are too long are wrapped. The last line that is possible takes the words
    /// of all others that follow. If it is too long, it is cut after a word and ends in `...`. So
    /// the reason, which is in the first line, is the last to be cut. If there are words in
    /// `lines`, there is at least one line.
    [[nodiscard]] std::vector<std::string> lines_for(const ReplyRules& rules) const;
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
