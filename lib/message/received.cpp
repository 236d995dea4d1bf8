// Reads Received fields (RFC 5321, 4.4), but only to find the address of the client.
//
//   From-domain     = "FROM" FWS Extended-Domain
//   Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) /
//                     ( address-literal FWS "(" TCP-info ")" )
//   TCP-info        = address-literal / ( Domain FWS address-literal )
//
// Servers write TCP-info in forms of their own: see received_client.cpp.
//
// In the line, an attacker can choose only the name of the client. Most servers write this name
// before the address, but Exim and qmail write it before or after the address. If the server does
// not change the name, it may contain parentheses, an address, or a whole imitated line. But the
// attacker can remove neither the comment with the true address nor the "by" after that comment. A
// line with a second address or a second "by" is therefore rejected, wherever the second one is
// hidden: see mentions_address() and has_second_by().

#include "spf/message/received.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/code_table.hpp"
#include "message/received_client.hpp"

namespace spf {
namespace {

using Code = ReceivedError::Code;
using received::Client;
using received::take;
using received::take_comment;
using received::take_digits;
using received::take_word;

using Entry = CodeEntry<Code>;

constexpr std::array<Entry, ReceivedError::code_count> entries{{
    {Code::control_character, "control_character",
     "the line holds a control character, so no mail server wrote it like this"},
    {Code::no_client, "no_client",
     "the line does not begin with \"from\" and a name, so it does not name the client that handed "
     "the message over"},
    {Code::no_address, "no_address",
     "the address of the client does not follow its name in any of the known forms, such as \"from "
     "mail.example.org (mail.example.org [192.0.2.1])\""},
    {Code::no_server, "no_server",
     "\"by\" and the name of the server that wrote the line must follow the client"},
    {Code::unclosed_comment, "unclosed_comment", "a parenthesis is opened here and never closed"},
    {Code::ambiguous, "ambiguous",
     "the line can be read in more than one way, as if the name of the client imitated a part of "
     "it"},
    {Code::no_line, "no_line", "no Received line names the client that handed the message over"},
    {Code::from_inside, "from_inside",
     "every Received line names a trusted client, so the message came from one of them, and there "
     "is no client to check"},
    {Code::not_smtp, "not_smtp",
     "no server handed the message over here: a program or a user of that host submitted it, or it "
     "was fetched from a mailbox, so the line names no client to check"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t'; }
/// Returns whether an octet is a control character. A tab is one too, because unfolded bodies
/// contain no white space except spaces.
constexpr bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
}

void skip_space(std::string_view& text) noexcept {
    if (text.starts_with(' ')) text.remove_prefix(1);
}

/// Returns the number of octets of the line break at the offset `at`, or 0 if there is none. A line
/// break is CRLF, or LF alone as in files.
std::size_t line_break(std::string_view body, std::size_t at) noexcept {
    if (body.substr(at).starts_with("\r\n")) return 2;
    return body[at] == '\n' ? 1 : 0;
}

/// Returns whether a "by" is the one in the comment that IceWarp writes: "(IceWarp Merak Mail
/// Server 9.4.2 (2009-05-21) by SoftMail)". `behind_by` is the text after the "by". In this
/// comment, no name of a server follows.
bool is_maker(std::string_view behind_by) noexcept { return take(behind_by, " SoftMail)"); }

/// Returns whether the word "by" occurs in the text, inside comments or outside. The "by" in the
/// comment of IceWarp (see is_maker()) does not count.
bool has_second_by(std::string_view text) noexcept {
    while (!text.empty()) {
        if (ascii::equal_ignoring_case(take_word(text), "by") && !is_maker(text)) return true;
        while (!text.empty() && received::ends_word(text.front())) text.remove_prefix(1);
    }
    return false;
}

/// Returns whether the body begins with `(qmail 1234 invoked from network);`, which qmail-queue
/// writes above the line of qmail-smtpd.
bool is_qmail_queue(std::string_view body) noexcept {
    return take(body, "(qmail ") && take_digits(body) && take(body, " invoked from network);");
}

/// Returns whether a program on the server itself submitted the message. The line of such a message
/// begins with `(qmail 1234 invoked by uid 89)` (qmail-queue; nullmailer is similar), with `(from
/// ann@localhost)` (sendmail), or with `from mail pickup service by` (Microsoft).
bool is_submission(std::string_view body) noexcept {
    std::string_view rest = body;
    if (take(rest, "(from ") || take(rest, "from mail pickup service by ")) return true;
    rest = body;
    if (!take(rest, "(qmail ") && !take(rest, "(nullmailer pid ")) return false;
    return take_digits(rest) && (take(rest, " invoked by ") || take(rest, " invoked for bounce)"));
}

bool starts_with(std::string_view word, std::string_view expected) noexcept {
    return take(word, expected);
}

/// Returns whether the protocol is that of local delivery (RFC 2033, 1).
bool is_lmtp(std::string_view protocol) noexcept {
    static_cast<void>(take(protocol, "UTF8"));
    return starts_with(protocol, "LMTP");
}

/// Returns whether the protocol shows that no SMTP client handed over the message. Exim's local,
/// local-smtp and local-bsmtp mean that a program on the host called Exim. POP and IMAP mean that a
/// program fetched the message from a mailbox (fetchmail, getmail). The address is then that of the
/// mailbox server.
bool is_no_hand_over(std::string_view protocol) noexcept {
    return starts_with(protocol, "local") || starts_with(protocol, "POP") ||
           starts_with(protocol, "IMAP");
}

/// Returns whether the name of a server is an address that is used only within the network of one
/// operator. This is an address in 10.0.0.0/8 or, as Google writes it, such an address within
/// 2002::/16 (6to4).
bool is_private_host(std::string_view server) {
    const auto ip = IpAddress::parse(server);
    if (!ip) return false;
    constexpr std::array<Network, 2> networks{
        Network{IpAddress::v4({10, 0, 0, 0}), 8},
        Network{IpAddress::v6(0x2002'0a00'0000'0000U, 0), 24}};
    return networks[0].contains(*ip) || networks[1].contains(*ip);
}

/// The parts of the text after "by".
struct Server {
    std::string_view name;
    std::string_view comment;   ///< the first comment after the name; empty if there is none
    std::string_view protocol;  ///< the word after `with`; empty if there is no `with`
    bool has_id = false;        ///< whether `id` directly follows the comments
};

Server server_in(std::string_view text) noexcept {
    Server server;
    skip_space(text);
    server.name = take_word(text);
    for (skip_space(text); text.starts_with('('); skip_space(text)) {
        const auto comment = take_comment(text);
        if (!comment) return server;
        if (server.comment.empty()) server.comment = *comment;
    }
    const std::string_view word = take_word(text);
    skip_space(text);
    server.has_id = ascii::equal_ignoring_case(word, "id");
    if (ascii::equal_ignoring_case(word, "with")) server.protocol = take_word(text);
    return server;
}

/// Parses the body of a Received field from left to right.
class Reader {
public:
    /// \param body  an unfolded body, which must outlive this object
    explicit Reader(std::string_view body) noexcept : body_(body), rest_(body) {}

    Expected<ReceivedLine, ReceivedError> line();

private:
    [[nodiscard]] ReceivedError error(Code code) const noexcept {
        return {.code = code, .line = 0, .offset = body_.size() - rest_.size()};
    }
    /// Parses a line without `from`. The line is accepted only in forms that a server writes about
    /// a message that it, or another host of the same operator, has already received from a client.
    Expected<ReceivedLine, ReceivedError> without_client();
    /// Parses the text between `from NAME` and `by`. Sets `client_`, except if the text has no
    /// address. Stops at an error and returns it.
    std::optional<ReceivedError> client(std::string_view name);
    std::optional<ReceivedError> comments(std::string_view name);

    std::string_view body_;
    std::string_view rest_;
    std::optional<Client> client_;
};

Expected<ReceivedLine, ReceivedError> Reader::without_client() {
    if (is_qmail_queue(rest_)) return ReceivedLine{};
    if (is_submission(rest_)) return error(Code::not_smtp);
    std::string_view by = rest_;
    if (!ascii::equal_ignoring_case(take_word(by), "by")) return error(Code::no_client);
    if (has_second_by(by)) return error(Code::ambiguous);
    const Server server = server_in(by);
    // Postfix writes "with" only if a server or program handed the message over to it. Without
    // "with", Postfix forwarded a message that it had already received.
    const bool forwarded = server.comment == "Postfix" && server.has_id;
    const bool handed_on =
        ascii::equal_ignoring_case(server.protocol, "SMTP") && is_private_host(server.name);
    if (forwarded || handed_on) {
        return ReceivedLine{
            std::nullopt, {}, std::string(server.name), std::string(server.protocol)};
    }
    const bool submitted = server.comment.starts_with("Postfix, from userid ") ||
                           starts_with(server.protocol, "HTTP") || is_signed_in(server.protocol) ||
                           is_no_hand_over(server.protocol);
    return error(submitted ? Code::not_smtp : Code::no_client);
}

std::optional<ReceivedError> Reader::client(std::string_view name) {
    skip_space(rest_);
    if (!rest_.starts_with('[')) return comments(name);
    const ReceivedError no_address = error(Code::no_address);
    client_ = received::take_client(name, rest_);
    skip_space(rest_);
    if (!client_) return no_address;
    // A server that writes the address outside a comment writes no comment after it. If there is a
    // comment, the address may be a part of the name that the client chose.
    return rest_.starts_with('(') ? std::optional(error(Code::ambiguous)) : std::nullopt;
}

std::optional<ReceivedError> Reader::comments(std::string_view name) {
    for (; rest_.starts_with('('); skip_space(rest_)) {
        const ReceivedError ambiguous = error(Code::ambiguous);
        const ReceivedError no_address = error(Code::no_address);
        const ReceivedError not_smtp = error(Code::not_smtp);
        const auto comment = take_comment(rest_);
        if (!comment) return error(Code::unclosed_comment);
        if (client_) {
            if (received::mentions_address(*comment)) return ambiguous;
            continue;
        }
        const auto helo = received::helo_in(*comment);
        if (!helo) {
            client_ = received::client_in(name, *comment);
        } else {
            skip_space(rest_);
            const auto address = rest_.starts_with('(') ? take_comment(rest_) : std::nullopt;
            if (address) client_ = received::client_behind_helo(*helo, *address);
        }
        // This comment is from the sendmail command of OpenSMTPD, which connects to the server
        // through a local socket.
        if (!client_ && comment->ends_with(" [local]")) return not_smtp;
        if (!client_) return no_address;
    }
    return std::nullopt;
}

Expected<ReceivedLine, ReceivedError> Reader::line() {
    for (std::size_t i = 0; i < body_.size(); ++i) {
        if (!is_control(body_[i])) continue;
        rest_.remove_prefix(i);
        return error(Code::control_character);
    }
    std::string_view from = rest_;
    const bool has_from = ascii::equal_ignoring_case(take_word(from), "from");
    if (!has_from || is_submission(rest_)) return without_client();
    rest_ = from;
    skip_space(rest_);
    const std::string_view name = take_word(rest_);
    skip_space(rest_);
    if (name.empty() && !rest_.starts_with('(')) return error(Code::no_client);

    if (const auto problem = client(name)) return *problem;
    if (take(rest_, ";")) skip_space(rest_);  // OpenSMTPD writes a semicolon before "by"
    std::string_view by = rest_;
    if (!ascii::equal_ignoring_case(take_word(by), "by")) return error(Code::no_server);
    if (has_second_by(by)) return error(Code::ambiguous);
    const ReceivedError not_smtp = error(Code::not_smtp);
    const ReceivedError here = error(client_ ? Code::no_server : Code::no_address);
    const Server server = server_in(by);
    if (is_no_hand_over(server.protocol)) return not_smtp;
    if (server.name.empty()) return here;
    const bool local = !client_ || !client_->ip;
    if (local && !is_lmtp(server.protocol)) return ReceivedError{Code::no_address, 0, here.offset};
    return ReceivedLine{local ? std::nullopt : client_->ip,
                        std::string(local ? name : client_->helo), std::string(server.name),
                        std::string(server.protocol)};
}

}  // namespace

std::string_view ReceivedError::message() const noexcept { return row_of(entries, code).message; }

std::string_view to_string(ReceivedError::Code code) noexcept { return row_of(entries, code).name; }

bool is_signed_in(std::string_view protocol) noexcept {
    constexpr std::array<std::string_view, 9> protocols{
        "ESMTPA",     "ESMTPSA",   "LMTPA",      "LMTPSA", "UTF8SMTPA",
        "UTF8SMTPSA", "UTF8LMTPA", "UTF8LMTPSA", "ASMTP"};  // Exim formerly wrote ASMTP
    return std::any_of(protocols.begin(), protocols.end(), [protocol](std::string_view each) {
        return ascii::equal_ignoring_case(protocol, each);
    });
}

std::string unfolded(std::string_view body) {
    std::string out;
    out.reserve(body.size());
    for (std::size_t at = 0; at < body.size(); ++at) {
        const std::size_t fold = line_break(body, at);
        const std::size_t next = at + fold;
        // A line break that does not fold the line is kept in `out`. A second line break directly
        // after it is kept too. Otherwise the first one could be at the end of the result, and
        // would be removed if the result were unfolded again.
        const bool broken = out.ends_with('\n');
        if (fold > 0 && !broken && (next == body.size() || is_space(body[next]))) {
            at = next - 1;
        } else if (!is_space(body[at])) {
            out += body[at];
        } else if (!out.empty() && !broken && out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

Expected<ReceivedLine, ReceivedError> parse_received(std::string_view body) {
    const std::string line = unfolded(body);
    return Reader(line).line();
}

Expected<Handover, ReceivedError> find_handover(std::span<const std::string_view> received,
                                                const NetworkSet& trusted,
                                                std::optional<IpAddress> connection) {
    Handover handover;
    if (connection && !trusted.contains(*connection)) {
        handover.ip = *connection;
        return handover;
    }
    handover.relay = connection;
    bool has_client = connection.has_value();
    for (const std::string_view body : received) {
        ++handover.line;
        auto line = parse_received(body);
        if (!line) return ReceivedError{line.error().code, handover.line, line.error().offset};
        has_client = line->ip.has_value();
        if (!has_client) continue;  // the host that wrote this line wrote the next one too
        if (!trusted.contains(*line->ip)) {
            handover.ip = *line->ip;
            handover.helo = std::move(line->helo);
            handover.by = std::move(line->by);
            handover.protocol = std::move(line->protocol);
            return handover;
        }
        handover.relay = line->ip;
    }
    const bool inside = has_client && !received.empty();
    return ReceivedError{inside ? Code::from_inside : Code::no_line, received.size(), 0};
}

}  // namespace spf
