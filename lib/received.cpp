// Received fields (RFC 5321 section 4.4), read for one purpose: the address of the client.
//
//   From-domain     = "FROM" FWS Extended-Domain
//   Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) / ( address-literal FWS "(" TCP-info ")" )
//   TCP-info        = address-literal / ( Domain FWS address-literal )
//
// Servers have forms of their own for TCP-info; received.hpp lists them. The one thing in the line that
// an enemy may choose is a name: in front of the address or, with Exim and qmail, around it. Were it
// written down as it came, it could hold parentheses, an address, a whole line. What it cannot do is
// remove the comment with the true address, and the "by" behind that. So the line is refused where
// there are two of either, wherever the second may be hidden: see mentions_address() and
// has_second_by(). Text is read by taking parts off the front of a view; comments are counted, not
// descended into.

#include "spf/received.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ascii.hpp"

namespace spf {
namespace {

using Code = ReceivedError::Code;

struct Entry {
    Code code;
    std::string_view name;
    std::string_view message;
};

constexpr std::array<Entry, ReceivedError::code_count> entries{{
    {Code::control_character, "control_character",
     "the line holds a control character, so it is not as a mail server writes it"},
    {Code::no_client, "no_client",
     "the line does not begin with \"from\" and a name, so it does not tell who handed the message "
     "over"},
    {Code::no_address, "no_address",
     "the address of the client does not stand behind its name in any of the forms that are known, "
     "such as \"from mail.example.org (mail.example.org [192.0.2.1])\""},
    {Code::no_server, "no_server",
     "\"by\" and the name of the server that wrote the line must follow the client"},
    {Code::unclosed_comment, "unclosed_comment", "a parenthesis is opened here and never closed"},
    {Code::ambiguous, "ambiguous",
     "the line can be read in more than one way, as if the name of the client imitated a part of "
     "it"},
    {Code::no_line, "no_line", "there is no Received line that tells who handed the message over"},
    {Code::from_inside, "from_inside",
     "every Received line names a trusted client, so the message came from one of them, and there "
     "is "
     "nobody to check"},
}};

const Entry& entry(Code code) noexcept { return entries[static_cast<std::size_t>(code)]; }

constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
constexpr bool is_control(char c) noexcept {
    return (static_cast<unsigned char>(c) < 0x20 && !is_space(c)) || c == '\x7f';
}
/// What words end at, within comments as outside.
constexpr bool ends_word(char c) noexcept {
    return is_space(c) || c == '(' || c == ')' || c == ';';
}

void skip_space(std::string_view& text) noexcept {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

/// Takes off the front what `belongs`; may be nothing.
template <class Predicate>
std::string_view take_while(std::string_view& text, Predicate belongs) noexcept {
    const auto* const end = std::find_if_not(text.begin(), text.end(), belongs);
    const auto size = static_cast<std::size_t>(end - text.begin());
    const std::string_view taken = text.substr(0, size);
    text.remove_prefix(size);
    return taken;
}

std::string_view take_word(std::string_view& text) noexcept {
    return take_while(text, [](char c) { return !ends_word(c); });
}

/// Takes `expected` off the front, without regard to case.
bool take(std::string_view& text, std::string_view expected) noexcept {
    if (!ascii::equal_ignoring_case(text.substr(0, expected.size()), expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

/// Takes a comment (RFC 5322, 3.2.2) off the front. \return what is between its parentheses, or
/// nothing where it has no end.
std::optional<std::string_view> take_comment(std::string_view& text) noexcept {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;  // the next octet stands for itself
        } else if (text[i] == '(') {
            ++depth;
        } else if (text[i] == ')' && --depth == 0) {
            const std::string_view inside = text.substr(1, i - 1);
            text.remove_prefix(i + 1);
            return inside;
        }
    }
    return std::nullopt;
}

/// An address as in `192.0.2.1`, `IPv6:2001:db8::1`, `fe80::1%4`. A zone index means something to the
/// server alone, and is dropped.
std::optional<IpAddress> read_address(std::string_view text) {
    const bool tagged = take(text, "IPv6:");
    const std::size_t percent = text.find('%');
    const auto ip = IpAddress::parse(text.substr(0, percent));
    const bool has_colon = text.find(':') != std::string_view::npos;
    if (!ip || (tagged && !has_colon)) return std::nullopt;
    if (percent == std::string_view::npos) return *ip;
    const std::string_view zone = text.substr(percent + 1);
    const bool is_zone = !zone.empty() && std::all_of(zone.begin(), zone.end(), ascii::is_alnum);
    return has_colon && is_zone ? std::optional(*ip) : std::nullopt;
}

/// Takes `[address]` off the front.
std::optional<IpAddress> take_literal(std::string_view& text) {
    if (!text.starts_with('[')) return std::nullopt;
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const auto ip = read_address(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
    return ip;
}

/// Takes a port, as in `:1234`, off the front, if there is one. \return whether all is well.
bool take_port(std::string_view& text) noexcept {
    return !text.starts_with(':') ||
           (take(text, ":") && !take_while(text, ascii::is_digit).empty());
}

/// Whether a comment holds a bracket, or anything that is an address, also with a port or a dot behind.
bool mentions_address(std::string_view comment) {
    const auto in_address = [](char c) {
        return ascii::is_alnum(c) || c == '.' || c == ':' || c == '%';
    };
    while (!comment.empty()) {
        if (comment.front() == '[') return true;
        const std::string_view piece = take_while(comment, in_address);
        const std::string_view shorter = piece.substr(0, piece.find_last_of(".:"));
        if (read_address(piece) || read_address(shorter)) return true;
        if (!comment.empty() && comment.front() != '[') comment.remove_prefix(1);
    }
    return false;
}

/// Whether the word "by" stands anywhere, within comments or not.
bool has_second_by(std::string_view text) noexcept {
    while (!text.empty()) {
        if (ascii::equal_ignoring_case(take_word(text), "by")) return true;
        take_while(text, ends_word);
    }
    return false;
}

/// What the parts in front of "by" say.
struct Client {
    std::optional<IpAddress> ip;  ///< absent: a socket of the host
    std::string_view helo;
};

/// A value as Exim checks it: a literal, or a name without `@` and brackets. So `helo=` in front of
/// sendmail's `IDENT@[address]` is not taken for a key.
bool is_exim_value(std::string_view value) {
    if (take_literal(value)) return value.empty();
    return !value.empty() && value.find_first_of("@[]") == std::string_view::npos;
}

/// Exim's `port=N helo=NAME ident=NAME`: at least one, each at most once, in this order, and nothing
/// else. \return whether that is so. `helo` stays what it is where there is none.
bool read_exim_keys(std::string_view text, std::string_view& helo) {
    for (const std::string_view key : {"port=", "helo=", "ident="}) {
        if (!take(text, key)) continue;
        const std::string_view value = take_word(text);
        if (!is_exim_value(value)) return false;
        if (key == "helo=") helo = value;
        if (text.empty()) return true;
        if (!take(text, " ")) return false;
    }
    return false;
}

/// `[address] (port=N helo=NAME ident=NAME)`: Exim, where the client's address has no name. Nobody
/// else writes keys behind a literal, and so nobody's HELO is taken for an address.
std::optional<Client> exim_without_name(std::string_view name, std::string_view comment) {
    Client client{.ip = std::nullopt, .helo = name};
    client.ip = take_literal(name);
    const bool read = client.ip && name.empty() && read_exim_keys(comment, client.helo);
    return read ? std::optional(client) : std::nullopt;
}

/// `[address]:port helo=NAME ident=NAME`: Exim, where it has one; and many others without the keys.
std::optional<Client> literal_first(std::string_view name, std::string_view comment) {
    Client client{.ip = take_literal(comment), .helo = name};
    if (!client.ip || !take_port(comment)) return std::nullopt;
    const bool read =
        comment.empty() || (take(comment, " ") && read_exim_keys(comment, client.helo));
    return read ? std::optional(client) : std::nullopt;
}

/// `NAME [address]`, also with `IDENT@` in front, and ` (may be forged)` behind.
std::optional<Client> literal_behind_name(std::string_view name, std::string_view comment) {
    const auto in_name = [](char c) {
        return ascii::is_visible(c) &&
               std::string_view("()[]<>=\",;\\").find(c) == std::string_view::npos;
    };
    if (take_while(comment, in_name).empty() || !take(comment, " ")) return std::nullopt;
    const Client client{.ip = take_literal(comment), .helo = name};
    const bool read =
        client.ip && take_port(comment) && (comment.empty() || comment == " (may be forged)");
    return read ? std::optional(client) : std::nullopt;
}

/// `address` or `IDENT@address`. An equals sign in front is Exim's `helo=NAME` of a message from the
/// inside.
std::optional<Client> bare_address(std::string_view name, std::string_view comment) {
    const std::size_t at = comment.rfind('@');
    if (at != std::string_view::npos) {
        const std::string_view ident = comment.substr(0, at);
        const bool plain = std::all_of(ident.begin(), ident.end(), [](char c) {
            return ascii::is_alnum(c) ||
                   std::string_view(".@%+/:-_?").find(c) != std::string_view::npos;
        });
        // Whoever writes literals in brackets writes no IDENT without them.
        if (!plain || name.starts_with('[')) return std::nullopt;
        comment.remove_prefix(at + 1);
    }
    const Client client{.ip = read_address(comment), .helo = name};
    return client.ip ? std::optional(client) : std::nullopt;
}

std::optional<Client> client_in(std::string_view name, std::string_view comment) {
    if (comment == "[unix socket]") return Client{.ip = std::nullopt, .helo = name};
    if (auto client = literal_first(name, comment)) return client;
    if (auto client = literal_behind_name(name, comment)) return client;
    if (auto client = exim_without_name(name, comment)) return client;
    return bare_address(name, comment);
}

/// qmail's `HELO NAME`. \return the name.
std::optional<std::string_view> helo_in(std::string_view comment) noexcept {
    if (!take(comment, "HELO ")) return std::nullopt;
    const std::string_view helo = take_word(comment);
    return !helo.empty() && comment.empty() ? std::optional(helo) : std::nullopt;
}

/// `(qmail 1234 invoked from network);`: written by qmail-queue above the line of qmail-smtpd.
bool is_qmail_queue(std::string_view body) noexcept {
    if (!take(body, "(qmail ") || take_while(body, ascii::is_digit).empty()) return false;
    return take(body, " invoked from network)") && body.starts_with(';');
}

/// The protocol of local delivery, not meant for more than that (RFC 2033, section 1).
bool is_lmtp(std::string_view protocol) noexcept {
    static_cast<void>(take(protocol, "UTF8"));
    return take(protocol, "LMTP");
}

/// Takes a body apart, from the front.
class Reader {
public:
    explicit Reader(std::string_view body) noexcept : body_(body), rest_(body) {}

    Expected<ReceivedLine, ReceivedError> line();

private:
    [[nodiscard]] ReceivedError error(Code code) const noexcept {
        return {.code = code, .line = 0, .offset = body_.size() - rest_.size()};
    }
    /// What is between `from NAME` and `by`; no client where there is no comment. Stops at an error.
    std::optional<ReceivedError> comments(std::string_view name);
    /// What stands behind `by NAME`, up to the protocol. \return whether that is LMTP.
    bool lmtp() noexcept;

    std::string_view body_;
    std::string_view rest_;
    std::optional<Client> client_;
};

std::optional<ReceivedError> Reader::comments(std::string_view name) {
    for (skip_space(rest_); rest_.starts_with('('); skip_space(rest_)) {
        const ReceivedError ambiguous = error(Code::ambiguous);
        const ReceivedError no_address = error(Code::no_address);
        const auto comment = take_comment(rest_);
        if (!comment) return error(Code::unclosed_comment);
        if (client_) {
            if (mentions_address(*comment)) return ambiguous;
            continue;
        }
        const auto helo = helo_in(*comment);
        if (!helo) {
            client_ = client_in(name, *comment);
        } else {
            skip_space(rest_);
            const auto address = rest_.starts_with('(') ? take_comment(rest_) : std::nullopt;
            if (address) client_ = bare_address(*helo, *address);
        }
        if (!client_) return no_address;
    }
    return std::nullopt;
}

bool Reader::lmtp() noexcept {
    for (skip_space(rest_); rest_.starts_with('('); skip_space(rest_)) {
        if (!take_comment(rest_)) return false;
    }
    if (!ascii::equal_ignoring_case(take_word(rest_), "with")) return false;
    skip_space(rest_);
    return is_lmtp(take_word(rest_));
}

Expected<ReceivedLine, ReceivedError> Reader::line() {
    const auto* const control = std::find_if(body_.begin(), body_.end(), is_control);
    if (control != body_.end()) {
        rest_.remove_prefix(static_cast<std::size_t>(control - body_.begin()));
        return error(Code::control_character);
    }
    skip_space(rest_);
    if (is_qmail_queue(rest_)) return ReceivedLine{};
    std::string_view from = rest_;
    if (!ascii::equal_ignoring_case(take_word(from), "from")) return error(Code::no_client);
    rest_ = from;
    skip_space(rest_);
    const std::string_view name = take_word(rest_);
    if (name.empty()) return error(Code::no_client);

    if (const auto problem = comments(name)) return *problem;
    std::string_view by = rest_;
    if (!ascii::equal_ignoring_case(take_word(by), "by")) return error(Code::no_server);
    if (has_second_by(by)) return error(Code::ambiguous);
    const ReceivedError here = error(client_ ? Code::no_server : Code::no_address);
    rest_ = by;
    skip_space(rest_);
    const std::string_view server = take_word(rest_);
    if (server.empty()) return here;
    const bool local = !client_ || !client_->ip;
    if (local && !lmtp()) return ReceivedError{Code::no_address, 0, here.offset};
    if (local) return ReceivedLine{std::nullopt, std::string(name), std::string(server)};
    return ReceivedLine{client_->ip, std::string(client_->helo), std::string(server)};
}

}  // namespace

std::string_view ReceivedError::message() const noexcept { return entry(code).message; }

std::string_view to_string(ReceivedError::Code code) noexcept { return entry(code).name; }

Expected<ReceivedLine, ReceivedError> parse_received(std::string_view body) {
    return Reader(body).line();
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
        if (!has_client) continue;  // the next line is of the same host
        if (!trusted.contains(*line->ip)) {
            handover.ip = *line->ip;
            handover.helo = std::move(line->helo);
            handover.by = std::move(line->by);
            return handover;
        }
        handover.relay = line->ip;
    }
    const bool inside = has_client && !received.empty();
    return ReceivedError{inside ? Code::from_inside : Code::no_line, received.size(), 0};
}

}  // namespace spf
