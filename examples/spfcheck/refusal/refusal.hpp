// What a mail server means by the words with which it refuses a message.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "spf/net/ip.hpp"

namespace spfcheck {

/// Why a server did not accept a message.
enum class Cause : std::uint8_t {
    spf,              ///< the client may not send for the domain, or its record is unusable
    dmarc,            ///< the policy of the domain in From (RFC 9989, RFC 7489)
    dkim,             ///< a signature is missing or wrong
    mailbox_unknown,  ///< there is no such mailbox, or none that is in use
    mailbox_full,     ///< the mailbox has no room
    greylisted,       ///< the same message is accepted later
    reverse_dns,      ///< the client has no name, or no name that leads back to its address
    content,          ///< the message itself: spam, a virus, its form or size
    policy,           ///< whom the server serves: block lists, relaying, rates, its own rules
    dns,              ///< the domain of a recipient or sender does not exist or takes no mail
    other,            ///< anything else, or not said
};
/// Returns the name of a cause in JSON, which is that of the enumerator.
[[nodiscard]] std::string_view to_string(Cause cause) noexcept;

/// What a server said, and what it means.
struct Refusal {
    std::optional<unsigned> code{};  ///< the reply code (RFC 5321, 4.2), such as 550
    /// The enhanced status code to believe (RFC 3463), such as "5.7.26"; empty if there is none.
    std::string status{};
    std::string text{};  ///< the words as one printable line of at most `longest_words` octets
    Cause cause = Cause::other;
    /// The address that the server names as the one that failed.
    std::optional<spf::IpAddress> claimed_ip{};
    /// The domain that the server names as the one whose record or policy failed, in lower case;
    /// empty if it names none, or none that can be a name in DNS.
    std::string claimed_domain{};

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// The maximum size of Refusal::text in octets.
inline constexpr std::size_t longest_words = 600;

/// Returns what a reply means: its lines may have been joined, wrapped, or kept. The words decide
/// about the cause before the enhanced code does, and that before the reply code. The word SPF
/// alone is no proof, nor is 5.7.23: where Exchange Online puts words of its own before an arrow
/// ("->"), those behind the arrow count. In doubt the cause is not `spf`.
///
/// `words` may be any octets. Only the first 16 KiB are read.
/// \param recipient  the domain of the recipient, in lower case, if it is known: it is claimed only
///                   where the reply says clearly that its record failed
[[nodiscard]] Refusal read_refusal(std::string_view words, std::string_view recipient = {});

}  // namespace spfcheck
