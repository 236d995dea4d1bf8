// An input line of a batch, and the output line for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spfcheck {

/// The check that an input line `{"id": ..., "ip": "...", "sender": "...", "helo": "..."}` asks
/// for.
struct BatchItem {
    std::string id = "null";  ///< the value of "id" as JSON text, which the output line repeats
    spf::IpAddress ip;
    std::string sender;
    std::string helo;
    spf::Identity identity = spf::Identity::mail_from;

    /// Returns a request that is valid while this object exists.
    [[nodiscard]] spf::Request request() const {
        return {.ip = ip, .mail_from = sender, .helo = helo, .identity = identity};
    }
};

/// The reason why an input line is not checked.
struct BatchItemError {
    std::string id = "null";  ///< the value of "id" as JSON text; "null" if it could not be read
    std::string message;      ///< one line, no trailing dot
};

/// Reads an input line. If the line has `helo` but no `sender`, the HELO identity is checked. A
/// `sender` of "" is the null reverse-path. Unknown keys are ignored. U-labels become A-labels (RFC
/// 8616).
[[nodiscard]] spf::Expected<BatchItem, BatchItemError> read_item(std::string_view line);

/// Appends the output line for an outcome: a JSON object with the key `id`, followed by the keys
/// that append_members() (check/json.hpp) writes.
void append_answer(std::string& out, const std::string& id, const spf::Outcome& outcome);
/// Appends the output line for an input line that is refused: a JSON object with the keys `id`,
/// `line` and `error`. `line` is the number of the input line.
void append_error(std::string& out, const BatchItemError& error, std::uint64_t line);

}  // namespace spfcheck
