// Mail addresses: whether one can be an address at all, and which well-known domain was meant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace spfcheck {

/// What is wrong with the syntax of an address (RFC 5321, 4.1.2; RFC 6531, 3.3).
enum class AddressProblem : std::uint8_t {
    none,
    no_at,            ///< there is no "@"
    local_empty,      ///< nothing stands before the "@"
    local_too_long,   ///< the local part has more than 64 octets (RFC 5321, 4.5.3.1.1)
    local_dots,       ///< a dot begins or ends the local part, or follows another dot
    local_character,  ///< a character that the local part may have only in quotes
    local_quotes,     ///< the quotes of the local part are not closed
    not_utf8,         ///< octets that are neither US-ASCII nor UTF-8
    domain,           ///< the domain is not the name of a domain
    literal,          ///< the address in brackets is not one
    too_long,         ///< a path has at most 256 octets with its "<>" (RFC 5321, 4.5.3.1.3)
};

/// A mail address as a person or a report writes it.
struct MailAddress {
    std::string text;             ///< without angle brackets, the name of a person, and "mailto:"
    std::string local;            ///< what is before the last "@"
    std::string domain;           ///< what is after it, in lower case and with A-labels
    bool is_literal = false;      ///< the domain is an address in brackets (RFC 5321, 4.1.3)
    bool needs_smtputf8 = false;  ///< the local part is not US-ASCII (RFC 6531)
    AddressProblem problem = AddressProblem::none;
};

/// Reads an address. `text` may be any octets. Takes linear time.
[[nodiscard]] MailAddress read_address(std::string_view text);

/// Returns the well-known domain of mailboxes that was probably meant by `domain`: one that differs
/// by one letter, or in the order of two. Empty if `domain` is itself well known, or none is near.
/// \param domain  in lower case
[[nodiscard]] std::string_view meant_domain(std::string_view domain) noexcept;

/// Returns whether a domain is known to be a misspelling of a well-known one, even if somebody has
/// registered it.
[[nodiscard]] bool is_known_typo(std::string_view domain) noexcept;

}  // namespace spfcheck
