// Who handed a message to the first trusted relay: what a check is about where a message is given.
#pragma once

#include <optional>
#include <string>

#include "io/failure.hpp"
#include "io/json.hpp"
#include "options/message.hpp"
#include "spf/base/error.hpp"
#include "spf/message/received.hpp"

namespace spfcheck {

/// What trusted servers wrote into a message about where it came from.
struct Relayed {
    spf::Handover handover;
    /// From Return-Path; empty: the null reverse-path. Absent where there is no such field above the
    /// Received line that was evaluated: what stands below that line is the word of the client.
    std::optional<std::string> sender;
    /// Whether there are Received lines below the one that was evaluated, which say where the client had
    /// the message from.
    bool has_lines_below = false;
};

/// Reads the message. `connection`: see spf::find_handover().
/// \return what it says, or why it says nothing, in one line or with an excerpt in two more
[[nodiscard]] spf::Expected<Relayed, Failure> read_relayed(
    const MessageOptions& options, std::optional<spf::IpAddress> connection);

/// "evaluated 203.0.113.9, which handed the message to 198.51.100.25 (Received line 2)"
[[nodiscard]] std::string to_sentence(const spf::Handover& handover);

/// The same for programs; null where the answer is the connection itself.
[[nodiscard]] Json to_json(const spf::Handover& handover);

}  // namespace spfcheck
