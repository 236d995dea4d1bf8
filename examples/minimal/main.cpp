#include <iostream>

#include <spf/check.hpp>
#include <spf/resolver/ldns.hpp>

int main() {
    spf::LdnsResolver dns;                       // asks the system's name servers
    spf::Checker checker{dns};                   // for the server's lifetime: keeps answers
    const spf::receiver::ReceiverPolicy policy;  // the defaults refuse a fail only

    // For each message, once MAIL FROM is known:
    const auto ip = spf::IpAddress::parse("192.0.2.10");  // or IpAddress::from(sockaddr)
    if (!ip) return std::cerr << ip.error().message() << '\n', 1;
    const spf::Client client{.ip = *ip, .helo = "mx.example.com"};
    const spf::receiver::Decision decision = spf::receiver::receive(
        {.client = client, .reverse_path = "<alice@example.com>"}, policy, checker);
    if (const auto reply = spf::report::smtp_reply(decision))
        return std::cout << reply->to_string(), 0;
    for (const std::string& field : spf::report::fields("mx.example.org", decision))
        std::cout << field << "\r\n";
}
