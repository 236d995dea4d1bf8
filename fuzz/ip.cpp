// Tests addresses and networks. Addresses are compared with the system's inet_pton(), which accepts
// the same grammar.

#include "spf/net/ip.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include <arpa/inet.h>

#include "require.hpp"

namespace {

void check_address(const std::string& text) {
    const auto ours = spf::IpAddress::parse(text);
    std::array<std::uint8_t, 4> v4{};
    std::array<std::uint8_t, 16> v6{};
    // inet_pton() reads C strings, so it ignores everything after a NUL octet.
    const bool has_nul = text.find('\0') != std::string::npos;
    const bool is_v4 = !has_nul && inet_pton(AF_INET, text.c_str(), v4.data()) == 1;
    const bool is_v6 = !has_nul && inet_pton(AF_INET6, text.c_str(), v6.data()) == 1;
    REQUIRE_THAT(ours.has_value() == (is_v4 || is_v6));
    if (!ours) return;
    REQUIRE_THAT(*ours == (is_v4 ? spf::IpAddress::v4(v4) : spf::IpAddress::v6(v6)));
    REQUIRE_THAT(spf::IpAddress::parse(ours->to_string()).value_or({}) == *ours);
}

void check_network(const std::string& text) {
    const auto network = spf::Network::parse(text);
    if (!network) {
        REQUIRE_THAT(network.error().offset + network.error().length <= text.size());
        return;
    }
    const auto again = spf::Network::parse(network->to_string());
    REQUIRE_THAT(again && *again == *network);
    REQUIRE_THAT(network->contains(*network));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    check_address(text);
    check_network(text);
    return 0;
}
