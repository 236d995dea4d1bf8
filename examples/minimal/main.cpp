#include <iostream>

#include <spf/resolver/ldns.hpp>
#include <spf/spf.hpp>

int main() {
    spf::LdnsResolver dns;                                // the system's name servers
    const auto ip = spf::IpAddress::parse("192.0.2.10");  // a value, or an error that says why not
    const spf::Outcome outcome = spf::check_host(
        {.ip = *ip, .mail_from = "alice@example.com", .helo = "mx.example.com"}, dns);
    std::cout << spf::to_string(outcome.result) << '\n';
    if (const auto reply = spf::report::smtp_reply(outcome)) std::cout << reply->to_string();
}
