/// \file base/expected.hpp  Errors as values: a value, or what is wrong instead.
///
/// Nothing in this library throws because of what an untrusted sender wrote. Functions that read
/// text return `Expected<T>`: a value, or a ParseError (base/error.hpp) unless another error is
/// named.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace spf {

struct ParseError;

/// A value or an error: the part of C++23's std::expected that this library needs.
///
/// Reading the value of an error (or the error of a value) is a programming mistake: asserted in
/// debug builds, undefined otherwise, as with std::expected's operator*. Adds no exceptions to
/// those of `T` and `E`.
template <class T, class E = ParseError>
class [[nodiscard]] Expected {
public:
    using value_type = T;  ///< the type of the value
    using error_type = E;  ///< the type of the error

    /// Holds a value.
    Expected(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    /// Holds an error.
    Expected(E error) : state_(std::in_place_index<1>, std::move(error)) {}

    /// Whether there is a value.
    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    /// Whether there is a value.
    explicit operator bool() const noexcept { return has_value(); }

    /// The value. Requires has_value().
    [[nodiscard]] T& operator*() & noexcept { return *get(); }
    /// The value. Requires has_value().
    [[nodiscard]] const T& operator*() const& noexcept { return *get(); }
    /// The value, to be moved from. Requires has_value().
    [[nodiscard]] T&& operator*() && noexcept { return std::move(*get()); }
    /// A member of the value. Requires has_value().
    [[nodiscard]] T* operator->() noexcept { return get(); }
    /// A member of the value. Requires has_value().
    [[nodiscard]] const T* operator->() const noexcept { return get(); }

    /// The error. Requires !has_value().
    [[nodiscard]] const E& error() const noexcept {
        const E* error = std::get_if<1>(&state_);
        assert(error != nullptr);
        return *error;
    }
    /// The value, or `fallback` if there is an error.
    [[nodiscard]] T value_or(T fallback) const& {
        return has_value() ? **this : std::move(fallback);
    }

private:
    T* get() noexcept {
        T* value = std::get_if<0>(&state_);
        assert(value != nullptr);
        return value;
    }
    const T* get() const noexcept {
        const T* value = std::get_if<0>(&state_);
        assert(value != nullptr);
        return value;
    }

    std::variant<T, E> state_;
};

}  // namespace spf
