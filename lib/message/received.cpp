// Reads Received fields (RFC 5321, 4.4), but only to find the address of the client.
//
//   From-domain     = "FROM" FWS Extended-Domain
//   Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) /
//                     ( address-literal FWS "(" TCP-info ")" )
//   TCP-info        = address-literal / ( Domain FWS address-literal )
//
// Servers write TCP-info in forms of their own: see received_client.cpp.
//
// An attacker can choose the name of the client, and with some servers also its identity (RFC 1413)
// or the name of its address. Such a text may contain parentheses, an address, or a whole imitated
// line. But the attacker cannot remove the true address, nor the "by" of the server. A line with a
// second address in another place than that of a name, or with a second "by", is therefore
// rejected: see ClientReader, mentions_other() and has_second_by().

#include "spf/message/received.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/code_table.hpp"
#include "message/received_client.hpp"
#include "message/received_server.hpp"
#include "message/received_text.hpp"

namespace spf {
namespace {

using Code = ReceivedError::Code;
using received::ClientReader;
using received::Server;
using received::skip_space;
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

/// Returns the number of octets of the line break at the offset `at`, or 0 if there is none. A line
/// break is CRLF, or LF alone as in files.
std::size_t line_break(std::string_view body, std::size_t at) noexcept {
    if (body.substr(at).starts_with("\r\n")) return 2;
    return body[at] == '\n' ? 1 : 0;
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

constexpr bool is_quoted(char c) noexcept { return c != '"' && !received::ends_word(c); }

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
    /// Returns whether the rest of the line begins with the word "by".
    [[nodiscard]] bool is_at_by() const noexcept {
        std::string_view rest = rest_;
        return ascii::equal_ignoring_case(take_word(rest), "by");
    }
    /// Returns whether the rest of the line is that of a Microsoft server without the word "by".
    [[nodiscard]] bool is_microsoft() const {
        std::string_view rest = rest_;
        if (take_word(rest).empty() || !rest.starts_with(" (")) return false;
        skip_space(rest);
        const auto comment = take_comment(rest);
        return comment && received::read_address(*comment) &&
               take(rest, " with Microsoft SMTP Server ");
    }
    /// Parses a line without `from`. The line is accepted only in forms that a server writes about
    /// a message that it, or another host of the same operator, has already received from a client.
    Expected<ReceivedLine, ReceivedError> without_client();
    /// Parses the text between `from NAME` and `by`. Stops at an error and returns it.
    std::optional<ReceivedError> read_client(ClientReader& client);
    /// Parses one comment or address before `by`. Returns whether there was one.
    Expected<bool, ReceivedError> read_part(ClientReader& client);
    /// Parses the rest of the line, from `by` on, and decides which address is that of the client.
    Expected<ReceivedLine, ReceivedError> read_rest(ClientReader& client);

    std::string_view body_;
    std::string_view rest_;
    std::size_t behind_name_ = 0;  ///< the offset behind the word after "from"
    bool has_words_ = false;       ///< whether there are words between the comments and "by"
};

Expected<ReceivedLine, ReceivedError> Reader::without_client() {
    if (is_qmail_queue(rest_)) return ReceivedLine{};
    if (is_submission(rest_)) return error(Code::not_smtp);
    std::string_view by = rest_;
    if (!ascii::equal_ignoring_case(take_word(by), "by")) return error(Code::no_client);
    if (received::has_second_by(by)) return error(Code::ambiguous);
    const Server server = received::read_server(by);
    if (received::is_passed_on(server)) {
        return ReceivedLine{
            std::nullopt, {}, std::string(server.name), std::string(server.protocol)};
    }
    return error(received::is_submitted(server) ? Code::not_smtp : Code::no_client);
}

Expected<bool, ReceivedError> Reader::read_part(ClientReader& client) {
    using Finding = ClientReader::Finding;
    const ReceivedError no_address = error(Code::no_address);
    const ReceivedError ambiguous = error(Code::ambiguous);
    auto found = Finding::fits;
    if (rest_.starts_with('(')) {
        const auto comment = take_comment(rest_);
        if (!comment) return error(Code::unclosed_comment);
        // This comment is from the sendmail command of OpenSMTPD, which connects to the server
        // through a local socket.
        if (!client.has_client() && comment->ends_with(" [local]")) {
            return ReceivedError{Code::not_smtp, 0, no_address.offset};
        }
        found = client.add(*comment);
    } else if (rest_.starts_with('[') || received::begins(rest_, "- ")) {
        const auto ip = received::take_bare_address(rest_);
        if (!ip && client.has_client()) return false;
        if (!ip) return no_address;
        found = client.add(*ip);
    } else {
        return false;
    }
    if (found == Finding::no_address) return no_address;
    if (found == Finding::ambiguous) return ambiguous;
    skip_space(rest_);
    return true;
}

std::optional<ReceivedError> Reader::read_client(ClientReader& client) {
    for (;;) {
        const auto is_part = read_part(client);
        if (!is_part) return is_part.error();
        if (*is_part) continue;
        // A few servers write something more before "by", such as "via SMTP".
        if (!client.has_client() || is_at_by() || is_microsoft()) return std::nullopt;
        const ReceivedError ambiguous = error(Code::ambiguous);
        const bool has_helo = take(rest_, ", claiming to be \"");  // smtpd of Obtuse
        const auto word = has_helo ? received::take_while(rest_, is_quoted) : take_word(rest_);
        if (word.empty()) return std::nullopt;
        has_words_ = true;
        const auto found = has_helo ? client.add_helo(word) : client.add_word(word);
        if (found != ClientReader::Finding::fits) return ambiguous;
        if (has_helo) static_cast<void>(take(rest_, "\""));
        skip_space(rest_);
    }
}

Expected<ReceivedLine, ReceivedError> Reader::read_rest(ClientReader& client) {
    const ReceivedError no_address{Code::no_address, 0, behind_name_};
    const ReceivedError here = client.has_client() ? error(Code::no_server) : no_address;
    const ReceivedError not_smtp = error(Code::not_smtp);
    if (client.is_contradictory()) return error(Code::ambiguous);
    // Lines of qmail end here, if they were cut off.
    const bool is_cut_off =
        rest_.empty() && client.has_client() && client.has_greeting() && !has_words_;
    const bool has_by = is_at_by();
    if (!has_by && !is_cut_off && !is_microsoft()) return error(Code::no_server);
    if (has_by) static_cast<void>(take_word(rest_));
    if (received::has_second_by(rest_)) return error(Code::ambiguous);
    const Server server = received::read_server(rest_);
    if (received::is_no_hand_over(server)) return not_smtp;
    if (server.name.empty() && server.comment.empty() && !is_cut_off) return here;
    if (client.has_keys_for_name() ||
        (client.has_only_name() && received::writes_address_as_name(server, client))) {
        client.trust_name();
    }
    const auto [ip, helo] = client.client();
    const bool is_local = client.may_be_local() && received::is_lmtp(server.protocol);
    if (!ip && !is_local) return no_address;
    return ReceivedLine{ip, std::string(helo), std::string(server.name),
                        std::string(server.protocol)};
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
    behind_name_ = body_.size() - rest_.size();
    ClientReader client(name);
    if (const auto problem = read_client(client)) return *problem;
    if (take(rest_, ";")) skip_space(rest_);  // OpenSMTPD writes a semicolon before "by"
    return read_rest(client);
}

}  // namespace

std::string_view ReceivedError::message() const noexcept { return row_of(entries, code).message; }
std::string_view ReceivedError::message(const Language& language) const {
    return language(message());
}

std::string_view to_string(ReceivedError::Code code) noexcept { return row_of(entries, code).name; }

bool is_signed_in(std::string_view protocol) noexcept {
    // Exim formerly wrote ASMTP. HTTP is the protocol of programs that users reach with a browser.
    constexpr std::array<std::string_view, 10> protocols{
        "ESMTPA",     "ESMTPSA",   "LMTPA",      "LMTPSA", "UTF8SMTPA",
        "UTF8SMTPSA", "UTF8LMTPA", "UTF8LMTPSA", "ASMTP",  "HTTP"};
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
