// What `spfcheck batch` shows at a terminal.

#include <string>

#include "integration/sockets.hpp"
#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/terminal.hpp"

using Catch::Contains;
using spf::test::Terminal;

namespace {

/// Lines for checks that get no answer, one after the other.
std::string silent_lines(unsigned count) {
    std::string lines;
    for (unsigned i = 0; i < count; ++i)
        lines += R"({"ip": "192.0.2.10", "sender": "d)" + std::to_string(i) + ".example\"}\n";
    return lines;
}

}  // namespace

TEST_CASE("progress is that of the lines that are answered", "[cares][batch]") {
    const Terminal terminal;
    if (!terminal.exists()) return;
    const spf::test::SilentServer silent;
    const cli_test::TemporaryFile input(silent_lines(4));
    const cli_test::Run run = cli_test::shell(
        "$SPFCHECK batch --concurrency 1 --timeout 0.7 --nameserver 127.0.0.1:" +
        std::to_string(silent.server().port) + " < " + input.path() + " 2> " + terminal.path());
    CHECK(run.status == 69);
    CHECK_THAT(terminal.shown(), Contains("1 checked") && Contains("25 %") && Contains("50 %"));
}

TEST_CASE("progress is not mixed with results, nor with what is typed in", "[cares][batch]") {
    const Terminal terminal;
    if (!terminal.exists()) return;
    const spf::test::SilentServer silent;
    const cli_test::TemporaryFile input(silent_lines(1));
    const std::string command = "$SPFCHECK batch --json --timeout 0.7 --nameserver 127.0.0.1:" +
                                std::to_string(silent.server().port) + " 2> " + terminal.path();
    CHECK(cli_test::shell(command + " > " + terminal.path() + " < " + input.path()).status == 69);
    const std::string results = terminal.shown();
    CHECK_THAT(results, Contains("\"result\":") && !Contains("checked"));
    CHECK_THAT(results, !Contains("\x1b"));

    terminal.type(silent_lines(1) + "\x04");  // end of file
    const cli_test::Run run = cli_test::shell(command + " < " + terminal.path());
    CHECK(run.status == 69);
    CHECK_THAT(run.out, Contains("\"result\":"));
    CHECK_THAT(terminal.shown(), !Contains("checked,") && !Contains("\x1b"));
}
