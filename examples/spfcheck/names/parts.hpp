// Parts of what people type: the text without surrounding blanks, and the domain of an address.
#pragma once

#include <cstddef>
#include <string_view>

namespace spfcheck {

/// Returns the text without surrounding spaces, tabs and line ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

/// The place of the domain in the address of a sender. The domain follows the last `@`; a text
/// without `@` is a domain. Angle brackets around the text are not part of the domain.
struct Place {
    std::size_t begin;
    std::size_t size;
};
[[nodiscard]] Place domain_in(std::string_view sender) noexcept;

}  // namespace spfcheck
