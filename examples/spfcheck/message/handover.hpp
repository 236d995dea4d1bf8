// Finds the client that handed a message to the first trusted relay. `spfcheck check --message`
// checks this client.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/failure.hpp"
#include "io/json.hpp"
#include "io/language.hpp"
#include "message/trace_fields.hpp"
#include "options/message.hpp"
#include "spf/base/error.hpp"
#include "spf/message/received.hpp"

namespace spfcheck {

/// What trusted servers wrote into the header of a message about where the message came from.
struct Relayed {
    spf::Handover handover;
    /// The address in Return-Path; empty for the null reverse-path. Absent if there is no
    /// Return-Path above the Received line that was evaluated, because the text below that line
    /// comes from the client and cannot be trusted.
    std::optional<std::string> sender;
    /// Whether there are Received lines below the evaluated line. They describe from whom the
    /// client received the message.
    bool has_lines_below = false;
    std::string author_domain;  ///< see TraceFields::author_domain
};

/// Reads the header of the message that the options name. `connection` is the client that delivered
/// the message, if it is known; see spf::find_handover().
/// \return what trusted servers wrote, or a failure. The message of a failure has three lines if it
/// shows an excerpt of a Received line, and otherwise one line.
[[nodiscard]] spf::Expected<Relayed, Failure> read_relayed(
    const MessageOptions& options, std::optional<spf::IpAddress> connection);

/// Returns the same from a header that was read already.
/// \param name     where the header comes from, for the message of a failure
/// \param trusted  the networks of trusted relays
[[nodiscard]] spf::Expected<Relayed, Failure> relayed_in(const TraceFields& fields,
                                                         const std::string& name,
                                                         const std::vector<std::string>& trusted,
                                                         std::optional<spf::IpAddress> connection);

/// Returns a sentence such as "evaluated 203.0.113.9, the client of 198.51.100.25 (Received line
/// 2)".
[[nodiscard]] Spoken to_sentence(const spf::Handover& handover);

/// Returns a JSON object that describes the handover; null if no Received line was read, because
/// the client of the connection is not a trusted relay.
[[nodiscard]] Json to_json(const spf::Handover& handover);

}  // namespace spfcheck
