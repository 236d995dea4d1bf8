/// \file dns/name_server.hpp  Addresses of name servers: as people write them, and those of the
/// system.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"

namespace spf::dns {

/// The address and port at which a name server listens.
struct NameServer {
    IpAddress address;        ///< the address of the server
    std::uint16_t port = 53;  ///< the UDP and TCP port
    /// The network interface of a link-local IPv6 address, such as "eth0"; otherwise empty (RFC
    /// 4007).
    std::string interface;

    /// Compares all members.
    friend bool operator==(const NameServer&, const NameServer&) = default;
};

/// Why a text is not the address of a name server. Refers only to static storage.
struct SPF_EXPORT NameServerError {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        empty,              ///< the text is empty
        unclosed_bracket,   ///< `[` without `]`
        after_bracket,      ///< something other than `:` and a port after `]`
        missing_interface,  ///< nothing after `%`
        address,            ///< not an address as IpAddress::parse() reads it
        bracketed_ipv4,     ///< an IPv4 address in brackets
        ipv4_interface,     ///< an IPv4 address with an interface
        port,               ///< not a number from 1 to 65535
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::port) + 1;

    Code code{};             ///< what is wrong
    std::size_t offset = 0;  ///< octets from the start of the text, 0 .. text.size()
    std::size_t length = 0;  ///< octets to underline; 0: something is missing here

    /// One line of English without trailing dot. Static storage.
    [[nodiscard]] std::string_view message() const noexcept;

    /// Compares all members.
    friend bool operator==(const NameServerError&, const NameServerError&) = default;
};

/// The name of the enumerator, such as "unclosed_bracket": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(NameServerError::Code code) noexcept;

/// Reads "192.0.2.1", "192.0.2.1:5353", "2001:db8::1", "[2001:db8::1]:5353" or "fe80::1%eth0".
///
/// Addresses are read by IpAddress::parse(). Ports are decimal numbers from 1 to 65535, 53 if
/// absent. Host names and spaces are errors. Thread-safe. Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT Expected<NameServer, NameServerError> parse_name_server(
    std::string_view text);

/// The servers of the lines `nameserver ADDRESS` in a file as resolv.conf(5) describes it, in
/// order, at most three. Ignores lines that it cannot read. Empty if there is no such file.
/// Thread-safe. Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<NameServer> system_name_servers(
    const std::filesystem::path& resolv_conf = "/etc/resolv.conf");

}  // namespace spf::dns
