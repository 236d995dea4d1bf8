#include "spf/receiver/action.hpp"

#include <array>

#include "support/catch.hpp"

using spf::Result;
using spf::receiver::Action;
using spf::receiver::Actions;
using spf::receiver::SomeActions;

TEST_CASE("without a setting only a fail is refused", "[receiver][rfc7208-8]") {
    const Actions usual;
    CHECK(usual.of(Result::none) == Action::mark);
    CHECK(usual.of(Result::neutral) == Action::mark);
    CHECK(usual.of(Result::pass) == Action::mark);
    CHECK(usual.of(Result::fail) == Action::reject);
    CHECK(usual.of(Result::softfail) == Action::mark);
    CHECK(usual.of(Result::temperror) == Action::mark);
    CHECK(usual.of(Result::permerror) == Action::mark);
}

TEST_CASE("each result has an action of its own", "[receiver]") {
    constexpr std::array results{Result::none,     Result::neutral,  Result::pass,
                                 Result::fail,     Result::softfail, Result::temperror,
                                 Result::permerror};
    constexpr std::array<Action Actions::*, 7> members{
        &Actions::none,     &Actions::neutral,   &Actions::pass,     &Actions::fail,
        &Actions::softfail, &Actions::temperror, &Actions::permerror};
    constexpr std::array<std::optional<Action> SomeActions::*, 7> exceptions{
        &SomeActions::none,     &SomeActions::neutral,   &SomeActions::pass,     &SomeActions::fail,
        &SomeActions::softfail, &SomeActions::temperror, &SomeActions::permerror};
    for (std::size_t changed = 0; changed < results.size(); ++changed) {
        Actions actions;
        actions.*members[changed] = Action::defer;
        SomeActions some;
        some.*exceptions[changed] = Action::defer;
        for (std::size_t i = 0; i < results.size(); ++i) {
            CHECK((actions.of(results[i]) == Action::defer) == (i == changed));
            CHECK(some.of(results[i]).has_value() == (i == changed));
        }
    }
}

TEST_CASE("actions are named as in configurations", "[receiver]") {
    for (const Action action : {Action::none, Action::mark, Action::defer, Action::reject})
        CHECK(spf::receiver::action_named(to_string(action)) == action);
    CHECK_FALSE(spf::receiver::action_named("Reject"));
    CHECK_FALSE(spf::receiver::action_named(""));
    CHECK(refuses(Action::defer));
    CHECK(refuses(Action::reject));
    CHECK_FALSE(refuses(Action::mark));
}
