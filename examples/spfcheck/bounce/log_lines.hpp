// Lines of a server's log: whether it sent a message, to whom, and what was said.
#pragma once

#include <string_view>
#include <vector>

#include "bounce/bounce.hpp"

namespace spfcheck {

/// Reads lines of the log of Postfix, Exim, sendmail, or of Exchange's message tracking; other
/// lines are skipped. Of several lines about a recipient of a message the last counts.
[[nodiscard]] std::vector<FailedRecipient> read_log_lines(std::string_view text);

}  // namespace spfcheck
