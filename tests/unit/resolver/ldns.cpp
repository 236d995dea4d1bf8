// The parts of the resolver that need no network; the rest is in tests/integration.

#include "spf/resolver/ldns.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include "support/catch.hpp"

using spf::dns::NameServer;

namespace {

/// "address port interface", or "!offset+length".
std::string read(std::string_view text) {
    const auto server = spf::dns::parse_name_server(text);
    if (!server) {
        const auto& error = server.error();
        CHECK(error.offset + error.length <= text.size());
        CHECK(!error.message().empty());
        return '!' + std::to_string(error.offset) + '+' + std::to_string(error.length);
    }
    return server->address.to_string() + ' ' + std::to_string(server->port) + ' ' +
           server->interface;
}

}  // namespace

TEST_CASE("name servers are read with and without port", "[ldns]") {
    const auto [text, server] = GENERATE(table<std::string, std::string>({
        {"192.0.2.1", "192.0.2.1 53 "},
        {"192.0.2.1:5353", "192.0.2.1 5353 "},
        {"192.0.2.1:65535", "192.0.2.1 65535 "},
        {"2001:db8::1", "2001:db8::1 53 "},
        {"[2001:db8::1]", "2001:db8::1 53 "},
        {"[2001:db8::1]:5353", "2001:db8::1 5353 "},
        {"::1", "::1 53 "},
        {"fe80::1%eth0", "fe80::1 53 eth0"},
        {"[fe80::1%eth0]:54", "fe80::1 54 eth0"},
        {"::ffff:192.0.2.1", "192.0.2.1 53 "},
        {"[::ffff:192.0.2.1]:54", "192.0.2.1 54 "},
    }));
    CHECK(read(text) == server);
}

TEST_CASE("what is not a name server is pointed at", "[ldns]") {
    const auto [text, error] = GENERATE(table<std::string, std::string>({
        {"", "!0+0"},
        {"localhost", "!0+9"},
        {"192.0.2.1:", "!10+0"},
        {"192.0.2.1:0", "!10+1"},
        {"192.0.2.1:65536", "!10+5"},
        {"192.0.2.1:53x", "!10+3"},
        {"192.0.2.1:+53", "!10+3"},
        {"192.0.2:53", "!0+7"},
        {"[192.0.2.1]:53", "!0+14"},
        {"[::1", "!4+0"},
        {"[::1]53", "!5+2"},
        {"[::1]:", "!6+0"},
        {"[]:53", "!1+0"},
        {":53", "!0+0"},
        {"192.0.2.1%eth0", "!9+5"},
        {"fe80::1%", "!8+0"},
        {" 192.0.2.1", "!0+10"},
        {"2001:db8::1:2:3:4:5:6:7", "!0+23"},
    }));
    CAPTURE(text);
    CHECK(read(text) == error);
}

TEST_CASE("the system's servers are read from its configuration", "[ldns]") {
    const auto path = std::filesystem::temp_directory_path() / "spf-resolv-conf-test";
    std::ofstream{path}
        << "# comment\nsearch example.com\nnameserver 192.0.2.1\nnameserver\n"
           "nameservers 192.0.2.9\nnameserver\t fe80::1%eth0 \nnameserver nonsense\n"
           "nameserver 2001:db8::1 # comment\r\nnameserver 192.0.2.4\n";
    const std::vector<NameServer> expected{{*spf::IpAddress::parse("192.0.2.1"), 53, {}},
                                           {*spf::IpAddress::parse("fe80::1"), 53, "eth0"},
                                           {*spf::IpAddress::parse("2001:db8::1"), 53, {}}};
    CHECK(spf::dns::system_name_servers(path) == expected);
    spf::LdnsOptions options;
    options.resolv_conf = path;
    CHECK(spf::LdnsResolver{options}.servers() == expected);
    std::filesystem::remove(path);
    CHECK(spf::dns::system_name_servers(path).empty());
    CHECK(spf::dns::system_name_servers("/").empty());
}

TEST_CASE("a resolver without servers answers that DNS is unreachable", "[ldns]") {
    spf::LdnsOptions options;
    options.resolv_conf = "/nonexistent";
    spf::LdnsResolver dns{options};
    CHECK(dns.resolve({"example.com", spf::dns::RecordType::txt})->status ==
          spf::dns::Status::unreachable);
}

TEST_CASE("a resolver with the system's configuration takes no arguments", "[ldns]") {
    spf::LdnsResolver dns;
    CHECK(dns.servers() == spf::dns::system_name_servers());
}
