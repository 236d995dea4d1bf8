#include "evaluation/names.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.hpp"
#include "spf/dns/name.hpp"

namespace spf {

bool Names::any_within(std::string_view target) const noexcept {
    return std::any_of(validated().begin(), validated().end(),
                       [target](const std::string& name) { return dns::is_within(name, target); });
}

std::string_view Names::preferred(std::string_view domain) const noexcept {
    for (const std::string& name : validated()) {
        if (ascii::equal_ignoring_case(name, domain)) return name;
    }
    for (const std::string& name : validated()) {
        if (dns::is_within(name, domain)) return name;
    }
    return count_ == 0 ? std::string_view{"unknown"} : std::string_view{names_.front()};
}

void write_reverse_name(IpAddress ip, std::string& out) {
    out.clear();
    if (ip.is_v4()) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            std::array<char, 3> digits{};
            const auto written = std::to_chars(digits.data(), digits.data() + digits.size(),
                                               ip.v4_bits() >> shift & 0xffU);
            out.append(digits.data(), written.ptr);
            out += '.';
        }
        out.append("in-addr.arpa");
        return;
    }
    for (const std::uint64_t half : {ip.low(), ip.high()}) {
        for (unsigned shift = 0; shift < 64; shift += 4) {
            out += "0123456789abcdef"[half >> shift & 0xfU];
            out += '.';
        }
    }
    out.append("ip6.arpa");
}

}  // namespace spf
