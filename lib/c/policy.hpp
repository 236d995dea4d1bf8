// The policy of a site for a C program.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "spf/c/policy.h"
#include "spf/receiver/receiver_policy.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_policy {
    // Shared with the receptions that were made with it, so that it may be freed before they are.
    // It lacks the networks in `added`, unless complete() was called after they were added.
    std::shared_ptr<spf::receiver::ReceiverPolicy> policy =
        std::make_shared<spf::receiver::ReceiverPolicy>();

    /// Networks that were added to a set. A program adds them one by one, but each union of sets
    /// takes the time of sorting both, so they become a part of the set together.
    struct Added {
        std::vector<spf::Network> skipped{};
        std::vector<spf::Network> relays{};
    };
    mutable Added added{};
    mutable std::atomic<bool> is_complete{true};
    mutable std::mutex completing{};

    /// Returns the policy with all networks. Several threads may call it while none changes the
    /// policy. Throws only std::bad_alloc.
    [[nodiscard]] std::shared_ptr<const spf::receiver::ReceiverPolicy> complete() const;
};

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_exceptions {
    spf::receiver::Exceptions exceptions{};
};
