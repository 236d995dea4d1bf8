// A program with many checks in flight. There is no name server, so each check must soon end with
// temperror.
#include <cstdio>

#include <spf/driver/cares.hpp>

int main() {
    const auto ip = spf::IpAddress::parse("192.0.2.10");
    auto driver = spf::CaresDriver::make({.resolv_conf = "/nonexistent"});
    if (!ip || !driver) return 1;
    int errors = 0;
    for (int i = 0; i < 100; ++i) {
        driver->submit({.ip = *ip, .mail_from = "alice@example.com"},
                       [&errors](const spf::Outcome& outcome) {
                           if (outcome.result == spf::Result::temperror) ++errors;
                       });
    }
    driver->run();
    std::puts(errors == 100 ? "as expected" : "wrong results");
    return errors == 100 ? 0 : 1;
}
