/// \file networks.hpp  Converts addresses and networks from and to text.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "spf/net/ip.hpp"
#include "spf/net/network_set.hpp"

namespace spf::test {

/// Returns the address that a text contains, which must be a valid address. This function does not
/// use Catch2, so any thread may call it.
[[nodiscard]] inline IpAddress ip(std::string_view text) {
    const auto parsed = IpAddress::parse(text);
    if (!parsed) throw std::invalid_argument("no address: " + std::string(text));
    return *parsed;
}

[[nodiscard]] inline NetworkSet networks(const std::vector<std::string>& texts) {
    std::vector<Network> out;
    for (const std::string& text : texts) {
        const auto parsed = Network::parse(text);
        if (!parsed) throw std::invalid_argument("no network: " + text);
        out.push_back(*parsed);
    }
    return NetworkSet(out);
}

/// Returns a set as text, such as "192.0.2.0/24 2001:db8::/32".
[[nodiscard]] inline std::string dump(const NetworkSet& set) {
    std::string out;
    for (const Network& network : set.networks()) {
        out += (out.empty() ? "" : " ") + network.to_string();
    }
    return out;
}

}  // namespace spf::test
