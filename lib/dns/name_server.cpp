#include "spf/dns/name_server.hpp"

#include <array>
#include <charconv>
#include <fstream>
#include <optional>
#include <utility>

#include "base/code_table.hpp"

namespace spf::dns {
namespace {

constexpr std::size_t max_system_servers = 3;  // the limit MAXNS in resolv.conf(5)

using Code = NameServerError::Code;

using Entry = CodeEntry<Code>;

constexpr std::array<Entry, NameServerError::code_count> entries{{
    {Code::empty, "empty", "a name server is an IP address, with or without port"},
    {Code::unclosed_bracket, "unclosed_bracket", "\"]\" is missing"},
    {Code::after_bracket, "after_bracket", "only \":\" and a port may follow \"]\""},
    {Code::missing_interface, "missing_interface", "the name of a network interface is missing"},
    {Code::address, "address", "the address is neither an IPv4 nor an IPv6 address"},
    {Code::bracketed_ipv4, "bracketed_ipv4", "only IPv6 addresses have brackets"},
    {Code::ipv4_interface, "ipv4_interface", "only IPv6 addresses have interfaces"},
    {Code::port, "port", "a port is a number from 1 to 65535"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

/// Returns the port number in a text, from 1 to 65535; nothing if the text is anything else.
std::optional<std::uint16_t> port_number(std::string_view text) noexcept {
    std::uint16_t port = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (problem != std::errc{} || end != text.data() + text.size() || port == 0) {
        return std::nullopt;
    }
    return port;
}

}  // namespace

std::string_view NameServerError::message() const noexcept { return row_of(entries, code).message; }
std::string_view NameServerError::message(const Language& language) const {
    return language(message());
}
std::string_view to_string(NameServerError::Code code) noexcept {
    return row_of(entries, code).name;
}

Expected<NameServer, NameServerError> parse_name_server(std::string_view text) {
    if (text.empty()) return NameServerError{Code::empty, 0, 0};
    NameServer server;
    std::string_view address = text;
    std::optional<std::string_view> port;
    if (text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return NameServerError{Code::unclosed_bracket, text.size(), 0};
        address = text.substr(1, close - 1);
        const std::string_view rest = text.substr(close + 1);
        if (!rest.empty() && rest.front() != ':') {
            return NameServerError{Code::after_bracket, close + 1, rest.size()};
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
            return NameServerError{Code::missing_interface, offset + percent + 1, 0};
        }
    }
    const auto ip = IpAddress::parse(address.substr(0, percent));
    if (!ip) return NameServerError{Code::address, offset, address.size()};
    if (address.find(':') == std::string_view::npos) {
        if (text.front() == '[') return NameServerError{Code::bracketed_ipv4, 0, text.size()};
        if (percent != std::string_view::npos) {
            return NameServerError{Code::ipv4_interface, percent, address.size() - percent};
        }
    }
    server.address = *ip;
    if (port) {
        const auto number = port_number(*port);
        if (!number) {
            return NameServerError{Code::port, static_cast<std::size_t>(port->data() - text.data()),
                                   port->size()};
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
