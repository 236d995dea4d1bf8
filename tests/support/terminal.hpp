/// \file terminal.hpp  A pseudo-terminal, for tests of what programs show at a terminal.
#pragma once

#include <array>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "support/catch.hpp"

namespace spf::test {

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

}  // namespace spf::test
