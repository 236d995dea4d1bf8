#include "config/endpoint.hpp"

#include <charconv>
#include <cstddef>

#include "spf/base/printable.hpp"

namespace policyd {
namespace {

constexpr std::string_view unix_prefix = "unix:";
constexpr std::size_t longest_path = 107;  // octets in sockaddr_un::sun_path, less one

using Read = spf::Expected<Endpoint, std::string>;

Read no_endpoint(std::string_view text) {
    return "\"" + spf::printable(text, 100) +
           "\" is no address to listen at: write ADDRESS:PORT, [IPV6]:PORT or unix:/PATH";
}

Read parse_path(std::string_view path) {
    if (!path.starts_with('/'))
        return std::string("the path of a UNIX socket begins with \"/\": write unix:/PATH");
    if (path.size() > longest_path)
        return "the path of a UNIX socket has at most " + std::to_string(longest_path) +
               " octets, this one has " + std::to_string(path.size());
    if (path.find('\0') != std::string_view::npos)
        return std::string("the path of a UNIX socket has no NUL");
    return Endpoint{.path = std::string(path)};
}

}  // namespace

Read parse_endpoint(std::string_view text) {
    if (text.starts_with(unix_prefix)) return parse_path(text.substr(unix_prefix.size()));
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return no_endpoint(text);
    std::string_view address = text.substr(0, colon);
    const bool in_brackets = address.starts_with('[') && address.ends_with(']');
    if (in_brackets) address = address.substr(1, address.size() - 2);
    const auto ip = spf::IpAddress::parse(address);
    if (!ip || ip->is_v4() == in_brackets) return no_endpoint(text);

    const std::string_view digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size() || port == 0)
        return "\"" + spf::printable(digits, 20) + "\" is no port: write a number from 1 to 65535";
    return Endpoint{.address = *ip, .port = port};
}

std::string to_string(const Endpoint& endpoint) {
    if (!endpoint.path.empty()) return std::string(unix_prefix) + endpoint.path;
    const std::string ip = endpoint.address.to_string();
    return (endpoint.address.is_v4() ? ip : "[" + ip + "]") + ":" + std::to_string(endpoint.port);
}

}  // namespace policyd
