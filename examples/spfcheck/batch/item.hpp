// One line of a batch: the check that it asks for, and the answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spfcheck {

/// A parsed line `{"id": ..., "ip": "...", "sender": "...", "helo": "..."}`.
struct BatchItem {
    std::string id = "null";  ///< as JSON, to be repeated
    spf::IpAddress ip;
    std::string sender;
    std::string helo;
    spf::Identity identity = spf::Identity::mail_from;

    /// Returns a request that is valid while this object exists.
    [[nodiscard]] spf::Request request() const {
        return {.ip = ip, .mail_from = sender, .helo = helo, .identity = identity};
    }
};

/// Why a line cannot be used.
struct BatchItemError {
    std::string id = "null";  ///< as JSON, if it could be read
    std::string message;      ///< one line, no trailing dot
};

/// Reads one line. If there is `helo` but no `sender`, the HELO identity is checked; "" is the null
/// reverse-path. Other keys are ignored. U-labels become A-labels (RFC 8616).
[[nodiscard]] spf::Expected<BatchItem, BatchItemError> read_item(std::string_view line);

/// Appends the line for an outcome: `id`, then the keys of `check --json`.
void append_answer(std::string& out, const std::string& id, const spf::Outcome& outcome);
/// Appends the line for a line that could not be read: `id`, `line`, `error`.
void append_error(std::string& out, const BatchItemError& error, std::uint64_t line);

}  // namespace spfcheck
