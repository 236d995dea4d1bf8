// Tables of texts that are indexed by a code.
#pragma once

#include <cstddef>
#include <string_view>

namespace spf {

/// A row of the table of an error's texts.
template <class Code>
struct CodeEntry {
    Code code;
    std::string_view name;       ///< as in the enum
    std::string_view message{};  ///< empty if the message is put together elsewhere
};

/// The row of a code, in a table of which is_in_order_of_codes() is true.
template <class Table, class Code>
[[nodiscard]] constexpr const auto& row_of(const Table& table, Code code) noexcept {
    return table[static_cast<std::size_t>(code)];
}

/// Whether the code in each row equals the index of the row. If there are also as many rows as
/// codes, no code is missing.
template <class Table>
constexpr bool is_in_order_of_codes(const Table& table) noexcept {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].code) != i) return false;
    }
    return true;
}

}  // namespace spf
