/// \file hostile_cases.hpp  What name servers do that they should not, and what a check makes of it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "integration/hostile_server.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf::test {

/// How long a check and its questions may take.
struct Patience {
    std::chrono::milliseconds timeout{};  ///< of a try
    unsigned tries = 1;
    std::chrono::milliseconds deadline{};  ///< of the check
    std::chrono::milliseconds bound{};     ///< what a test allows: the machine may be busy
};

/// Where the result must not hang on time: less than one try may take.
inline constexpr Patience ample{std::chrono::seconds{10}, 2, std::chrono::seconds{40},
                                std::chrono::seconds{10}};
/// Where a try has to time out.
inline constexpr Patience brief{std::chrono::milliseconds{80}, 1, std::chrono::seconds{40},
                                std::chrono::seconds{4}};
/// Where the deadline has to end it: the tries would take for ever.
inline constexpr Patience limited{std::chrono::minutes{1}, 2, std::chrono::milliseconds{150},
                                  std::chrono::seconds{4}};

/// A server, and what a check of ann@example.com from 192.0.2.1 ends with.
struct HostileCase {
    std::string_view name;
    std::string_view rule;  ///< where it is written
    HostileScript script;
    std::string_view verdict;  ///< see verdict_of()
    Patience patience = ample;
    std::optional<std::chrono::seconds> ttl{};  ///< of the outcome, where that is the point
};

/// All of them, made anew: their servers have a memory.
[[nodiscard]] std::vector<HostileCase> hostile_cases();

/// "pass"; for temperror the reason, too: "temperror timeout", "temperror deadline".
[[nodiscard]] std::string verdict_of(const Outcome& outcome);

/// How a check went.
struct HostileRun {
    Outcome outcome;
    std::chrono::milliseconds took{};
};

/// With check_host() and an LdnsResolver.
[[nodiscard]] HostileRun run_blocking(const HostileCase& hostile);

/// The check of each case.
[[nodiscard]] Request hostile_request();

}  // namespace spf::test
