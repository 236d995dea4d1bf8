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
[[nodiscard]] std::string claimed_domain(std::string_view words);

}  // namespace spfcheck
