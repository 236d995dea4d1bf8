// Tables as text: values separated by commas (RFC 4180), one row in each line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spfcheck {

/// Returns the separator of a table whose first line this is: the comma, the semicolon or the tab,
/// whichever the line has most often. The comma if the line has none of them.
[[nodiscard]] char separator_in(std::string_view line) noexcept;

/// Returns the values in a row. Blanks around a value are removed, unless the value is in quotes. A
/// quote in a value in quotes is doubled. Returns nothing if a quote is not closed in the same
/// line, or if text follows a closing quote.
[[nodiscard]] std::optional<std::vector<std::string>> csv_values(std::string_view line,
                                                                 char separator);

/// Returns the index of the first column with this name; upper and lower case are equal. Returns
/// nothing if no column has it.
[[nodiscard]] std::optional<std::size_t> column_named(const std::vector<std::string>& names,
                                                      std::string_view name) noexcept;

/// Appends a value, in quotes if that is necessary. Control characters and octets that are not
/// US-ASCII are written as escapes such as `\x0a`, so a row is always one line.
void append_csv_value(std::string& out, std::string_view value);

}  // namespace spfcheck
