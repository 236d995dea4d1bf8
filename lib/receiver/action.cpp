#include "spf/receiver/action.hpp"

#include <array>

namespace spf::receiver {
namespace {

constexpr std::array<Action, 4> all_actions{Action::none, Action::mark, Action::defer,
                                            Action::reject};

/// Returns the action for `result`. `actions` is an object of type Actions or SomeActions.
template <class PerResult>
auto member_for(const PerResult& actions, Result result) noexcept {
    switch (result) {
        case Result::none: return actions.none;
        case Result::neutral: return actions.neutral;
        case Result::pass: return actions.pass;
        case Result::fail: return actions.fail;
        case Result::softfail: return actions.softfail;
        case Result::temperror: return actions.temperror;
        case Result::permerror: break;
    }
    return actions.permerror;
}

}  // namespace

std::string_view to_string(Action action) noexcept {
    switch (action) {
        case Action::none: return "none";
        case Action::mark: return "mark";
        case Action::defer: return "defer";
        case Action::reject: return "reject";
    }
    return "?";
}

std::optional<Action> action_named(std::string_view name) noexcept {
    for (const Action action : all_actions) {
        if (to_string(action) == name) return action;
    }
    return std::nullopt;
}

Action Actions::of(Result result) const noexcept { return member_for(*this, result); }

std::optional<Action> SomeActions::of(Result result) const noexcept {
    return member_for(*this, result);
}

}  // namespace spf::receiver
