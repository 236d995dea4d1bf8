/// \file message/received.hpp  Finds out which client handed a message to the first trusted relay
/// (RFC 5321 section 4.4).
///
/// SPF is checked where mail enters the receiving ADMD (RFC 7208 appendix F): "the host that first
/// transferred the message to the receiving ADMD has to be determined, which can be difficult". If
/// a backup MX, a forwarder or a filtering service passes a message on, the server sees only a
/// connection from this relay. The address to check is then in a Received field.
///
/// Anybody can write Received fields. Only those that trusted servers have put on top are evidence,
/// so the fields are read from the top. In this example, 198.51.100.25 is a trusted relay:
///
///     Received: from relay ([198.51.100.25]) by mx
///     Received: from a ([203.0.113.9]) by relay
///     Received: from b ([192.0.2.10]) by a
///
/// The first field was written by this host. It names the relay as the client, so the relay wrote
/// the second field. The second field names 203.0.113.9, which is not trusted, so this is the
/// result. The third field is only a claim of 203.0.113.9 and is not read.
///
/// If a field cannot be read with certainty, the result is an error: nothing is inferred from the
/// fields below it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/base/language.hpp"
#include "spf/net/ip.hpp"
#include "spf/net/network_set.hpp"

namespace spf {

/// Why it is not known which client handed over a message. The error does not mean that the message
/// is bad: treat the message like one that was never checked. Untrusted senders may be able to
/// cause the error.
struct SPF_EXPORT ReceivedError {
    /// The codes are stable: new codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        // Errors in one field
        /// There is an octet below 0x20 that is not white space, an octet 0x7f, or a line break
        /// that is not part of folding.
        control_character,
        no_client,         ///< the field does not begin with `from` and a name or an address
        no_address,        ///< the client's address is not in a place where servers write it
        no_server,         ///< after the client, there is no `by` with a name
        unclosed_comment,  ///< a `(` has no matching `)`
        ambiguous,  ///< the field can be read in two ways, as when a HELO name imitates an address
        // Errors that concern all fields together
        no_line,      ///< there is no field, or no further field, that names a client
        from_inside,  ///< every field names a trusted client, so the message came from one of them
        // Another error in one field
        /// The message was not handed over by a server: it was submitted on the host itself, or
        /// fetched from a mailbox.
        not_smtp,
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::not_smtp) + 1;

    Code code{};  ///< what is wrong
    /// The number of the field, counted from 1 at the top. For `no_line` and `from_inside`, the
    /// number of all fields. In an error of parse_received(), which reads a single field, it is 0.
    std::size_t line = 0;
    std::size_t offset = 0;  ///< the place of the error in the unfolded() body, 0 .. its size

    /// Returns what is wrong in one line of English, without trailing dot. The text has static
    /// storage.
    [[nodiscard]] std::string_view message() const noexcept;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string_view message(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const ReceivedError&, const ReceivedError&) = default;
};

/// Returns the name of the enumerator, such as "no_address". The name is stable, so programs may
/// compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ReceivedError::Code code) noexcept;

/// The contents of one Received field. Owns its texts, which may contain any octet except white
/// space, controls, parentheses and semicolons. The client chooses the HELO name, so make it
/// printable() before you show it.
struct ReceivedLine {
    /// The client's address, as the server saw it. Absent if the field only records a step within
    /// the server that wrote it. In this case, the next field names the client of that server.
    std::optional<IpAddress> ip{};
    /// The name that the client sent with HELO or EHLO. If it sent none, what the server writes
    /// instead, such as "unknown", which may be empty.
    std::string helo{};
    /// The name of the server that wrote the field, as it calls itself. Empty if the field is only
    /// a comment, or if the server left its name out.
    std::string by{};
    /// The protocol after `with`, such as ESMTP. If the client had authenticated, it is ESMTPA,
    /// ESMTPSA or similar (RFC 3848). Empty if it does not directly follow the server's name and
    /// comments.
    std::string protocol{};

    /// Compares all members.
    friend bool operator==(const ReceivedLine&, const ReceivedLine&) = default;
};

/// Returns the body of a field in one line, without folding (RFC 5322 section 2.2.3). Removes each
/// line break that is followed by white space; a line break is CRLF or, as in files, LF. Replaces
/// each run of white space by one space, because its length has no meaning (RFC 5322 section
/// 3.2.2). Removes white space at both ends. Changes nothing else. Takes linear time. Throws only
/// std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::string unfolded(std::string_view body);

