/// \file receiver/action.hpp  Actions: what a receiver does with a message, for each result (RFC
/// 7208 section 8).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/evaluation/result.hpp"

namespace spf::receiver {

/// What is done with a message, from the mildest to the most severe.
enum class Action : std::uint8_t {
    none,    ///< accept it, and write no header field
    mark,    ///< accept it, and write the results into header fields
    defer,   ///< refuse it for now, so that the client tries again: 451
    reject,  ///< refuse it for good: 550
};

/// Returns the word for an action in configurations and logs: "none", "mark", "defer" or "reject".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Action action) noexcept;
/// Returns the action whose word is `name`, in lower case; nothing if no action has this word.
[[nodiscard]] SPF_EXPORT std::optional<Action> action_named(std::string_view name) noexcept;

/// Returns whether an action refuses the message.
[[nodiscard]] constexpr bool refuses(Action action) noexcept { return action >= Action::defer; }

/// The action for each result of one identity. The defaults refuse mail from clients that the
/// domain does not authorise (8.4), and accept all other mail with a header field.
struct Actions {
    Action none = Action::mark;       ///< 8.1
    Action neutral = Action::mark;    ///< 8.2
    Action pass = Action::mark;       ///< 8.3
    Action fail = Action::reject;     ///< 8.4
    Action softfail = Action::mark;   ///< 8.5
    Action temperror = Action::mark;  ///< 8.6
    Action permerror = Action::mark;  ///< 8.7

    /// Returns the action for a result.
    [[nodiscard]] SPF_EXPORT Action of(Result result) const noexcept;
    /// Compares all members.
    friend constexpr bool operator==(const Actions&, const Actions&) = default;
};

/// Actions that differ from the usual ones, for some results.
struct SomeActions {
    std::optional<Action> none{};       ///< absent: the usual action
    std::optional<Action> neutral{};    ///< absent: the usual action
    std::optional<Action> pass{};       ///< absent: the usual action
    std::optional<Action> fail{};       ///< absent: the usual action
    std::optional<Action> softfail{};   ///< absent: the usual action
    std::optional<Action> temperror{};  ///< absent: the usual action
    std::optional<Action> permerror{};  ///< absent: the usual action

    /// Returns the action for a result; nothing if the usual action applies.
    [[nodiscard]] SPF_EXPORT std::optional<Action> of(Result result) const noexcept;
    /// Compares all members.
    friend constexpr bool operator==(const SomeActions&, const SomeActions&) = default;
};

}  // namespace spf::receiver
