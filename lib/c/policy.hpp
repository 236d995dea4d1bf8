// The policy of a site for a C program.
#pragma once

#include <memory>

#include "spf/c/policy.h"
#include "spf/receiver/receiver_policy.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_policy {
    // Shared with the receptions that were made with it, so that it may be freed before they are.
    std::shared_ptr<spf::receiver::ReceiverPolicy> policy =
        std::make_shared<spf::receiver::ReceiverPolicy>();
};

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_exceptions {
    spf::receiver::Exceptions exceptions{};
};
