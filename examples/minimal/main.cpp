#include <iostream>

#include <spf/check.hpp>
#include <spf/resolver/ldns.hpp>

int main() {
    spf::LdnsResolver dns;      // asks the system's name servers
    spf::Checker checker{dns};  // for the server's lifetime: keeps answers and policies

    // For each message, once MAIL FROM is known:
    const auto ip = spf::IpAddress::parse("192.0.2.10");  // or IpAddress::from(sockaddr)
    if (!ip) return std::cerr << ip.error().message() << '\n', 1;
    const spf::MailCheck mail =
        checker.check_mail({.ip = *ip, .helo = "mx.example.com"}, "<alice@example.com>");
    std::cout << spf::report::authentication_results("mx.example.org", mail) << '\n';
    if (!mail.mail_from) return 0;  // only with Options::stop_on_helo_fail
    std::cout << spf::report::received_spf("mx.example.org", *mail.mail_from) << '\n';
    if (mail.mail_from->result == spf::Result::fail)
        std::cout << smtp_reply(*mail.mail_from, spf::report::ReplyAction::reject).to_string();
}
