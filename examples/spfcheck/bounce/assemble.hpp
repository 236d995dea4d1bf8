// One verdict per recipient from all that a bounce says about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bounce/bounce.hpp"
#include "bounce/delivery_status.hpp"
#include "bounce/prose.hpp"

namespace spfcheck {

/// Returns what the words about a recipient say. `status` is the code of a field Status, or empty:
/// it counts where the words have none, or only a generic one such as 5.0.0.
[[nodiscard]] FailedRecipient recipient_who(std::string address, std::string_view words,
                                            std::string_view status = {});

/// Returns the recipients of the part for programs. Where it does not hold what the other server
/// said, or only its first line, the words in the text for people count.
[[nodiscard]] std::vector<FailedRecipient> recipients_of(const DeliveryStatus& status,
                                                         const std::vector<Said>& prose,
                                                         const std::vector<Said>& transcript);

/// Returns the recipients that only the text names.
/// \param named     addresses that the header of the bounce names as those that failed
/// \param original  whom the original message was for: they count if nobody else is named
/// \param lines     the lines of the text before the original message
[[nodiscard]] std::vector<FailedRecipient> recipients_of(
    const std::vector<Said>& prose, const std::vector<Said>& transcript,
    const std::vector<std::string>& named, const std::vector<std::string>& original,
    const std::vector<std::string_view>& lines);

}  // namespace spfcheck
