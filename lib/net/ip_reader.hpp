// Dotted quads and their networks in one pass: they are most of what the records of large senders hold.
#pragma once

#include <cstdint>

#include "spf/net/ip.hpp"

namespace spf {

/// Reads a decimal number of at most three digits without leading zero, and moves `at` behind it.
///
/// Behind the text has to stand an octet that is no digit (a sentinel): that spares looking for the
/// end at each octet.
/// \return false where there is none, or where it has more digits
inline bool read_number(const char*& at, unsigned& value) noexcept {
    const auto digit = [&at] {
        return static_cast<unsigned>(static_cast<unsigned char>(*at)) - '0';
    };
    value = digit();
    if (value > 9) return false;
    ++at;
    if (value != 0 && digit() <= 9) {
        value = value * 10 + digit();
        ++at;
        if (digit() <= 9) {
            value = value * 10 + digit();
            ++at;
        }
    }
    return digit() > 9;
}

/// Reads ip4-network, and moves `at` behind it: qnum "." qnum "." qnum "." qnum. Wants a sentinel.
inline bool read_quad(const char*& at, std::uint32_t& bits) noexcept {
    for (int part = 0; part < 4; ++part) {
        if (part > 0 && *at++ != '.') return false;
        unsigned number = 0;
        if (!read_number(at, number) || number > 255) return false;
        bits = bits << 8U | number;
    }
    return true;
}

/// Reads ip4-network [ ip4-cidr-length ] (5.6), and moves `at` behind it. Wants a sentinel that is no
/// slash. What is wrong, Network::parse_v4() can tell.
inline bool read_ip4_network(const char*& at, Network& network) noexcept {
    std::uint32_t bits = 0;
    unsigned length = 32;
    if (!read_quad(at, bits)) return false;
    if (*at == '/' && (!read_number(++at, length) || length > 32)) return false;
    network = Network{Family::ipv4, 0, IpAddress{}.low() | bits, length};
    return true;
}

}  // namespace spf
