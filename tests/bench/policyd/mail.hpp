// The mail of the load tests: what policyd-load asks about and policyd-names publishes, so that
// both know the right answer to each request.
#pragma once

#include <cstdint>
#include <string>

namespace load {

/// The client of all requests.
constexpr const char* client = "192.0.2.10";

/// The domain that sends the message with this number.
inline std::string domain(std::uint64_t number) {
    return "d" + std::to_string(number) + ".load.test";
}

/// Whether the domain does not authorise the client. That is so for one of four domains.
constexpr bool is_forged(std::uint64_t number) { return number % 4 == 3; }

}  // namespace load
