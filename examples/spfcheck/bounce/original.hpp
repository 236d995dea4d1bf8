// The message that was sent, as far as a bounce quotes it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bounce/bounce.hpp"

namespace spfcheck {

/// Returns the number of the line at which a bounce begins to quote the original message: a line
/// such as "------ This is a copy of the message ------", or the first field of a header. If there
/// is none, the number of lines.
[[nodiscard]] std::size_t beginning_of_original(const std::vector<std::string_view>& lines);

/// Returns what the header in a text says. Lines in front of the first field are skipped.
/// \return nothing if there is no header
[[nodiscard]] std::optional<OriginalMessage> read_original(std::string_view text);

/// Returns the addresses in the field To of the header in a text, at most ten.
[[nodiscard]] std::vector<std::string> recipients_of_original(std::string_view text);

}  // namespace spfcheck