/// Reads the body of one Received field, which may be folded, even within comments. The field has
/// to have one of the following forms. The servers that write this form are named at the right.
///
/// In the forms, HELO is the name that the client sent with HELO or EHLO, NAME is the name of its
/// address in DNS, and IDENT or ID is its identity according to RFC 1413. In `HELO HELO` and `EHLO
/// HELO`, the first word is literal. The address is in one comment, mostly the first one:
///
///     from HELO (NAME [192.0.2.1]) by ...           Postfix, sendmail, Google, OpenSMTPD, Courier
///     from HELO (IDENT@NAME [192.0.2.1] (may be forged)) by ...  sendmail
///     from HELO (IDENT@[192.0.2.1]) by ...          sendmail
///     from HELO ("port 1234"@NAME [192.0.2.1]) by ...  iPlanet, Oracle
///     from HELO (Not Verified[192.0.2.1]) by ...    MailMarshal, Trustwave
///     from HELO ([192.0.2.1]) by ...                sendmail, Google, amavis, Dovecot, Microsoft
///     from HELO (192.0.2.1) by ...                  Exchange, Office 365, PowerMTA, XMail
///     from HELO(192.0.2.1) by ...                   smap
///     from HELO(mailfrom:SENDER ip:192.0.2.1) by ...  Aliyun
///     from ([192.0.2.1]) by ...                     IceWarp, Trend Micro, PowerMTA (without HELO)
///     from NAME ([192.0.2.1]:1234 helo=HELO ident=ID) by ...  Exim, Ecelerity
///     from NAME ([192.0.2.1]:1234 "EHLO HELO" rhost-flags-OK-OK-OK-OK) by ...  ZMailer
///     from NAME(192.0.2.1, HELO HELO) by ...        smap
///     from NAME (HELO HELO) (IDENT@192.0.2.1) by ...  qmail, Yahoo
///     from NAME (HELO HELO) ([192.0.2.1]) by ...    IronPort, qmail-ldap, James
///     from NAME (192.0.2.1) by ...                  qmail, if HELO is NAME
///
/// or outside of comments:
///
///     from HELO [192.0.2.1] by ...                  IMail, MDaemon
///     from NAME [192.0.2.1] (HELO HELO) by ...      McAfee
///     from HELO [(192.0.2.1)] by ...                Generic MTA
///     from HELO - 192.0.2.1 by ...                  Microsoft SMTPSVC 5.5
///     from [192.0.2.1] (port=1234 helo=HELO ident=ID) by ...  Exim, if there is no NAME
///     from [192.0.2.1] (HELO HELO) by ...           CommuniGate Pro, F-Secure
///     from [192.0.2.1] (account USER HELO HELO) by ...  CommuniGate Pro
///
/// An IPv6 address may have `IPv6:` before it and a zone index after it. Parts with a separator of
/// their own (`IDENT@`, `:1234`, each `key=value`) may be absent. EHLO or LHLO may replace HELO.
/// The port may be within the brackets: `[192.0.2.1:1234]`. A remark of the server may follow the
/// address within the comment: `verified` (CommuniGate Pro), `RDNS failed` (Microsoft), `with
/// login` (Yahoo), `(AS64500 OWNER, AT)` (Stalwart), or NAME again (ZoneMTA). Further comments may
/// precede or follow the comment with the address, and words such as `via TCP` may precede `by`.
///
/// Some servers write only the address that they saw, in place of the name:
///
///     from [192.0.2.1] by ... with esmtp (Exim 4.98)    Exim, if HELO is this literal
///     from [192.0.2.1] by ... (iPlanet Messaging Server 5.1) ...  also Oracle, Netscape
///     from [192.0.2.1] by ... (2001:db8::2) (MDaemon PRO v25) ...
///     from [192.0.2.1] by ... id ...                MessageLabs, Mandrill
///     from [192.0.2.1] by ... with NNFMP            Yahoo; also `with QMQP`, `with smtp`
///     from 192.0.2.1 by ... with HTTP               programs that users reach with a browser
///     from 192.0.2.1 by ... (InterScan ...)         Trend Micro; also Tumbleweed
///
/// From other servers, the address in this form may be what the client sent with HELO (RFC 5321
/// section 4.4), so the result is an error.
///
/// These forms mean that the message was passed on within a host, or between hosts of Google. Such
/// a field has no `ip`:
///
///     (qmail 1234 invoked from network); ...        qmail-queue, above the field of qmail-smtpd
///     from NAME by ... with LMTP ...                Dovecot, through a UNIX socket
///     from NAME ([unix socket]) by ... with LMTPA ...  Cyrus
///     by NAME (Postfix) id ...                      Postfix, if it expanded an alias
///     by 10.0.0.1 with SMTP id ...                  Google, also with an address in 2002:a00::/24
///
/// If the message was not handed over by a server, there is no client, whatever else the field
/// contains, and the error is `not_smtp`. Examples are `(Postfix, from userid 1000)`, Exim's `with
/// local`, `(qmail 1234 invoked by uid 89)`, sendmail's `(from USER)`, OpenSMTPD's `[local]`,
/// Microsoft's `from mail pickup service`, `by ... with HTTP`, and messages fetched from mailboxes
/// (`with POP3`, `with IMAP`).
///
/// The client chooses HELO and IDENT, and some servers write them down unchanged. A client must not
/// be able to forge an address with them, so the field has to follow these rules:
///
/// - After `from` comes one name.
/// - The comment with the address has one of the forms above and contains nothing else.
/// - No further part before `by` contains another address, or a bracket, except the bracket of a
///   user, as in `[ann@example.com]`, and the name that the client sent.
/// - If the name is another address, the comment with the address directly follows it.
/// - `by` occurs only once in the field, including comments. Within a comment that comes later, it
///   may occur again, if there is no address or bracket after the first `by`.
///
/// A field that breaks a rule has the error `ambiguous`, or another error if something else is
/// wrong too.
///
/// \param body  the text after `Received:`, any octets. The function keeps no view of it.
/// \return the contents of the field, or the leftmost error.
///
/// Cost: linear, even for nested comments. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<ReceivedLine, ReceivedError> parse_received(
    std::string_view body);

