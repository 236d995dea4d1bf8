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
    none,    ///< accept the message, and write no header field
    mark,    ///< accept the message, and write the results into its header fields
    defer,   ///< refuse the message for now, so that the client tries again: 451
    reject,  ///< refuse the message permanently: 550
};

/// Returns the name of an action, for configurations and logs: "none", "mark", "defer" or "reject".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Action action) noexcept;
/// Returns the action with this name, which must be in lower case. Returns nothing if there is no
/// such action.
[[nodiscard]] SPF_EXPORT std::optional<Action> action_named(std::string_view name) noexcept;

/// Returns whether the action refuses the message, for now or permanently.
[[nodiscard]] constexpr bool refuses(Action action) noexcept { return action >= Action::defer; }

/// What is done with a message for each result of the check of one identity. By default, a message
/// whose result is fail is refused (8.4). Every other message is accepted, and the results are
/// written into its header fields.
struct Actions {
    Action none = Action::mark;       ///< for the result none (8.1)
    Action neutral = Action::mark;    ///< for the result neutral (8.2)
    Action pass = Action::mark;       ///< for the result pass (8.3)
    Action fail = Action::reject;     ///< for the result fail (8.4)
    Action softfail = Action::mark;   ///< for the result softfail (8.5)
    Action temperror = Action::mark;  ///< for the result temperror (8.6)
    Action permerror = Action::mark;  ///< for the result permerror (8.7)

    /// Returns the action for a result.
    [[nodiscard]] SPF_EXPORT Action of(Result result) const noexcept;
    /// Compares all members.
    friend constexpr bool operator==(const Actions&, const Actions&) = default;
};

/// The actions of an exception, such as for one domain or one recipient. They replace Actions for
/// some results. If a member is absent, the exception does not change the action for this result.
struct SomeActions {
    std::optional<Action> none{};       ///< the action for the result none, if replaced
    std::optional<Action> neutral{};    ///< the action for the result neutral, if replaced
    std::optional<Action> pass{};       ///< the action for the result pass, if replaced
    std::optional<Action> fail{};       ///< the action for the result fail, if replaced
    std::optional<Action> softfail{};   ///< the action for the result softfail, if replaced
    std::optional<Action> temperror{};  ///< the action for the result temperror, if replaced
    std::optional<Action> permerror{};  ///< the action for the result permerror, if replaced

    /// Returns the action that the exception has for a result, or nothing if it has none.
    [[nodiscard]] SPF_EXPORT std::optional<Action> of(Result result) const noexcept;
    /// Compares all members.
    friend constexpr bool operator==(const SomeActions&, const SomeActions&) = default;
};

}  // namespace spf::receiver
