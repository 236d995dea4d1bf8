// What a bounce, a refusal or lines of a server's log say about each recipient of a message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/failure.hpp"
#include "refusal/refusal.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// What happened to the message for one recipient (RFC 3464, 2.3.3).
enum class Action : std::uint8_t {
    failed,     ///< it was not delivered, and the server has given up
    delayed,    ///< it was not delivered yet, and the server will try again
    delivered,  ///< it is in the mailbox
    relayed,    ///< another server has accepted it; a log says "sent"
    expanded,   ///< it was delivered to a list of addresses, such as an alias
};
/// Returns the name of an action in JSON, which is that of the enumerator.
[[nodiscard]] std::string_view to_string(Action action) noexcept;

/// One recipient of the message, and what became of it.
struct FailedRecipient {
    /// The address as the sender wrote it, if that is known, else the address that failed. Empty if
    /// the report does not say whom it is about. It may have characters beyond ASCII (RFC 6531), so
    /// it has to be escaped where it is shown, but it is UTF-8 without control characters.
    std::string address{};
    std::string final_address{};  ///< the address that failed, if it is another one
    std::string remote_host{};    ///< the server that said so; empty if unknown
    Refusal refusal{};
    std::string line{};  ///< the very words that the verdict rests on, printable, bounded
    Action action = Action::failed;

    friend bool operator==(const FailedRecipient&, const FailedRecipient&) = default;
};

/// What kind of mail a report is.
enum class MailKind : std::uint8_t {
    bounce,      ///< at least one recipient did not get the message
    delay,       ///< none failed; the server will try again
    delivered,   ///< each recipient got the message, or another server accepted it
    complaint,   ///< a recipient reports spam, or a server a failure of DMARC (RFC 5965, RFC 6591)
    auto_reply,  ///< an answer by a program: vacation, a challenge, a notification that it was read
    message,     ///< anything else
};
/// Returns the name of a kind in JSON, which is that of the enumerator.
[[nodiscard]] std::string_view to_string(MailKind kind) noexcept;

/// What a bounce quotes of the message that was sent.
struct OriginalMessage {
    std::vector<std::string> received{};       ///< bodies of the Received fields, the topmost first
    std::optional<std::string> return_path{};  ///< the body of the field Return-Path
    std::string author{};                      ///< the address in the field From

    friend bool operator==(const OriginalMessage&, const OriginalMessage&) = default;
};

/// What a mail, a refusal or lines of a log say.
struct Report {
    MailKind kind = MailKind::message;
    /// At most `most_recipients`, in the order of the report. Of a complaint or an automatic reply,
    /// who sent it, without words of a server: that recipient got the message.
    std::vector<FailedRecipient> recipients{};
    std::optional<OriginalMessage> original{};
    std::string reporting_server{};  ///< the server that wrote the report; empty if unknown

    friend bool operator==(const Report&, const Report&) = default;
};

/// The maximum number of recipients of a report; further ones are left out.
inline constexpr std::size_t most_recipients = 200;
/// Only so many octets at the beginning of a report are read.
inline constexpr std::size_t longest_report = std::size_t{4} << 20U;

/// Returns what a report says. It is a mail (RFC 5322, with MIME), a refusal as a person pastes it
/// ("550 5.7.1 ..."), or lines of the log of Postfix, Exim, sendmail or Exchange. Advice, scores,
/// header fields of filters and the original message never count as a cause.
///
/// \return what it says; if it says nothing about mail that was sent, the kind is `message` and
/// there are no recipients. A failure if it is empty, or a mail and the program was built without
/// gmime.
[[nodiscard]] spf::Expected<Report, Failure> read_report(std::string_view input);

}  // namespace spfcheck
