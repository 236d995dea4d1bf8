// What a Received field says between "from" and "by": the forms in which servers write a client.
#pragma once

#include <optional>
#include <string_view>

#include "base/ascii.hpp"
#include "spf/net/ip.hpp"

namespace spf::received {

/// The client of one line. Views into the body.
struct Client {
    std::optional<IpAddress> ip;  ///< absent: a socket of the host
    std::string_view helo;
};

/// What words end at, within comments as outside.
constexpr bool ends_word(char c) noexcept { return c == ' ' || c == '(' || c == ')' || c == ';'; }

/// Takes a word off the front; may be nothing.
std::string_view take_word(std::string_view& text) noexcept;
/// Takes `expected` off the front, without regard to case.
bool take(std::string_view& text, std::string_view expected) noexcept;
/// Takes digits off the front. \return whether there are any.
bool take_digits(std::string_view& text) noexcept;
/// Takes a comment (RFC 5322, 3.2.2) off the front. \return what is between its parentheses, without
/// the spaces at its ends, or nothing where it has no end.
std::optional<std::string_view> take_comment(std::string_view& text) noexcept;

/// Whether a comment holds a bracket, or anything that is an address, also with a port or a dot behind.
bool mentions_address(std::string_view comment);

/// The client, where the comment behind `name` is all there is. `name` may be empty.
std::optional<Client> client_in(std::string_view name, std::string_view comment);
/// The name in a comment `HELO NAME`, behind which another comment holds the address.
std::optional<std::string_view> helo_in(std::string_view comment) noexcept;
/// The client in the comment behind one with `HELO NAME`.
std::optional<Client> client_behind_helo(std::string_view helo, std::string_view comment);
/// Takes `[address]` or `[(address)]`, outside of comments, off the front.
std::optional<Client> take_client(std::string_view name, std::string_view& text);

}  // namespace spf::received
