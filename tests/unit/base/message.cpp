#include "spf/base/message.hpp"

#include <string>
#include <vector>

#include "base/sentences.hpp"
#include "support/catch.hpp"

using spf::Argument;
using spf::rendered;

namespace {

std::string with(std::string_view pattern, const std::vector<Argument>& arguments) {
    return rendered(pattern, arguments);
}

}  // namespace

TEST_CASE("a sentence names its arguments by their numbers, in any order", "[message]") {
    CHECK(with("{1} of {2}", {"mx", "example.com"}) == "mx of example.com");
    CHECK(with("{2}: {1}, {1}", {"mx", "example.com"}) == "example.com: mx, mx");
    CHECK(with("no argument", {"mx"}) == "no argument");
    CHECK(with("", {}).empty());
}

TEST_CASE("a number chooses between one and many", "[message]") {
    CHECK(with("{1} {1:term|terms}", {1U}) == "1 term");
    CHECK(with("{1} {1:term|terms}", {0U}) == "0 terms");
    CHECK(with("{1} {1:term|terms}", {std::uint64_t{18446744073709551615U}}) ==
          "18446744073709551615 terms");
    CHECK(with("{1:|s}", {1U}).empty());
}

TEST_CASE("an argument is printable and bounded, whatever it holds", "[message]") {
    CHECK(with("<{1}>", {"a\r\nb\x1b"}) == "<a\\x0d\\x0ab\\x1b>");
    CHECK(with("{1}", {std::string(100'000, '\xff')}).size() <= spf::longest_argument);
    // A placeholder within an argument is not replaced.
    CHECK(with("{1}{2}", {"{2}", "{1}"}) == "{2}{1}");
}

TEST_CASE("what is not a placeholder, or has no argument, stays as it is", "[message]") {
    for (const char* pattern :
         {"{", "}", "{}", "{0}", "{1", "{10}", "{a}", "{1:one}", "{1 }", "{{", "{9}"}) {
        CAPTURE(pattern);
        CHECK(with(pattern, {"x"}) == pattern);
    }
    CHECK(with("{{1}", {"x"}) == "{x");
}

TEST_CASE("a pattern says how many arguments it takes", "[message]") {
    CHECK(spf::argument_count("none") == 0);
    CHECK(spf::argument_count("{2} {1:a|b}") == 2);
    CHECK(spf::argument_count("{0} {} {x}") == 0);
    CHECK(spf::argument_count("") == 0);
    CHECK(spf::argument_count("{") == 0);
    CHECK(spf::argument_count("{1}") == 1);
    CHECK(spf::argument_count("{2} and {1:term|terms}") == 2);
    static_assert(spf::argument_count("{9}") == 9);
}

TEST_CASE("a sentence is equal to one with the same code and arguments", "[message]") {
    enum class Code : std::uint8_t { first, second };
    using Message = spf::Message<Code>;
    CHECK(Message{Code::first, {"x", 1U}} == Message{Code::first, {"x", 1U}});
    CHECK(Message{Code::first, {"1"}} != Message{Code::first, {1U}});
    CHECK(Message{Code::first} != Message{Code::second});
}

TEST_CASE("a pattern is filled with texts as they are", "[message]") {
    const auto filled = [](std::string_view pattern) {
        std::string out = "<";
        spf::append_filled(out, pattern, {"a\n", "{1}"});
        return out;
    };
    CHECK(filled("") == "<");
    CHECK(filled("none") == "<none");
    CHECK(filled("{2} of {1}.") == "<{1} of a\n.");
    CHECK(filled("{1}{1}") == "<a\na\n");
    CHECK(filled("cut {1") == "<cut {1");
    CHECK(filled("{3}!") == "<!");
}
