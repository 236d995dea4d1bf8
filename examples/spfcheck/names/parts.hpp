// Parts of what people type: without the blanks around it, and the domain of an address.
#pragma once

#include <cstddef>
#include <string_view>

namespace spfcheck {

/// Without spaces, tabs and ends of lines around it.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

/// Where the domain is in the address of a sender: after the last `@`, or all of it where there is none;
/// angle brackets around the whole are not part of it.
struct Place {
    std::size_t begin;
    std::size_t size;
};
[[nodiscard]] Place domain_in(std::string_view sender) noexcept;

}  // namespace spfcheck
