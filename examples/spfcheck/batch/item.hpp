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
    std::string id = "null";  ///< the value as JSON, which the output line repeats
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
    std::string id = "null";  ///< the value as JSON; null if it could not be read
    std::string message;      ///< one line, no trailing dot
};

/// Reads an input line. If it has `helo` but no `sender`, the HELO identity is checked. A `sender`
/// of "" is the null reverse-path. Unknown keys are ignored. U-labels become A-labels (RFC 8616).
[[nodiscard]] spf::Expected<BatchItem, BatchItemError> read_item(std::string_view line);

/// Appends the output line for an outcome: `id`, then the keys of the outcome (check/json.hpp).
void append_answer(std::string& out, const std::string& id, const spf::Outcome& outcome);
/// Appends the output line for input line number `line`, which could not be read, with the keys
/// `id`, `line` and `error`.
void append_error(std::string& out, const BatchItemError& error, std::uint64_t line);

}  // namespace spfcheck
