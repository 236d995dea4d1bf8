// An input line of a batch, and the output line for it.
#pragma once

#include <cstddef>
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

/// The columns of a table: its separator, and the index of each column that is used.
struct BatchColumns {
    char separator = ',';
    std::size_t ip = 0;
    std::optional<std::size_t> id{};
    std::optional<std::size_t> sender{};
    std::optional<std::size_t> helo{};
};

/// Returns the columns that the first line of a table (CSV) names: `ip`, with `sender`, `helo` or
/// both, in upper or lower case. Returns nothing if the line is not the first line of a table.
[[nodiscard]] std::optional<BatchColumns> columns_named_in(std::string_view line);

/// Reads an input line that is a JSON object. If the line has `helo` but no `sender`, the HELO
/// identity is checked. A `sender` of "" is the null reverse-path. Unknown keys are ignored.
/// U-labels become A-labels (RFC 8616).
[[nodiscard]] spf::Expected<BatchItem, BatchItemError> read_item(std::string_view line);
/// Reads an input line in any form: a JSON object, a row of the table with these columns or, if
/// there are none, the words IP SENDER [HELO]. In the last two forms, a missing or empty value of
/// the sender means that the HELO identity is checked, and `<>` is the null reverse-path.
/// \param number  the number of the line, which is the id if the line has no other
[[nodiscard]] spf::Expected<BatchItem, BatchItemError> read_item(
    std::string_view line, std::uint64_t number, const std::optional<BatchColumns>& columns);

/// Appends the output line for an outcome: a JSON object with the key `id`, followed by the keys
/// that append_members() (check/json.hpp) writes.
void append_answer(std::string& out, const std::string& id, const spf::Outcome& outcome);
/// Appends the output line for an input line that is refused: a JSON object with the keys `id`,
/// `line` and `error`. `line` is the number of the input line.
void append_error(std::string& out, const BatchItemError& error, std::uint64_t line);

}  // namespace spfcheck
