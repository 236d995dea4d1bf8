// Tables of texts that are indexed by a code.
#pragma once

#include <cstddef>
#include <string_view>

namespace spf {

/// A row in the table of the texts for the codes of an error.
template <class Code>
struct CodeEntry {
    Code code;
    std::string_view name;       ///< the name of the enumerator
    std::string_view message{};  ///< empty if other code composes the message
};

/// Returns the row of a code. is_in_order_of_codes() must be true for the table.
template <class Table, class Code>
[[nodiscard]] constexpr const auto& row_of(const Table& table, Code code) noexcept {
    return table[static_cast<std::size_t>(code)];
}

/// Returns whether the code in each row equals the index of the row. If there are also as many rows
/// as codes, no code is missing.
template <class Table>
constexpr bool is_in_order_of_codes(const Table& table) noexcept {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].code) != i) return false;
    }
    return true;
}

}  // namespace spf
