// Logs of Exchange and of Microsoft 365.
#pragma once

#include <string_view>
#include <vector>

#include "bounce/bounce.hpp"

namespace spfcheck {

/// Reads a table of message tracking or message trace: with the line "#Fields: date-time,..." of
/// the log, or with names of columns as Export-Csv and the portal write them; or the log of a send
/// connector.
/// \return the recipients; none if it is no such log
[[nodiscard]] std::vector<FailedRecipient> read_exchange_log(std::string_view text);

}  // namespace spfcheck
