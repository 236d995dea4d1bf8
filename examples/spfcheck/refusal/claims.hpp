// Which client and which domain a reply names as those that failed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "spf/net/ip.hpp"

namespace spfcheck {

/// Returns the address of the client in a reply, or nothing. In a link such as those to openspf.org
/// it is that of the parameter `ip`. Otherwise one behind "client", "ip", "from" or "for" counts
/// before others. Networks and terms of a record are none, nor is the address that the server which
/// refuses puts behind its name. Of several that could each be the client's, none is returned.
[[nodiscard]] std::optional<spf::IpAddress> claimed_ip(std::string_view words);

/// Returns the domain that a reply names as the one whose policy failed, or an empty text.
/// \param words  on one line, in lower case
/// \param recipient  the domain of the recipient, in lower case, or an empty text: behind "for" and
///                   "of" it is not that of the sender
[[nodiscard]] std::string claimed_domain(std::string_view words, std::string_view recipient = {});

/// Returns whether the words in front of an address say that it is the sender's: "from ", a key
/// such as "id=", or "SPF check failed for ".
/// \param before  in lower case
[[nodiscard]] bool names_sender(std::string_view before) noexcept;

}  // namespace spfcheck
