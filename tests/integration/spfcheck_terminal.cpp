// What `spfcheck batch` shows at a terminal.

#include <array>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "integration/sockets.hpp"
#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using Catch::Contains;

namespace {

/// A terminal that programs write to, and their output.
class Terminal {
public:
    /// A machine may not have terminals, such as a chroot without /dev/pts: then exists() is false.
    Terminal() : master_(posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK)) {
        if (master_ < 0 || grantpt(master_) != 0 || unlockpt(master_) != 0) return;
        const char* const name = ptsname(master_);  // NOLINT(concurrency-mt-unsafe): one thread
        if (name == nullptr) return;
        path_ = name;
        slave_ = open(path_.c_str(), O_RDWR | O_NOCTTY);  // the output outlives its writer
    }
    ~Terminal() {
        if (slave_ >= 0) close(slave_);
        if (master_ >= 0) close(master_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// Whether there is a terminal; if not, says why the test is skipped.
    [[nodiscard]] bool exists() const {
        if (slave_ >= 0) return true;
        std::cout << "SKIPPED: no pseudo-terminal: " << std::generic_category().message(errno)
                  << '\n';
        return false;
    }
    void type(const std::string& text) const {
        REQUIRE(write(master_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::string shown() const {
        std::string text;
        std::array<char, 4096> chunk{};
        for (ssize_t size = 0; (size = read(master_, chunk.data(), chunk.size())) > 0;)
            text.append(chunk.data(), static_cast<std::size_t>(size));
        return text;
    }

private:
    int master_;
    int slave_ = -1;
    std::string path_;
};

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
