// Functions that read dotted quads and IPv4 networks. They read each octet only once, because the
// records of large senders consist mostly of IPv4 networks.
#pragma once

#include <cstdint>

#include "base/padded_text.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// Reads a decimal number of at most three digits without a leading zero from the front of `text`,
/// and removes it.
/// \return false if the text does not begin with a digit, or if such a number is followed by
/// another digit
inline bool read_number(PaddedText& text, unsigned& value) noexcept {
    const auto digit = [&text] {
        return static_cast<unsigned>(static_cast<unsigned char>(text.front())) - '0';
    };
    value = digit();
    if (value > 9) return false;
    text = text.drop(1);
    if (value != 0 && digit() <= 9) {
        value = value * 10 + digit();
        text = text.drop(1);
        if (digit() <= 9) {
            value = value * 10 + digit();
            text = text.drop(1);
        }
    }
    return digit() > 9;
}

/// Reads an IPv4 address from the front of `text` and removes it. In the grammar of RFC 7208, 5.6,
/// it is an ip4-network: qnum "." qnum "." qnum "." qnum.
inline bool read_quad(PaddedText& text, std::uint32_t& bits) noexcept {
    for (int part = 0; part < 4; ++part) {
        if (part > 0) {
            if (text.front() != '.') return false;
            text = text.drop(1);
        }
        unsigned number = 0;
        if (!read_number(text, number) || number > 255) return false;
        bits = bits << 8U | number;
    }
    return true;
}

/// Reads ip4-network [ ip4-cidr-length ] (RFC 7208, 5.6) from the front of `text` and removes it.
/// Returns false if there is an error. Network::parse_v4() can then describe the error.
inline bool read_ip4_network(PaddedText& text, Network& network) noexcept {
    std::uint32_t bits = 0;
    unsigned length = 32;
    if (!read_quad(text, bits)) return false;
    if (text.front() == '/') {
        text = text.drop(1);
        if (!read_number(text, length) || length > 32) return false;
    }
    network = Network{Family::ipv4, 0, IpAddress{}.low() | bits, length};
    return true;
}

}  // namespace spf
