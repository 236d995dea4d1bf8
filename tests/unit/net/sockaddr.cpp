#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "spf/net/ip.hpp"
#include "support/catch.hpp"

namespace {

sockaddr_storage address(int family, const char* text) {
    sockaddr_storage out{};
    out.ss_family = static_cast<sa_family_t>(family);
    void* at = family == AF_INET
                   ? static_cast<void*>(&reinterpret_cast<sockaddr_in*>(&out)->sin_addr)
                   : static_cast<void*>(&reinterpret_cast<sockaddr_in6*>(&out)->sin6_addr);
    REQUIRE(inet_pton(family, text, at) == 1);
    return out;
}

std::string read(const sockaddr_storage& from) {
    const auto ip = spf::IpAddress::from(reinterpret_cast<const sockaddr&>(from));
    return ip ? ip->to_string() : "none";
}

}  // namespace

TEST_CASE("an address is read from a socket's", "[ip]") {
    CHECK(read(address(AF_INET, "192.0.2.1")) == "192.0.2.1");
    CHECK(read(address(AF_INET6, "2001:db8::1")) == "2001:db8::1");
}

TEST_CASE("an IPv4 client of an IPv6 socket is an IPv4 address", "[ip][rfc7208-5]") {
    CHECK(read(address(AF_INET6, "::ffff:192.0.2.1")) == "192.0.2.1");
}

TEST_CASE("a client on a socket of another family has no address", "[ip]") {
    sockaddr_storage local{};
    local.ss_family = AF_UNIX;
    CHECK(read(local) == "none");
}
