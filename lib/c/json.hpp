// Outcomes as JSON.
#pragma once

#include <string>
#include <string_view>

#include "spf/evaluation/outcome.hpp"

namespace spf::c_api {

/// Appends a text as a JSON string of printable US-ASCII (RFC 8259, 7). Other characters are
/// escaped as `\u`, because the JSON may be shown on a terminal. Each longest part of the text that
/// is not UTF-8, but begins like a character, is replaced by one U+FFFD, and so is every other
/// octet that is not UTF-8.
void append_string(std::string& out, std::string_view text);

/// Returns a JSON object with all that is known about a check, in one line. With `with_trace`, the
/// object has the key "trace" with the steps of the trace.
[[nodiscard]] std::string to_json(const Outcome& outcome, bool with_trace);

}  // namespace spf::c_api
