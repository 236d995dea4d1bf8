/// \file message/received.hpp  Who handed a message to the first relay that one trusts (RFC 5321 section 4.4).
///
/// SPF is checked between border servers (RFC 7208 appendix F): "the host that first transferred the
/// message to the receiving ADMD has to be determined, which can be difficult". Behind a backup MX, a
/// forwarder or a filtering service, the connection that a server accepts is that of the relay, and the
/// address to check stands in a Received field. Anybody can write such fields; only those that trusted
/// servers put on top say something. So they are read from the top:
///
///     Received: from relay ([198.51.100.25]) by mx       written by this host; 198.51.100.25 is trusted,
///     Received: from a ([203.0.113.9]) by relay          so the next is its own; 203.0.113.9 is not,
///     Received: from b ([192.0.2.10]) by a               and all below is its claim, and is not read
///
/// The answer is 203.0.113.9. What cannot be read for certain is an error; nothing is guessed from the
/// lines below.
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

/// Why it is not known who handed over a message. A plain value. Not a verdict on the message: it is as
/// little verified as one that has never been checked, and strangers may be able to bring this about.
struct SPF_EXPORT ReceivedError {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        // One line
        /// an octet below 0x20 that is no white space, a line break that folds nothing, or 0x7f
        control_character,
        no_client,         ///< does not begin with `from` and a name or an address
        no_address,        ///< the client's address is not where servers write it
        no_server,         ///< no `by` and a name behind the client
        unclosed_comment,  ///< `(` without `)`
        ambiguous,         ///< can be read in two ways, as where a HELO name imitates an address
        // All of them
        no_line,      ///< there is no line, or none left, that says where the message came from
        from_inside,  ///< every line names a trusted client: the message came from one of them
        // One line
        not_smtp,  ///< no server handed over: submitted on the host, or fetched from a mailbox
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::not_smtp) + 1;

    Code code{};
    /// Which field is meant, from 1, the topmost; of no_line and from_inside, how many there are. 0 from
    /// parse_received(), which knows but one.
    std::size_t line = 0;
    std::size_t offset = 0;  ///< octets from the start of the unfolded() body, 0 .. its size

    /// One sentence of English without trailing dot. Static storage.
    [[nodiscard]] std::string_view message() const noexcept;

    friend bool operator==(const ReceivedError&, const ReceivedError&) = default;
};

/// The code as written in the enum, such as "no_address": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ReceivedError::Code code) noexcept;

/// What one Received field says. Owns its texts, which may hold any octet but white space, controls,
/// parentheses and semicolons: HELO is the client's word, so make it printable before it is shown.
struct ReceivedLine {
    /// The client's address, as the server saw it. Absent where the message only changed hands within
    /// the server that wrote the line: what the client of that server was, the next line says.
    std::optional<IpAddress> ip;
    /// The name in HELO or EHLO; where there was none, what the server writes instead ("unknown").
    std::string helo;
    /// The server that wrote the line, by its own account; empty where the line is but a comment.
    std::string by;
    /// The word behind `with`, such as ESMTP, and ESMTPA or ESMTPSA where the client had signed in
    /// (RFC 3848); empty where it does not follow the server's name and comments.
    std::string protocol;

    friend bool operator==(const ReceivedLine&, const ReceivedLine&) = default;
};

/// The body of a field in one line: without the line breaks that fold it, which are those that white
/// space follows (RFC 5322 section 2.2.3), with one space for each run of white space, which means no
/// more than that (section 3.2.2), and without any at its ends. A line break is CRLF or, as in files,
/// LF. Whatever else is in the body stays. Linear; never throws but std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string unfolded(std::string_view body);

