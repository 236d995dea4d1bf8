// Dotted quads and their networks in one pass: they are most of what the records of large senders hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ascii.hpp"
#include "spf/ip.hpp"

namespace spf {

/// Takes a decimal number of at most three digits without leading zero off the front.
/// \return false where there is none, or where it is above `largest`
inline bool take_number(std::string_view& text, unsigned largest, unsigned& value) noexcept {
    if (text.empty() || !ascii::is_digit(text.front())) return false;
    value = static_cast<unsigned>(text.front() - '0');
    std::size_t used = 1;
    if (value != 0) {
        for (; used < text.size() && used < 3 && ascii::is_digit(text[used]); ++used) {
            value = value * 10 + static_cast<unsigned>(text[used] - '0');
        }
    }
    if (value > largest || (used < text.size() && ascii::is_digit(text[used]))) return false;
    text.remove_prefix(used);
    return true;
}

/// Takes an ip4-network off the front: qnum "." qnum "." qnum "." qnum
inline bool take_quad(std::string_view& text, std::uint32_t& bits) noexcept {
    for (int part = 0; part < 4; ++part) {
        if (part > 0) {
            if (text.empty() || text.front() != '.') return false;
            text.remove_prefix(1);
        }
        unsigned number = 0;
        if (!take_number(text, 255, number)) return false;
        bits = bits << 8U | number;
    }
    return true;
}

/// Reads ip4-network [ ip4-cidr-length ] (5.6); what is wrong, Network::parse_v4() can tell.
inline bool read_ip4_network(std::string_view text, Network& network) noexcept {
    std::uint32_t bits = 0;
    unsigned length = 32;
    if (!take_quad(text, bits)) return false;
    if (!text.empty()) {
        if (text.front() != '/') return false;
        text.remove_prefix(1);
        if (!take_number(text, 32, length) || !text.empty()) return false;
    }
    network = Network{Family::ipv4, 0, IpAddress{}.low() | bits, length};
    return true;
}

}  // namespace spf
