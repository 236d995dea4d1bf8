// What a thread with an asynchronous driver waits for.
#pragma once

#include <vector>

#include <poll.h>

#include "spf/driver/cares.hpp"

namespace spfcheck {

/// Waits for the driver's sockets and, if `input` is not -1, for input from this descriptor. Then
/// lets the driver act on its sockets and timeouts. Waits at most a fifth of a second, so that a
/// signal is noticed.
/// \param waiting  memory that is reused from call to call
void wait_for(spf::CaresDriver& driver, int input, std::vector<pollfd>& waiting);

}  // namespace spfcheck
