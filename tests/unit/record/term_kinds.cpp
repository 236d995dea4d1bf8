// The facts that are derived from the structs of mechanisms and modifiers.

#include "record/term_kinds.hpp"

#include <string>
#include <vector>

#include "lint/text.hpp"
#include "support/catch.hpp"

using Argument = spf::TermKind::Argument;

TEST_CASE("the struct of a term says what it takes", "[term_kinds][rfc7208-5][rfc7208-6]") {
    std::vector<std::string> names;
    for (const spf::TermKind& kind : spf::term_kinds) {
        CAPTURE(kind.name);
        const std::string name(kind.name);
        names.push_back(name);
        const bool network = name == "ip4" || name == "ip6";
        const bool prefix_length = name == "a" || name == "mx";
        const bool optional = prefix_length || name == "ptr";
        const bool modifier = name == "redirect" || name == "exp";
        CHECK(kind.argument == (name == "all" ? Argument::none
                                : optional    ? Argument::optional
                                              : Argument::required));
        CHECK(kind.takes_network == network);
        CHECK(kind.takes_prefix_length == prefix_length);
        CHECK(kind.is_modifier() == modifier);
        CHECK(kind.separator == (modifier ? "=" : ":"));
    }
    CHECK(names == std::vector<std::string>{"all", "include", "a", "mx", "ptr", "ip4", "ip6",
                                            "exists", "redirect", "exp"});
}

TEST_CASE("a sentence that leaves a term out, or changes the order, does not name them all",
          "[term_kinds]") {
    constexpr auto kinds = spf::term_kinds_where<&spf::TermKind::takes_network>;
    CHECK(spf::ends_in_names("there are ip4 and ip6", kinds));
    CHECK(spf::ends_in_names("ip4= and ip6=", kinds, "="));
    CHECK_FALSE(spf::ends_in_names("there are a, ip4 and ip6", kinds));
    CHECK_FALSE(spf::ends_in_names("there are ip6 and ip4", kinds));
    CHECK_FALSE(spf::ends_in_names("there is ip6", kinds));
    CHECK_FALSE(spf::ends_in_names("there are ip4, ip6", kinds));
}

TEST_CASE("lint knows each term by its name in any case", "[term_kinds][lint]") {
    for (const spf::TermKind& kind : spf::term_kinds) {
        std::string upper(kind.name);
        for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
        CHECK(spf::lint::known_term(upper) == &kind);
    }
    CHECK(spf::lint::known_term("foo") == nullptr);
}
