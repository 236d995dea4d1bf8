// A program that asks name servers. There is no name server, so the result must be temperror at
// once.
#include <cstdio>

#include <spf/evaluation/check_host.hpp>
#include <spf/resolver/ldns.hpp>

int main() {
    spf::LdnsResolver dns{{.resolv_conf = "/nonexistent"}};
    const auto ip = spf::IpAddress::parse("192.0.2.10");
    if (!ip) return 1;
    const spf::Outcome outcome =
        spf::check_host({.ip = *ip, .mail_from = "alice@example.com"}, dns);
    const bool right = outcome.result == spf::Result::temperror;
    std::puts(right ? "as expected" : "wrong result");
    return right ? 0 : 1;
}
