// Which server wrote a line is recognised by what it writes about itself: by its protocol or by the
// comment with its name and version.

#include "message/received_server.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "message/received_text.hpp"
#include "spf/message/received.hpp"
#include "spf/net/network_set.hpp"

namespace spf::received {
namespace {

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

/// Returns whether a comment names a product. A comment with an envelope sender does not, because a
/// sender can choose its text.
bool names(std::string_view comment, std::string_view product) noexcept {
    return comment.find(product) != std::string_view::npos &&
           comment.find_first_of("<@") == std::string_view::npos;
}

/// Returns whether a protocol has no HELO, so that what is in place of the name cannot come from
/// the client.
bool is_without_helo(const Server& server) noexcept {
    constexpr std::array<std::string_view, 5> protocols{"QMQP", "NNFMP", "HTTP", "DAV", "REST"};
    const auto is_one = [&server](std::string_view each) { return begins(server.protocol, each); };
    return server.via_http || std::any_of(protocols.begin(), protocols.end(), is_one);
}

}  // namespace

Server read_server(std::string_view text) noexcept {
    Server server;
    skip_space(text);
    server.name = take_word(text);
    if (server.name.ends_with(',')) server.name.remove_suffix(1);
    for (skip_space(text); text.starts_with('('); skip_space(text)) {
        const auto comment = take_comment(text);
        if (!comment) return server;
        if (server.comment.empty()) server.comment = *comment;
        server.product = *comment;
    }
    const std::string_view word = take_word(text);
    skip_space(text);
    server.has_id = ascii::equal_ignoring_case(word, "id");
    server.via_http = ascii::equal_ignoring_case(server.product, "via HTTP") ||
                      (ascii::equal_ignoring_case(word, "via") && begins(text, "HTTP"));
    if (!ascii::equal_ignoring_case(word, "with")) return server;
    server.protocol = take_word(text);
    skip_space(text);
    server.ends = text.empty() || text.starts_with(';');
    // Exim writes "with esmtps (TLS1.3) tls CIPHER (Exim 4.96)".
    while (text.starts_with('(') || begins(text, "tls ")) {
        if (take(text, "tls ")) {
            static_cast<void>(take_word(text));
        } else {
            const auto comment = take_comment(text);
            if (!comment) return server;
            if (server.remark.empty() || begins(*comment, "Exim ")) server.remark = *comment;
        }
        skip_space(text);
    }
    return server;
}

bool has_second_by(std::string_view text) {
    std::size_t depth = 0;
    bool in_comment = false;
    for (std::string_view rest = text; !rest.empty();) {
        if (ascii::equal_ignoring_case(take_word(rest), "by")) {
            if (depth == 0) return true;
            in_comment = true;
        }
        for (; !rest.empty() && ends_word(rest.front()); rest.remove_prefix(1)) {
            if (rest.front() == '(') ++depth;
            if (rest.front() == ')' && depth > 0) --depth;
        }
    }
    // A comment may contain a "by", such as "(IceWarp 9.4.2 by SoftMail)". But if the first "by" is
    // a part of the name that the client chose, the true address comes after it.
    return in_comment && mentions_address(text);
}

bool is_lmtp(std::string_view protocol) noexcept {
    static_cast<void>(take(protocol, "UTF8"));
    return begins(protocol, "LMTP");
}

bool is_no_hand_over(const Server& server) noexcept {
    // Exim's local, local-smtp and local-bsmtp mean that a program on the host called Exim.
    constexpr std::array<std::string_view, 5> protocols{"local", "POP", "IMAP", "BSMTP", "UUCP"};
    const auto is_one = [&server](std::string_view each) { return begins(server.protocol, each); };
    return std::any_of(protocols.begin(), protocols.end(), is_one) ||
           begins(server.remark, "fetchmail") || begins(server.remark, "getmail");
}

bool is_passed_on(const Server& server) {
    // Postfix writes "with" only if a server or program handed the message over to it. Without
    // "with", Postfix forwarded a message that it had already received.
    const bool forwarded = server.comment == "Postfix" && server.has_id;
    const bool handed_on =
        ascii::equal_ignoring_case(server.protocol, "SMTP") && is_private_host(server.name);
    return forwarded || handed_on;
}

bool is_submitted(const Server& server) noexcept {
    return server.comment.starts_with("Postfix, from userid ") || begins(server.protocol, "HTTP") ||
           is_signed_in(server.protocol) || is_no_hand_over(server);
}

bool writes_address_as_name(const Server& server, const ClientReader& client) {
    constexpr std::array<std::string_view, 5> filters{"InterScan ", "Email Firewall ",
                                                      "Tumbleweed ", "SMTPL ", "mshttpd"};
    // Each of these writes the name that the client sent before the address, or the address alone.
    constexpr std::array<std::string_view, 9> servers{
        "Exim ",    "Nemesis",      "Messaging Server ", "Sun Internet Mail Server ",
        "PMDF ",    "MessageWall ", "ArGoSoft ",         "Post.Office ",
        "MailGate "};
    const auto wrote = [&server](std::string_view product) {
        return names(server.comment, product) || names(server.remark, product);
    };
    if (client.is_name_doubtful()) return false;
    if (is_without_helo(server)) return true;
    if (std::any_of(filters.begin(), filters.end(), wrote)) return true;
    if (!client.is_name_in_brackets()) return false;
    if (client.is_from_localhost()) return begins(server.product, "ecelerity ");
    if (std::any_of(servers.begin(), servers.end(), wrote)) return true;
    // MDaemon writes both addresses of the connection, or none.
    if (begins(server.product, "MDaemon")) return read_address(server.comment).has_value();
    if (!server.comment.empty() || client.has_remark()) return false;
    // MessageLabs and Mandrill write "by NAME id ID", Yahoo writes "by NAME with smtp".
    return server.has_id || (server.protocol == "smtp" && server.ends);
}

}  // namespace spf::received
