#include "spf/dns/name_server.hpp"

#include <charconv>
#include <fstream>
#include <optional>
#include <utility>

namespace spf::dns {
namespace {

constexpr std::size_t max_system_servers = 3;  // resolv.conf(5), MAXNS

NameServerError error(std::size_t offset, std::size_t length, std::string_view message) noexcept {
    return {offset, length, message};
}

/// 1..65535, or nothing.
std::optional<std::uint16_t> port_number(std::string_view text) noexcept {
    std::uint16_t port = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (problem != std::errc{} || end != text.data() + text.size() || port == 0) {
        return std::nullopt;
    }
    return port;
}

}  // namespace

Expected<NameServer, NameServerError> parse_name_server(std::string_view text) {
    if (text.empty()) return error(0, 0, "a name server is an IP address, with or without port");
    NameServer server;
    std::string_view address = text;
    std::optional<std::string_view> port;
    if (text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return error(text.size(), 0, "\"]\" is missing");
        address = text.substr(1, close - 1);
        const std::string_view rest = text.substr(close + 1);
        if (!rest.empty() && rest.front() != ':') {
            return error(close + 1, rest.size(), "only \":\" and a port may follow \"]\"");
        }
        if (!rest.empty()) port = rest.substr(1);
    } else if (const std::size_t colon = text.find(':');
               colon != std::string_view::npos && colon == text.rfind(':')) {
        address = text.substr(0, colon);
        port = text.substr(colon + 1);
    }

    const auto offset = static_cast<std::size_t>(address.data() - text.data());
    const std::size_t percent = address.find('%');
    if (percent != std::string_view::npos) {
        server.interface = address.substr(percent + 1);
        if (server.interface.empty()) {
            return error(offset + percent + 1, 0, "the name of a network interface is missing");
        }
    }
    const auto ip = IpAddress::parse(address.substr(0, percent));
    if (!ip) return error(offset, address.size(), "not an IPv4 or IPv6 address");
    if (address.find(':') == std::string_view::npos) {
        if (text.front() == '[') return error(0, text.size(), "only IPv6 addresses have brackets");
        if (percent != std::string_view::npos) {
            return error(percent, address.size() - percent, "only IPv6 addresses have interfaces");
        }
    }
    server.address = *ip;
    if (port) {
        const auto number = port_number(*port);
        if (!number) {
            return error(static_cast<std::size_t>(port->data() - text.data()), port->size(),
                         "a port is a number from 1 to 65535");
        }
        server.port = *number;
    }
    return server;
}

std::vector<NameServer> system_name_servers(const std::filesystem::path& resolv_conf) {
    std::vector<NameServer> servers;
    std::ifstream file{resolv_conf};
    std::string line;
    while (servers.size() < max_system_servers && std::getline(file, line)) {
        constexpr std::string_view keyword = "nameserver";
        constexpr std::string_view blank = " \t\r";
        std::string_view rest = line;
        if (!rest.starts_with(keyword)) continue;
        rest.remove_prefix(keyword.size());
        const std::size_t begin = rest.find_first_not_of(blank);
        if (begin == 0 || begin == std::string_view::npos) continue;
        rest.remove_prefix(begin);
        auto server = parse_name_server(rest.substr(0, rest.find_first_of(blank)));
        if (server) servers.push_back(*std::move(server));
    }
    return servers;
}

}  // namespace spf::dns
