#include "batch/events.hpp"

#include <algorithm>
#include <cstdint>

namespace spfcheck {

void wait_for(spf::CaresDriver& driver, int input, std::vector<pollfd>& waiting) {
    constexpr int longest = 200;  // milliseconds; a signal is noticed within this time
    waiting.clear();
    for (const spf::SocketWatch& watch : driver.watches()) {
        const int events = (watch.read ? POLLIN : 0) | (watch.write ? POLLOUT : 0);
        waiting.push_back({watch.fd, static_cast<short>(events), 0});
    }
    if (input >= 0) waiting.push_back({input, POLLIN, 0});
    const auto timeout = driver.next_timeout();
    const int milliseconds =
        timeout ? static_cast<int>(std::min<std::int64_t>(timeout->count(), longest)) : longest;
    if (::poll(waiting.data(), waiting.size(), milliseconds) > 0) {
        for (const pollfd& ready : waiting) {
            if (ready.fd == input || ready.revents == 0) continue;
            const bool failed = (ready.revents & (POLLERR | POLLHUP)) != 0;
            driver.process(ready.fd, failed || (ready.revents & POLLIN) != 0,
                           failed || (ready.revents & POLLOUT) != 0);
        }
    }
    driver.process_timeouts();
}

}  // namespace spfcheck
