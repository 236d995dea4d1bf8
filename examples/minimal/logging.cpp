// Logs every DNS question and the outcome of every check with an spdlog logger.

#include <iostream>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spf/check.hpp>
#include <spf/log/spdlog.hpp>
#include <spf/resolver/zone.hpp>

int main() {
    const auto logger = spdlog::stdout_color_mt("spf");
    logger->set_level(spdlog::level::debug);

    spf::ZoneResolver zone;  // a server would use spf::LdnsResolver
    zone.add_txt("example.com", "v=spf1 ip4:192.0.2.0/24 -all");
    spf::LoggingResolver dns{zone, logger};

    const auto ip = spf::IpAddress::parse("198.51.100.7");
    const spf::MailCheck mail = check_mail({.ip = *ip}, "alice@example.com", dns);
    log_outcome(*logger, *mail.mail_from);
}
