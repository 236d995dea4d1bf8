/// \file dns/name_server.hpp  Reads addresses of name servers as people write them, and finds the
/// name servers that the operating system uses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/expected.hpp"
#include "spf/base/export.hpp"
#include "spf/base/language.hpp"
#include "spf/net/ip.hpp"

namespace spf::dns {

/// The address and port at which a name server listens.
struct NameServer {
    IpAddress address{};      ///< the address of the server
    std::uint16_t port = 53;  ///< the UDP and TCP port
    /// The network interface of a link-local IPv6 address (RFC 4007), such as "eth0". Empty for
    /// other addresses.
    std::string interface {};

    /// Compares all members.
    friend bool operator==(const NameServer&, const NameServer&) = default;
};

/// Describes why a text is not the address of a name server. A NameServerError holds no view of the
/// text.
struct SPF_EXPORT NameServerError {
    /// What is wrong. New codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        empty,              ///< the text is empty
        unclosed_bracket,   ///< the text has `[` without `]`
        after_bracket,      ///< `]` is followed by something other than `:` and a port
        missing_interface,  ///< nothing follows `%`
        address,            ///< the address is not in a form that IpAddress::parse() reads
        bracketed_ipv4,     ///< an IPv4 address is in brackets
        ipv4_interface,     ///< an IPv4 address has an interface
        port,               ///< the port is not a number from 1 to 65535
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::port) + 1;

    Code code{};             ///< what is wrong
    std::size_t offset = 0;  ///< where the error begins: octets from the start of the text
    /// The number of wrong octets from `offset` on; 0 if something is missing there.
    std::size_t length = 0;

    /// Returns one line of English without trailing dot that describes what is wrong. The text is
    /// in static storage.
    [[nodiscard]] std::string_view message() const noexcept;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string_view message(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const NameServerError&, const NameServerError&) = default;
};

/// Returns the name of the enumerator, such as "unclosed_bracket". The name never changes, so
/// programs may rely on it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(NameServerError::Code code) noexcept;

/// Reads the address of a name server, written as "192.0.2.1", "192.0.2.1:5353", "2001:db8::1",
/// "[2001:db8::1]:5353" or "fe80::1%eth0".
///
/// IpAddress::parse() reads the address. A port is a decimal number from 1 to 65535; without a
/// port, it is 53. Host names and spaces are errors. Thread-safe. Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT Expected<NameServer, NameServerError> parse_name_server(
    std::string_view text);

/// Returns the name servers in a file in the format of resolv.conf(5): the addresses in the lines
/// `nameserver ADDRESS`, in the order of the file, at most three. Ignores lines that it cannot
/// read. Returns an empty list if there is no such file. Thread-safe. Throws only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<NameServer> system_name_servers(
    const std::filesystem::path& resolv_conf = "/etc/resolv.conf");

}  // namespace spf::dns
