/// \file message/received.hpp  Which client handed a message to the first trusted relay (RFC 5321
/// section 4.4).
///
/// SPF is checked between border servers (RFC 7208 appendix F): "the host that first transferred
/// the message to the receiving ADMD has to be determined, which can be difficult". If a backup MX,
/// a forwarder or a filtering service passes the message on, the server's connection comes from
/// that relay, and the address to check is in a Received field. Anybody can write such fields. Only
/// those that trusted servers have put on top are evidence, so the fields are read from the top:
///
///     Received: from relay ([198.51.100.25]) by mx   written by this host; 198.51.100.25 is
///     Received: from a ([203.0.113.9]) by relay      trusted: it wrote this; 203.0.113.9 is not:
///     Received: from b ([192.0.2.10]) by a           this is only its claim, and is not read
///
/// The result is 203.0.113.9. A field that cannot be read with certainty is an error; nothing is
/// inferred from the fields below it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"
#include "spf/net/network_set.hpp"

namespace spf {

/// Why it is not known who handed over a message. A plain value. It is no verdict on the message,
/// which is as unverified as a message that was never checked. Untrusted senders may be able to
/// cause it.
struct SPF_EXPORT ReceivedError {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        // About one field
        /// an octet below 0x20 that is not white space, a line break that is not part of folding,
        /// or 0x7f
        control_character,
        no_client,         ///< does not begin with `from` and a name or an address
        no_address,        ///< the client's address is not where servers write it
        no_server,         ///< no `by` with a name after the client
        unclosed_comment,  ///< `(` without `)`
        ambiguous,         ///< can be read in two ways, as when a HELO name imitates an address
        // About all fields
        no_line,      ///< no field, or no further field, says where the message came from
        from_inside,  ///< every field names a trusted client: the message came from one of them
        // About one field
        not_smtp,  ///< no server handed over: submitted on the host, or fetched from a mailbox
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::not_smtp) + 1;

    Code code{};  ///< what is wrong
    /// The number of the field, from 1, the topmost; for no_line and from_inside, how many fields
    /// there are. 0 from parse_received(), which reads a single field.
    std::size_t line = 0;
    std::size_t offset = 0;  ///< octets from the start of the unfolded() body, 0 .. its size

    /// One sentence of English without trailing dot. Static storage.
    [[nodiscard]] std::string_view message() const noexcept;

    /// Compares all members.
    friend bool operator==(const ReceivedError&, const ReceivedError&) = default;
};

/// The name of the enumerator, such as "no_address": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ReceivedError::Code code) noexcept;

/// What one Received field says. Owns its texts, which may hold any octet except white space,
/// controls, parentheses and semicolons. The client chooses the HELO name, so make it printable()
/// before you show it.
struct ReceivedLine {
    /// The client's address, as the server saw it. Absent if the message only changed hands within
    /// the server that wrote the field: the next field then names the client of that server.
    std::optional<IpAddress> ip;
    /// The name in HELO or EHLO, or what the server writes if there was none ("unknown").
    std::string helo;
    /// The name of the server that wrote the field, by its own account; empty if the field is only
    /// a comment.
    std::string by;
    /// The word after `with`, such as ESMTP, or ESMTPA and ESMTPSA if the client had authenticated
    /// (RFC 3848). Empty if it does not follow the server's name and comments.
    std::string protocol;

    /// Compares all members.
    friend bool operator==(const ReceivedLine&, const ReceivedLine&) = default;
};

/// The body of a field in one line. Removes the line breaks of folding, which are those that white
/// space follows (RFC 5322 section 2.2.3), replaces each run of white space, which has no other
/// meaning (section 3.2.2), with one space, and removes white space at both ends. A line break is
/// CRLF or, as in files, LF. Everything else in the body stays. Linear; throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string unfolded(std::string_view body);

