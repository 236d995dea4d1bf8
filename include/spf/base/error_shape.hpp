/// \file base/error_shape.hpp  The one shape that all errors of this library have.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace spf {

/// An error is a plain value:
///
///     struct SomeError {
///         enum class Code : std::uint8_t { ... };      // stable; new codes may be appended
///         static constexpr std::size_t code_count;     // 0 .. code_count - 1 are valid
///         Code code{};
///         std::size_t offset = 0;                      // what message() needs, as data
///         std::string_view message() const;            // or std::string if it holds data
///         friend bool operator==(const SomeError&, const SomeError&) = default;
///     };
///     std::string_view to_string(SomeError::Code);     // the enumerator's name, for machines
///
/// message() is for people: one line of English in printable US-ASCII without trailing dot. In a
/// message, text from untrusted senders has been made safe by printable(). Errors store no message:
/// message() makes it from the members.
template <class E>
concept Error = requires(const E& error, typename E::Code code) {
    requires std::is_enum_v<typename E::Code>;
    requires std::same_as<std::underlying_type_t<typename E::Code>, std::uint8_t>;
    requires std::same_as<decltype(E::code), typename E::Code>;
    typename std::integral_constant<std::size_t, E::code_count>;
    requires std::same_as<decltype(error.message()), std::string_view> ||
        std::same_as<decltype(error.message()), std::string>;
    { to_string(code) }
    noexcept->std::same_as<std::string_view>;
    requires std::regular<E>;
};

}  // namespace spf