/// Returns whether the protocol of a ReceivedLine shows that the client had authenticated (RFC
/// 3848, RFC 6531 section 4.3), or that it was a browser (HTTP). Such a client is a user's program
/// that submitted the message, not a server.
[[nodiscard]] SPF_EXPORT bool is_signed_in(std::string_view protocol) noexcept;

/// The client that handed a message to the outermost trusted server. This is the client to check
/// with SPF. Owns its texts.
struct Handover {
    IpAddress ip{};      ///< the address of the client, for Request::ip
    std::string helo{};  ///< the HELO name of the client, for Request::helo; empty if `line` is 0
    /// The number of the field that names the client, counted from 1 at the top. It is 0 if no
    /// field was needed, because the client is the `connection` passed to find_handover().
    std::size_t line = 0;
    /// The server that accepted the message from the client, as in ReceivedLine. Empty if `line` is
    /// 0.
    std::string by{};
    /// The protocol by which the server accepted the message, as in ReceivedLine. Empty if `line`
    /// is 0.
    std::string protocol{};
    /// The address of the server `by`, as the next server saw it. Absent if this server is the host
    /// that calls find_handover().
    std::optional<IpAddress> relay{};

    /// Compares all members.
    friend bool operator==(const Handover&, const Handover&) = default;
};

/// Follows the Received fields from the host that received the message back to the client that sent
/// it, until a field names a client that is not trusted.
///
/// \param received    the bodies of all Received fields in order, the topmost first. Only those
///                    that trusted servers wrote are read. If the host itself wrote fields that
///                    name no client, omit them by passing a subspan().
/// \param trusted     the addresses of the relays, as the next servers see them. Each relay must
///                    put a Received field with the address of its client on top of every message
///                    that it passes on, as RFC 5321 section 4.4 demands. If a content filter
///                    returns mail to the host through SMTP, include the loopback address, provided
///                    that no other program may submit mail from there.
/// \param connection  the client of the connection that delivered the message, if the host has not
///                    yet written its own field, as in a milter. If this client is trusted, it
///                    wrote the first field. If it is not trusted, it is the result. If the
///                    parameter is absent, the host wrote the first field itself.
/// \return the first client that is not trusted, or why it is not known.
///
/// Cost: linear in the size of the fields that are read. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<Handover, ReceivedError> find_handover(
    std::span<const std::string_view> received, const NetworkSet& trusted,
    std::optional<IpAddress> connection = std::nullopt);

}  // namespace spf
