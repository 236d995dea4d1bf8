// The part of a bounce that programs read: message/delivery-status (RFC 3464) and
// message/global-delivery-status (RFC 6533).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bounce/bounce.hpp"

namespace spfcheck {

/// The fields about one recipient.
struct StatusOfRecipient {
    std::string original{};       ///< the address in Original-Recipient, or empty
    std::string final_address{};  ///< the address in Final-Recipient, or empty
    Action action = Action::failed;
    std::string status{};      ///< Status, such as "5.1.1", or empty
    std::string remote_mta{};  ///< the name in Remote-MTA, or empty
    /// Diagnostic-Code without its type, its lines as they are; or empty
    std::string diagnostic{};
};

/// A part message/delivery-status.
struct DeliveryStatus {
    std::string reporting_mta{};
    std::vector<StatusOfRecipient> recipients{};  ///< at most `most_recipients`
};

/// Reads the text of such a part. It may have empty lines where there should be none, and its
/// groups may be joined.
[[nodiscard]] DeliveryStatus read_delivery_status(std::string_view text);

/// Returns the words of a server in the value of a Diagnostic-Code.
[[nodiscard]] std::string words_of_diagnostic(std::string_view value);

}  // namespace spfcheck