/// Reads the body of one Received field, which may be folded, within comments, too, as these servers
/// write it:
///
///     from HELO (NAME [192.0.2.1]) by ...               Postfix, sendmail, Google, OpenSMTPD, Courier
///     from HELO (IDENT@NAME [192.0.2.1] (may be forged)) by ...                    sendmail
///     from HELO (IDENT@[192.0.2.1]) by ...                                         sendmail
///     from HELO ("port 1234"@NAME [192.0.2.1]) by ...                              iPlanet, Oracle
///     from HELO (NAME [192.0.2.1] (AS64500 OWNER, AT)) by ...                      Stalwart
///     from HELO (Not Verified[192.0.2.1]) by ...                                   Trustwave
///     from HELO ([192.0.2.1]) by ...                    sendmail, Google, amavis, Dovecot, Microsoft SMTPSVC
///     from HELO ([192.0.2.1] RDNS failed) by ...        Microsoft SMTPSVC; "verified": CommuniGate Pro
///     from HELO ([192.0.2.1] NAME) by ...               ZoneMTA
///     from NAME ([192.0.2.1]:1234 "EHLO HELO" rhost-flags-OK-OK-OK-OK) by ...      ZMailer
///     from HELO (192.0.2.1) by ...                      Exchange, Office 365
///     from ([192.0.2.1]) by ...                         IceWarp, Trend Micro, PowerMTA: no HELO name
///     from HELO [192.0.2.1] by ...                      IMail, MDaemon; [(192.0.2.1)]: Generic MTA
///     from NAME ([192.0.2.1]:1234 helo=HELO ident=ID) by ...                       Exim
///     from [192.0.2.1] (port=1234 helo=HELO ident=ID) by ...                       Exim, without NAME
///     from [192.0.2.1] (account USER HELO HELO) by ...                             CommuniGate Pro
///     from NAME (HELO HELO) (IDENT@192.0.2.1) by ...    qmail; ([192.0.2.1]): IronPort, James, qmail-ldap
///     from NAME (192.0.2.1) by ...                      qmail, where HELO is NAME
///
/// IPv6 addresses stand there with or without `IPv6:` in front and a zone index behind; whatever has
/// its own separator (IDENT@, `:1234`, each `key=value`) may be absent; EHLO and LHLO stand for HELO;
/// `[192.0.2.1:1234]` has the port within. Further comments may follow the address. A line that says
/// that the message changed hands within a host, or between those of Google, has no `ip`:
///
///     (qmail 1234 invoked from network); ...            qmail-queue, above the line of qmail-smtpd
///     from NAME by ... with LMTP ...                      Dovecot, through a socket of the host
///     from NAME ([unix socket]) by ... with LMTPA ...     Cyrus
///     by NAME (Postfix) id ...                            Postfix, which expanded an alias
///     by 10.0.0.1 with SMTP id ...                        Google; or an address within 2002:a00::/24
///
/// Where no server handed the message over, there is no client, whatever else is in the line: not_smtp.
/// So it is with `(Postfix, from userid 1000)`, Exim's `with local`, `(qmail 1234 invoked by uid 89)`,
/// sendmail's `(from USER)`, OpenSMTPD's `[local]`, Microsoft's `from mail pickup service`, `by ... with HTTP`, and mailboxes
/// that were fetched (`with POP3`, `with IMAP`).
///
/// HELO and IDENT are the client's words. So that no choice of them can pass for an address, even where a
/// server writes them down as they come: behind `from` stand one name and comments, then `by`; the
/// comment with the address has one of the forms above and nothing else in it; no further comment before
/// `by` may hold an address or a bracket (but that of a user, `[ann@example.com]`); an address outside of
/// comments has none behind it; and `by` occurs once in all of the rest, comments included.
/// Whatever does not keep to that is refused: `ambiguous`, or what else is wrong with it.
/// A bare `from [192.0.2.1] by ...` is refused, too: RFC 5321 section 4.4 calls that the client's claim.
///
/// \param body  what stands behind `Received:`, any octets. Read, not kept.
/// \return what it says, or the leftmost error.
/// Cost: linear, comments within comments included. Never throws but std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<ReceivedLine, ReceivedError> parse_received(
    std::string_view body);

/// Whether a ReceivedLine's protocol says that the client had signed in (RFC 3848, RFC 6531 section 4.3):
/// it was a user's program then, which submitted the message, and no server.
[[nodiscard]] SPF_EXPORT bool is_signed_in(std::string_view protocol) noexcept;

/// Who handed a message to the outermost trusted server: what to check with SPF. Owns its texts.
struct Handover {
    IpAddress ip;      ///< the client, for Request::ip
    std::string helo;  ///< its HELO name, for Request::helo; empty where `line` is 0
    /// The field that says so, from 1, the topmost; 0: the connection itself.
    std::size_t line = 0;
    std::string by;  ///< the server that took the message, as in ReceivedLine; empty for line 0
    std::string protocol;  ///< how it took it, as in ReceivedLine; empty for line 0
    /// The address of that server, as the one behind it saw it; absent where that is the host itself.
    std::optional<IpAddress> relay;

    friend bool operator==(const Handover&, const Handover&) = default;
};

/// Walks from the host itself outwards, until a client is not trusted.
///
/// \param received    the bodies of all Received fields in their order, the topmost first. Only those
///                    that trusted servers wrote are read. Lines of the host's own that tell nothing may
///                    be left out by passing a subspan().
/// \param trusted     the addresses of the relays, as the servers behind them see them. Each of them
///                    must put a Received field with its client's address on top of what it passes on,
///                    as RFC 5321 section 4.4 demands. Where a content filter hands mail back through
///                    SMTP, also the loopback address, if nobody else may submit mail there.
/// \param connection  the client of the connection that the message came through, where the host has
///                    not yet written its own line, as in a milter: then the first field was written by
///                    that client, if it is trusted; if not, it is the answer. Absent: the host wrote
///                    the first field itself.
/// \return the first client that is not trusted, or why it is not known.
/// Cost: linear in the lines read. Never throws but std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<Handover, ReceivedError> find_handover(
    std::span<const std::string_view> received, const NetworkSet& trusted,
    std::optional<IpAddress> connection = std::nullopt);

}  // namespace spf
