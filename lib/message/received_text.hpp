// Reads words, comments and addresses from the front of an unfolded Received field, and finds
// addresses in it. Each function takes linear time.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "spf/net/ip.hpp"

namespace spf::received {

/// Returns whether this octet ends the word before it, inside comments or outside.
constexpr bool ends_word(char c) noexcept { return c == ' ' || c == '(' || c == ')' || c == ';'; }

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

/// Removes a space from the front of the text, if there is one.
inline void skip_space(std::string_view& text) noexcept {
    if (text.starts_with(' ')) text.remove_prefix(1);
}
/// Reads a word, which may be empty, from the front of the text and removes it.
std::string_view take_word(std::string_view& text) noexcept;
/// Removes `expected` from the front of the text, ignoring case.
/// \return whether the text begins with `expected`
bool take(std::string_view& text, std::string_view expected) noexcept;
/// Returns whether the text begins with `expected`, ignoring case.
inline bool begins(std::string_view text, std::string_view expected) noexcept {
    return take(text, expected);
}
/// Removes all digits from the front of the text.
/// \return whether there are any
bool take_digits(std::string_view& text) noexcept;
/// Reads a comment (RFC 5322, 3.2.2) from the front of the text and removes it. Nested comments are
/// handled by counting parentheses, without recursion.
/// \return the text between the parentheses, without a space at either end; nothing if the comment
/// is not closed
std::optional<std::string_view> take_comment(std::string_view& text) noexcept;

/// Reads an address such as `192.0.2.1`, `IPv6:2001:db8::1` or `fe80::1%4`. A zone index is
/// dropped, because it has a meaning only on the server.
std::optional<IpAddress> read_address(std::string_view text);
/// Reads an address that may have a port after it, such as `192.0.2.1:25` or, as some versions of
/// Exim write it, `192.0.2.1.25`. Only an IPv4 address may have a port, because a port after an
/// IPv6 address would look like a part of the address.
std::optional<IpAddress> read_address_and_port(std::string_view text);
/// Reads `[address]` or `[address:port]` from the front of the text and removes it. If the brackets
/// contain something else, removes nothing.
std::optional<IpAddress> take_literal(std::string_view& text);
/// Reads a port such as `:1234` from the front of the text, if there is one, and removes it.
/// \return false if a colon is not followed by digits
bool take_port(std::string_view& text) noexcept;

/// Reads an address that is not in a comment from the front of the text and removes it. It has one
/// of the forms `[address]`, `[address]:port`, `[(address)]` and `- address`. If the text does not
/// begin with such a form, removes nothing.
std::optional<IpAddress> take_bare_address(std::string_view& text);

/// Returns whether a text contains an address that is not `known`, or a bracket without the address
/// `known`, because for an unknown address, servers write `[unknown]`, `[]` or similar. An address
/// is found even if a port or a dot follows it. A bracket with a user name, such as
/// `[ann@example.com]`, or with a number does not count.
bool mentions_other(std::string_view text, const std::optional<IpAddress>& known);
/// Returns whether a text contains the word "by", in a comment or not.
bool has_by(std::string_view text) noexcept;
/// Returns whether a text contains an address or a bracket; see mentions_other().
inline bool mentions_address(std::string_view text) { return mentions_other(text, std::nullopt); }

}  // namespace spf::received
