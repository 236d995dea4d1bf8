// The part of a Received field between "from" and "by": the forms in which servers write a client.
#pragma once

#include <optional>
#include <string_view>

#include "base/ascii.hpp"
#include "spf/net/ip.hpp"

namespace spf::received {

/// The client of one line, as views into the body.
struct Client {
    std::optional<IpAddress> ip;  ///< absent: a local socket
    std::string_view helo;
};

/// Whether words end at this octet, in comments and outside.
constexpr bool ends_word(char c) noexcept { return c == ' ' || c == '(' || c == ')' || c == ';'; }

/// Takes a word, which may be empty, off the front.
std::string_view take_word(std::string_view& text) noexcept;
/// Takes `expected` off the front, ignoring case.
bool take(std::string_view& text, std::string_view expected) noexcept;
/// Takes digits off the front.
/// \return whether there are any
bool take_digits(std::string_view& text) noexcept;
/// Takes a comment (RFC 5322, 3.2.2) off the front.
/// \return the text between its parentheses, without spaces at the ends; nothing if not closed
std::optional<std::string_view> take_comment(std::string_view& text) noexcept;

/// Whether a comment contains a bracket, or an address, even one with a port or a dot after it.
bool mentions_address(std::string_view comment);

/// Returns the client if `comment` is the only comment after `name`, which may be empty.
std::optional<Client> client_in(std::string_view name, std::string_view comment);
/// Returns the name in a comment `HELO NAME`; the address is in a second comment after it.
std::optional<std::string_view> helo_in(std::string_view comment) noexcept;
/// Returns the client in the comment after a comment `HELO NAME`.
std::optional<Client> client_behind_helo(std::string_view helo, std::string_view comment);
/// Takes `[address]` or `[(address)]` outside of comments off the front.
std::optional<Client> take_client(std::string_view name, std::string_view& text);

}  // namespace spf::received
