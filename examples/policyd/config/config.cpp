#include "config/config.hpp"

#include <array>

#include <unistd.h>

namespace policyd {

Endpoint default_endpoint() {
    return {.address = *spf::IpAddress::parse("127.0.0.1"), .port = 10045};
}

void complete(Config& config) {
    if (config.receiver.empty()) {
        std::array<char, 256> name{};
        if (gethostname(name.data(), name.size() - 1) == 0) config.receiver = name.data();
    }
    if (config.authserv_id.empty()) config.authserv_id = config.receiver;
}

}  // namespace policyd
