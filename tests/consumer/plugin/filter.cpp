#include <spf/check.hpp>
#include <spf/resolver/zone.hpp>

extern "C" __attribute__((visibility("default"))) int check_mail(const char* address) {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 ip4:192.0.2.0/24 -all");
    const auto ip = spf::IpAddress::parse(address);
    if (!ip) return -1;
    const spf::MailCheck mail = spf::check_mail({.ip = *ip}, "alice@example.com", zone);
    return mail.mail_from->result == spf::Result::pass ? 1 : 0;
}
