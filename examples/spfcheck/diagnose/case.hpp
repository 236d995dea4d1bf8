// What there is to diagnose: what a person, a message, a bounce or a log say, before DNS is asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bounce/bounce.hpp"
#include "diagnose/address.hpp"
#include "spf/message/received.hpp"
#include "spf/net/ip.hpp"

namespace spfcheck {

/// Where the address of the client, which sent the mail to the recipient's server, comes from.
enum class Source : std::uint8_t {
    nowhere,   ///< it is not known
    given,     ///< the person gave it
    message,   ///< a Received field of the message that a trusted server wrote
    claimed,   ///< the server that refused the mail names it
    reporter,  ///< the address of the server that wrote the report, or took the mail last
};

/// What is known about a mail before DNS is asked.
struct Case {
    MailKind kind = MailKind::message;
    bool is_report = false;  ///< whether a server said something: the recipients have its words
    /// Those of the report, or one without words for the address that was given.
    std::vector<FailedRecipient> recipients{};
    std::string reporter{};  ///< the server that wrote the report; empty if unknown

    std::optional<spf::IpAddress> ip{};   ///< the client, if it was given or the message shows it
    Source source = Source::nowhere;      ///< where `ip` comes from
    std::optional<std::string> sender{};  ///< in MAIL FROM; "" is the null reverse-path
    bool is_sender_of_author = false;     ///< whether `sender` is only the address in From
    std::string helo{};                   ///< the name in HELO; empty if unknown
    std::string author_domain{};          ///< the domain in From; empty if unknown

    std::optional<spf::Handover> handover{};  ///< how a message was handed over
    std::string received{};                   ///< the Received field that shows it, in one line
    /// The topmost Received field of the original message in a report: who gave the mail to the
    /// server that could not deliver it.
    std::optional<spf::ReceivedLine> first_hop{};
    std::string first_line{};  ///< that field in one line
};

}  // namespace spfcheck
