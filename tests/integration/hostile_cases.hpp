/// \file hostile_cases.hpp  Misbehaviour of name servers, and the results of checks that meet it.
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
    std::chrono::milliseconds timeout{};  ///< for a try
    unsigned tries = 1;
    std::chrono::milliseconds deadline{};  ///< for the check
    std::chrono::milliseconds bound{};     ///< limit in the test: the machine may be busy
};

/// For results that must not depend on time: a check takes less than one try may take.
inline constexpr Patience ample{std::chrono::seconds{10}, 2, std::chrono::seconds{40},
                                std::chrono::seconds{10}};
/// For a try that has to time out.
inline constexpr Patience brief{std::chrono::milliseconds{80}, 1, std::chrono::seconds{40},
                                std::chrono::seconds{4}};
/// For a check that the deadline has to end: the tries would take too long.
inline constexpr Patience limited{std::chrono::minutes{1}, 2, std::chrono::milliseconds{150},
                                  std::chrono::seconds{4}};

/// A server, and the result of a check of ann@example.com from 192.0.2.1.
struct HostileCase {
    std::string_view name;
    std::string_view rule;  ///< the rule that the case tests
    HostileScript script;
    std::string_view verdict;  ///< see verdict_of()
    Patience patience = ample;
    std::optional<std::chrono::seconds> ttl{};  ///< of the outcome, if the case is about it
};

/// Returns all cases, made anew, because their servers keep state.
[[nodiscard]] std::vector<HostileCase> hostile_cases();

/// "pass"; for temperror with the reason: "temperror timeout", "temperror deadline".
[[nodiscard]] std::string verdict_of(const Outcome& outcome);

/// The results of a check.
struct HostileRun {
    Outcome outcome;
    std::chrono::milliseconds took{};
};

/// Runs a case with check_host() and an LdnsResolver.
[[nodiscard]] HostileRun run_blocking(const HostileCase& hostile);

/// The request of each case.
[[nodiscard]] Request hostile_request();

}  // namespace spf::test
