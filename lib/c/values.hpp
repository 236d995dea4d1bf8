// Enumerators of the C API as those of the library. They have equal values.
#pragma once

#include <optional>

#include "spf/c/decision.h"
#include "spf/c/dns.h"
#include "spf/c/outcome.h"
#include "spf/c/policy.h"
#include "spf/c/report.h"
#include "spf/c/session.h"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/evaluation/result.hpp"
#include "spf/receiver/action.hpp"
#include "spf/receiver/verdict.hpp"
#include "spf/report/folding.hpp"

namespace spf::c_api {

/// Returns the enumerator with the value of an enumerator of the C API, if the value is from 0 to
/// `last`; otherwise nothing. A C program can pass any number.
template <class To, class From>
constexpr std::optional<To> in_range(From value, From last) noexcept {
    const int number = value;
    if (number < 0 || number > static_cast<int>(last)) return std::nullopt;
    return static_cast<To>(number);
}

constexpr std::optional<Result> result_of(spf_result value) noexcept {
    return in_range<Result>(value, SPFC_RESULT_PERMERROR);
}
constexpr std::optional<Identity> identity_of(spf_identity value) noexcept {
    return in_range<Identity>(value, SPFC_HELO);
}
constexpr std::optional<receiver::Action> action_of(spf_action value) noexcept {
    return in_range<receiver::Action>(value, SPFC_ACTION_REJECT);
}
constexpr std::optional<receiver::Ground> ground_of(spf_ground value) noexcept {
    return in_range<receiver::Ground>(value, SPFC_GROUND_RELAY_DOMAIN);
}
constexpr std::optional<dns::Status> status_of(spf_dns_status value) noexcept {
    return in_range<dns::Status>(value, SPFC_DNS_UNREACHABLE);
}
constexpr std::optional<report::Folding> folding_of(spf_folding value) noexcept {
    return in_range<report::Folding>(value, SPFC_UNFOLDED);
}

}  // namespace spf::c_api
