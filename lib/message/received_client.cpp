// Recognises the forms in which mail servers write the address of a client in a Received field.
// There is one function for each form.
//
// The whole comment of the field has to match the form. Text that the client chose (HELO, IDENT,
// the host name of its address) can therefore not be mistaken for another part. Each function
// removes the parts that it has read from the front of a view. Nested comments are handled by
// counting parentheses, without recursion.

#include "message/received_client.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace spf::received {
namespace {

/// Removes and returns the longest prefix whose octets all match the predicate. The prefix may be
/// empty.
template <class Predicate>
std::string_view take_while(std::string_view& text, Predicate belongs) noexcept {
    std::size_t size = 0;
    while (size < text.size() && belongs(text[size])) ++size;
    const std::string_view taken = text.substr(0, size);
    text.remove_prefix(size);
    return taken;
}

/// Reads an address such as `192.0.2.1`, `IPv6:2001:db8::1` or `fe80::1%4`. A zone index is
/// dropped, because it has a meaning only on the server.
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

/// Reads an address with a port, such as `192.0.2.1:25`, which some servers write within brackets.
/// Only IPv4 addresses are accepted, because a port after an IPv6 address would look like a part of
/// the address.
std::optional<IpAddress> read_address_and_port(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string_view port = text.substr(colon + 1);
    if (!take_digits(port) || !port.empty()) return std::nullopt;
    return read_address(text.substr(0, colon));
}

/// Reads `[address]` from the front of the text and removes it.
std::optional<IpAddress> take_literal(std::string_view& text) {
    if (!text.starts_with('[')) return std::nullopt;
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inside = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    const auto ip = read_address(inside);
    return ip ? ip : read_address_and_port(inside);
}

/// Reads a port such as `:1234` from the front of the text, if there is one, and removes it.
/// \return false if a colon is not followed by digits
bool take_port(std::string_view& text) noexcept { return !take(text, ":") || take_digits(text); }

/// Reads a host name, or a text that a server writes instead of one, from the front of the text and
/// removes it.
std::string_view take_name(std::string_view& text) noexcept {
    return take_while(
        text, [](char c) { return ascii::is_visible(c) && !ascii::contains("()[]<>=\",;\\", c); });
}

/// Returns whether Exim could have written this value of a key: a literal, or a name without `@`
/// and brackets. This distinguishes the key `helo=` from sendmail's `IDENT@[address]` with an IDENT
/// that begins with `helo=`.
bool is_exim_value(std::string_view value) {
    if (take_literal(value)) return value.empty();
    return !value.empty() && value.find_first_of("@[]") == std::string_view::npos;
}

/// Reads Exim's `port=N helo=NAME ident=NAME`. There must be at least one key, each at most once,
/// in this order, and nothing else. `helo` is left unchanged if the key is missing.
/// \return whether the text has this form
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

/// Reads ZMailer's `"EHLO NAME" rhost-flags-OK-OK-OK-OK`.
/// \return whether the text has this form
bool read_zmailer(std::string_view text, std::string_view& helo) {
    if (!take(text, "\"EHLO ") && !take(text, "\"HELO ")) return false;
    const std::string_view name =
        take_while(text, [](char c) { return c != '"' && !ends_word(c); });
    if (name.empty() || !take(text, "\" rhost-flags-")) return false;
    if (take_while(text, [](char c) { return ascii::is_alpha(c) || c == '-'; }).empty())
        return false;
    helo = name;
    return text.empty();
}

/// Returns whether the text has the form `(AS64500 Example Network, AT)`, in which Stalwart writes
/// who owns the network of the client's address.
bool is_network_owner(std::string_view text) {
    if (!take(text, "(AS") || !take_digits(text)) return false;
    return text.ends_with(')') && !mentions_address(text);
}

/// Returns whether the text is a remark that a server writes after an address. It begins with a
/// space or is empty.
bool is_remark(std::string_view text) {
    constexpr std::array<std::string_view, 4> known{"", " (may be forged)", " verified",
                                                    " RDNS failed"};
    if (std::find(known.begin(), known.end(), text) != known.end()) return true;
    return take(text, " ") && is_network_owner(text);
}

/// Returns whether the text is a space and a host name. ZoneMTA writes the host name of an address
/// in this form after the address.
bool is_name_behind(std::string_view text) {
    if (!take(text, " ") || take_name(text).empty()) return false;
    return text.empty();
}

/// Reads `[address] (port=N helo=NAME ident=NAME)`, which Exim writes if the client's address has
/// no name. Other servers write the HELO where Exim writes this literal, and a HELO can be a
/// literal too. But they write no keys after it, so the keys show that the literal is the client's
/// address.
std::optional<Client> exim_without_name(std::string_view name, std::string_view comment) {
    Client client{.ip = std::nullopt, .helo = name};
    client.ip = take_literal(name);
    const bool read = client.ip && name.empty() && read_exim_keys(comment, client.helo);
    return read ? std::optional(client) : std::nullopt;
}

/// Reads `[address] (account USER HELO NAME)`, which CommuniGate Pro writes for an authenticated
/// user.
std::optional<Client> communigate(std::string_view name, std::string_view comment) {
    Client client{.ip = take_literal(name), .helo = {}};
    if (!client.ip || !name.empty() || !take(comment, "account ")) return std::nullopt;
    if (take_word(comment).empty() || !take(comment, " HELO ")) return std::nullopt;
    client.helo = take_word(comment);
    return comment.empty() && !client.helo.empty() ? std::optional(client) : std::nullopt;
}

/// Reads `[address]:port helo=NAME ident=NAME`, which Exim writes if the address has a name. Many
/// other servers write `[address]` or `[address]:port` without the keys.
std::optional<Client> literal_first(std::string_view name, std::string_view comment) {
    Client client{.ip = take_literal(comment), .helo = name};
    if (!client.ip || !take_port(comment)) return std::nullopt;
    if (is_remark(comment) || is_name_behind(comment)) return client;
    if (!take(comment, " ")) return std::nullopt;
    const bool read = read_exim_keys(comment, client.helo) || read_zmailer(comment, client.helo);
    return read ? std::optional(client) : std::nullopt;
}

/// Reads `NAME [address]` or `Not Verified[address]`. `IDENT@` may be before NAME, and a remark of
/// the server may be after the address.
std::optional<Client> literal_behind_name(std::string_view name, std::string_view comment) {
    if (!take(comment, "Not Verified")) {
        std::string_view port = comment;  // iPlanet writes "port 34611"@
        if (take(port, "\"port ") && take_digits(port) && take(port, "\"@")) comment = port;
        if (take_name(comment).empty() || !take(comment, " ")) return std::nullopt;
    }
    const Client client{.ip = take_literal(comment), .helo = name};
    const bool read = client.ip && take_port(comment) && is_remark(comment);
    return read ? std::optional(client) : std::nullopt;
}

/// Reads `address` or `IDENT@address`. The address may be in brackets. If `name` is in brackets, an
/// address after `IDENT@` must be in brackets too. An equals sign before the `@` is not accepted,
/// because then the text is Exim's `helo=NAME` for a message that was submitted on the host itself.
std::optional<Client> address_alone(std::string_view name, std::string_view comment) {
    const std::size_t at = comment.rfind('@');
    const bool has_ident = at != std::string_view::npos;
    if (has_ident) {
        const std::string_view ident = comment.substr(0, at);
        const bool plain = std::all_of(ident.begin(), ident.end(), [](char c) {
            return ascii::is_alnum(c) || ascii::contains(".@%+/:-_?", c);
        });
        if (!plain) return std::nullopt;
        comment.remove_prefix(at + 1);
    }
    Client client{.ip = std::nullopt, .helo = name};
    if (comment.starts_with('[')) {
        client.ip = take_literal(comment);
        const bool read = client.ip && take_port(comment) && is_remark(comment);
        return read ? std::optional(client) : std::nullopt;
    }
    // A server that writes a literal in brackets as the name also writes brackets around the
    // address after an IDENT.
    if (has_ident && name.starts_with('[')) return std::nullopt;
    client.ip = read_address(comment);
    return client.ip ? std::optional(client) : std::nullopt;
}

/// Returns whether the bracket at the front of the text contains a user name, as in
/// `[ann@example.com]`, and not an address. For an unknown address, servers write `[unknown]`, `[]`
/// or similar.
bool is_user_in_bracket(std::string_view text) noexcept {
    const std::size_t end = text.find_first_of("[]@", 1);
    return end != std::string_view::npos && text[end] == '@';
}

}  // namespace

