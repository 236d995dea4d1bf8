// The decision about a message for a C program.
#pragma once

#include <optional>

#include "c/outcome.hpp"
#include "c/report.hpp"
#include "spf/c/decision.h"
#include "spf/receiver/reception.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_decision {
    // `options` are the options of the checks.
    spf_decision(spf::receiver::Decision from, const spf::Options& options);
    spf_decision(const spf_decision&) = delete;  // as spf_check
    spf_decision& operator=(const spf_decision&) = delete;

    const spf::receiver::Decision decision;
    const spf_check check;
    std::optional<spf_reply> reply{};
};