/// Reads the body of one Received field, which may be folded, also within comments. These servers
/// write it as follows:
///
///     from HELO (NAME [192.0.2.1]) by ...           Postfix, sendmail, Google, OpenSMTPD, Courier
///     from HELO (IDENT@NAME [192.0.2.1] (may be forged)) by ...  sendmail
///     from HELO (IDENT@[192.0.2.1]) by ...          sendmail
///     from HELO ("port 1234"@NAME [192.0.2.1]) by ...  iPlanet, Oracle
///     from HELO (NAME [192.0.2.1] (AS64500 OWNER, AT)) by ...  Stalwart
///     from HELO (Not Verified[192.0.2.1]) by ...    Trustwave
///     from HELO ([192.0.2.1]) by ...                sendmail, Google, amavis, Dovecot, Microsoft
///     from HELO ([192.0.2.1] RDNS failed) by ...    Microsoft SMTPSVC; "verified": CommuniGate Pro
///     from HELO ([192.0.2.1] NAME) by ...           ZoneMTA
///     from NAME ([192.0.2.1]:1234 "EHLO HELO" rhost-flags-OK-OK-OK-OK) by ...  ZMailer
///     from HELO (192.0.2.1) by ...                  Exchange, Office 365
///     from ([192.0.2.1]) by ...                     IceWarp, Trend Micro, PowerMTA: no HELO name
///     from HELO [192.0.2.1] by ...                  IMail, MDaemon; [(192.0.2.1)]: Generic MTA
///     from NAME ([192.0.2.1]:1234 helo=HELO ident=ID) by ...  Exim
///     from [192.0.2.1] (port=1234 helo=HELO ident=ID) by ...  Exim, without NAME
///     from [192.0.2.1] (account USER HELO HELO) by ...  CommuniGate Pro
///     from NAME (HELO HELO) (IDENT@192.0.2.1) by ...  qmail; ([192.0.2.1]): IronPort, James
///     from NAME (192.0.2.1) by ...                  qmail, where HELO is NAME
///
/// IPv6 addresses may have `IPv6:` before them and a zone index after them. Parts with a separator
/// of their own (`IDENT@`, `:1234`, each `key=value`) may be absent. EHLO and LHLO may replace
/// HELO. `[192.0.2.1:1234]` has the port inside. Further comments may follow the address. A field
/// that says that the message changed hands within a host, or between hosts of Google, has no `ip`:
///
///     (qmail 1234 invoked from network); ...        qmail-queue, above the line of qmail-smtpd
///     from NAME by ... with LMTP ...                Dovecot, through a socket of the host
///     from NAME ([unix socket]) by ... with LMTPA ...  Cyrus
///     by NAME (Postfix) id ...                      Postfix, which expanded an alias
///     by 10.0.0.1 with SMTP id ...                  Google; or an address within 2002:a00::/24
///
/// If no server handed the message over, there is no client, whatever else the field holds:
/// not_smtp. Examples are `(Postfix, from userid 1000)`, Exim's `with local`, `(qmail 1234 invoked
/// by uid 89)`, sendmail's `(from USER)`, OpenSMTPD's `[local]`, Microsoft's `from mail pickup
/// service`, `by ... with HTTP`, and messages fetched from mailboxes (`with POP3`, `with IMAP`).
///
/// The client chooses HELO and IDENT. So that it cannot forge an address with them, even if a
/// server writes them down unchanged, the field has to follow these rules: after `from` come one
/// name and comments, then `by`; the comment with the address has one of the forms above and
/// nothing else in it; no further comment before `by` holds an address or a bracket (except that of
/// a user, `[ann@example.com]`); an address outside of comments has no other address after it; and
/// `by` occurs once in all of the rest, comments included. A field that breaks a rule is refused as
/// `ambiguous`, or for what else is wrong with it. A bare `from [192.0.2.1] by ...` is refused too:
/// RFC 5321 section 4.4 calls it the client's claim.
///
/// \param body  the text after `Received:`, any octets. Not kept.
/// \return what the field says, or the leftmost error.
///
/// Cost: linear, including nested comments. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<ReceivedLine, ReceivedError> parse_received(
    std::string_view body);

/// Whether the protocol of a ReceivedLine says that the client had authenticated (RFC 3848, RFC
/// 6531 section 4.3). Such a client is a user's program that submitted the message, not a server.
[[nodiscard]] SPF_EXPORT bool is_signed_in(std::string_view protocol) noexcept;

/// The client that handed a message to the outermost trusted server: what to check with SPF. Owns
/// its texts.
struct Handover {
    IpAddress ip;      ///< the client, for Request::ip
    std::string helo;  ///< its HELO name, for Request::helo; empty if `line` is 0
    /// The number of the field that names the client, from 1, the topmost; 0: the connection
    /// itself.
    std::size_t line = 0;
    std::string by;        ///< the server that took the message, as in ReceivedLine; line 0: empty
    std::string protocol;  ///< how it took the message, as in ReceivedLine; line 0: empty
    /// The address of that server, as the next server saw it; absent if it is the host itself.
    std::optional<IpAddress> relay;

    /// Compares all members.
    friend bool operator==(const Handover&, const Handover&) = default;
};

/// Follows the Received fields from the host itself outwards, to the first client that is not
/// trusted.
///
/// \param received    the bodies of all Received fields in order, the topmost first. Only those
///                    that trusted servers wrote are read. Pass a subspan() to leave out fields of
///                    the host itself that name no client.
/// \param trusted     the addresses of the relays, as the next servers see them. Each of them must
///                    put a Received field with its client's address on top of what it passes on,
///                    as RFC 5321 section 4.4 demands. If a content filter hands mail back through
///                    SMTP, include the loopback address, provided that no other program may submit
///                    mail there.
/// \param connection  the client of the connection that delivered the message, if the host has not
///                    yet written its own field, as in a milter. If this client is trusted, it
///                    wrote the first field; if not, it is the result. Absent: the host wrote the
///                    first field itself.
/// \return the first client that is not trusted, or why it is not known.
///
/// Cost: linear in the fields read. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<Handover, ReceivedError> find_handover(
    std::span<const std::string_view> received, const NetworkSet& trusted,
    std::optional<IpAddress> connection = std::nullopt);

}  // namespace spf