std::string_view take_word(std::string_view& text) noexcept {
    return take_while(text, [](char c) { return !ends_word(c); });
}

bool take(std::string_view& text, std::string_view expected) noexcept {
    if (!ascii::equal_ignoring_case(text.substr(0, expected.size()), expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

bool take_digits(std::string_view& text) noexcept {
    return !take_while(text, ascii::is_digit).empty();
}

std::optional<std::string_view> take_comment(std::string_view& text) noexcept {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;  // the escaped octet is literal
        } else if (text[i] == '(') {
            ++depth;
        } else if (text[i] == ')' && --depth == 0) {
            std::string_view inside = text.substr(1, i - 1);
            text.remove_prefix(i + 1);
            if (inside.starts_with(' ')) inside.remove_prefix(1);
            if (inside.ends_with(' ')) inside.remove_suffix(1);
            return inside;
        }
    }
    return std::nullopt;
}

bool mentions_address(std::string_view comment) {
    const auto in_address = [](char c) {
        return ascii::is_alnum(c) || c == '.' || c == ':' || c == '%';
    };
    while (!comment.empty()) {
        if (comment.front() == '[' && !is_user_in_bracket(comment)) return true;
        if (comment.front() == '[') comment.remove_prefix(1);
        const std::string_view piece = take_while(comment, in_address);
        const std::string_view shorter = piece.substr(0, piece.find_last_of(".:"));
        if (read_address(piece) || read_address(shorter)) return true;
        if (!comment.empty() && comment.front() != '[') comment.remove_prefix(1);
    }
    return false;
}

std::optional<Client> client_in(std::string_view name, std::string_view comment) {
    if (comment == "[unix socket]") return Client{.ip = std::nullopt, .helo = name};
    for (const auto form :
         {literal_first, literal_behind_name, exim_without_name, communigate, address_alone}) {
        if (const auto client = form(name, comment)) return client;
    }
    return std::nullopt;
}

std::optional<std::string_view> helo_in(std::string_view comment) noexcept {
    if (!take(comment, "HELO ") && !take(comment, "EHLO ") && !take(comment, "LHLO ")) {
        return std::nullopt;
    }
    const std::string_view helo = take_word(comment);
    return !helo.empty() && comment.empty() ? std::optional(helo) : std::nullopt;
}

std::optional<Client> client_behind_helo(std::string_view helo, std::string_view comment) {
    return address_alone(helo, comment);
}

std::optional<Client> take_client(std::string_view name, std::string_view& text) {
    Client client{.ip = std::nullopt, .helo = name};
    if (take(text, "[(")) {
        const std::size_t end = text.find(")]");
        if (end == std::string_view::npos) return std::nullopt;
        client.ip = read_address(text.substr(0, end));
        text.remove_prefix(end + 2);
    } else {
        client.ip = take_literal(text);
    }
    return client.ip ? std::optional(client) : std::nullopt;
}

}  // namespace spf::received
