// Reads numbers that people type.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>

namespace spfcheck {

/// Returns the number that a text consists of, in decimal digits. Returns nothing for any other
/// text, or if the number is too large for the type.
template <std::unsigned_integral Number>
[[nodiscard]] std::optional<Number> whole_number_in(std::string_view text) noexcept {
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || rest != end) return std::nullopt;
    return number;
}

}  // namespace spfcheck
