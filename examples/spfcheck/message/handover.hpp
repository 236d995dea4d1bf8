// The client that handed a message to the first trusted relay; a check of a message is about this
// client.
#pragma once

#include <optional>
#include <string>

#include "io/failure.hpp"
#include "io/json.hpp"
#include "options/message.hpp"
#include "spf/base/error.hpp"
#include "spf/message/received.hpp"

namespace spfcheck {

/// What trusted servers wrote into a message about its origin.
struct Relayed {
    spf::Handover handover;
    /// From Return-Path; empty for the null reverse-path. Absent if there is no such field above
    /// the Received line that was evaluated: the text below that line comes from the client.
    std::optional<std::string> sender;
    /// Whether there are Received lines below the evaluated line, which say where the client got
    /// the message.
    bool has_lines_below = false;
};

/// Reads the message. `connection`: see spf::find_handover().
/// \return what the message says, or why it says nothing, in one line or in three with an excerpt
[[nodiscard]] spf::Expected<Relayed, Failure> read_relayed(
    const MessageOptions& options, std::optional<spf::IpAddress> connection);

/// "evaluated 203.0.113.9, the client of 198.51.100.25 (Received line 2)"
[[nodiscard]] std::string to_sentence(const spf::Handover& handover);

/// Returns the JSON for the handover; null if the client is that of the connection itself.
[[nodiscard]] Json to_json(const spf::Handover& handover);

}  // namespace spfcheck
