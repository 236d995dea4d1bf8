// Tables that contain the texts for the codes of an enumeration. The index of a row is its code.
#pragma once

#include <cstddef>
#include <string_view>

namespace spf {

/// A row in the table of texts for the codes of an error.
template <class Code>
struct CodeEntry {
    Code code;
    std::string_view name;       ///< the name of the code's enumerator
    std::string_view message{};  ///< the message; empty if a function composes the message
};

/// Returns the row for a code. The rows must be in the order of the codes, which
/// is_in_order_of_codes() tests.
template <class Table, class Code>
[[nodiscard]] constexpr const auto& row_of(const Table& table, Code code) noexcept {
    return table[static_cast<std::size_t>(code)];
}

/// Returns whether the code in each row equals the index of the row. If the number of rows also
/// equals the number of codes, no code is missing.
template <class Table>
constexpr bool is_in_order_of_codes(const Table& table) noexcept {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].code) != i) return false;
    }
    return true;
}

}  // namespace spf
