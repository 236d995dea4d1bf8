// Escapes of domain names in texts (RFC 1035, 5.1).
#pragma once

#include <string>
#include <string_view>

#include "base/ascii.hpp"

namespace spf::dns {

/// Appends an octet as `\DDD`, its number in decimal.
inline void append_number_escape(std::string& out, char octet) {
    const std::string digits = std::to_string(static_cast<unsigned char>(octet));
    out.append("\\").append(3 - digits.size(), '0').append(digits);
}

/// Appends a name, whose labels are joined by dots, with escapes for the octets that have a meaning
/// in master files. An octet that can be typed is escaped as `\X`, any other as `\DDD`. A space is
/// escaped as `\032`, because programs such as nsupdate(1) split lines at spaces first.
inline void append_escaped_name(std::string& out, std::string_view name) {
    constexpr std::string_view special = "\"\\;()@$";
    for (const char octet : name) {
        if (!ascii::is_visible(octet)) {
            append_number_escape(out, octet);
            continue;
        }
        if (special.find(octet) != std::string_view::npos) out += '\\';
        out += octet;
    }
}

}  // namespace spf::dns
