// Reads the part of a Received field between "from" and "by": the forms in which servers write a
// client.
#pragma once

#include <optional>
#include <string_view>

#include "base/ascii.hpp"
#include "spf/net/ip.hpp"

namespace spf::received {

/// The client that one Received line describes. The view `helo` refers to the body of this field.
struct Client {
    std::optional<IpAddress> ip;  ///< absent if the client used a local socket
    std::string_view helo;
};

/// Returns whether this octet ends the word before it, inside comments or outside.
constexpr bool ends_word(char c) noexcept { return c == ' ' || c == '(' || c == ')' || c == ';'; }

/// Reads a word, which may be empty, from the front of the text and removes it.
std::string_view take_word(std::string_view& text) noexcept;
/// Removes `expected` from the front of the text, ignoring case.
/// \return whether the text begins with `expected`
bool take(std::string_view& text, std::string_view expected) noexcept;
/// Removes all digits from the front of the text.
/// \return whether there are any
bool take_digits(std::string_view& text) noexcept;
/// Reads a comment (RFC 5322, 3.2.2) from the front of the text and removes it.
/// \return the text between the parentheses, without a space at either end; nothing if the comment
/// is not closed
std::optional<std::string_view> take_comment(std::string_view& text) noexcept;

/// Returns whether a comment contains a bracket or an address. An address is found even if a port
/// or a dot follows it. The bracket of a user name such as `[ann@example.com]` does not count.
bool mentions_address(std::string_view comment);

/// Returns the client that `comment` describes, if `comment` has one of the known forms. `comment`
/// is the first comment after `name`, and `name` may be empty.
std::optional<Client> client_in(std::string_view name, std::string_view comment);
/// Returns the name in a comment of the form `HELO NAME`; nothing if the comment has another form.
/// Servers that write this comment write the address in a second comment.
std::optional<std::string_view> helo_in(std::string_view comment) noexcept;
/// Returns the client whose address is in `comment`. This is the comment that follows a first
/// comment of the form `HELO NAME`, and `helo` is the name in that first comment.
std::optional<Client> client_behind_helo(std::string_view helo, std::string_view comment);
/// Reads `[address]` or `[(address)]`, which is not in a comment, from the front of the text and
/// removes it.
std::optional<Client> take_client(std::string_view name, std::string_view& text);

}  // namespace spf::received
