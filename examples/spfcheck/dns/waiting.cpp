#include "dns/waiting.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

#include "dns/sentences.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using Says = DnsSentence;

constexpr std::chrono::seconds patience{1};
constexpr std::string_view erase = "\r\x1b[K";

bool can_erase() {
    const char* const terminal = std::getenv("TERM");  // no thread changes the environment
    return ::isatty(STDERR_FILENO) == 1 && terminal != nullptr &&
           std::string_view(terminal) != "dumb";
}

/// Returns the maximum length of a line. A longer line would continue in the next one, and only its
/// last part would be erased.
std::size_t width_of_terminal() {
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
    return known ? size.ws_col - std::size_t{1} : 79;
}

}  // namespace

WaitingLine::WaitingLine(bool wanted, spf::dns::Clock::time_point begin)
    : is_possible_(wanted && can_erase()), begin_(begin) {}

WaitingLine::~WaitingLine() {
    if (!shown_.empty()) std::cerr << erase << std::flush;
}

void WaitingLine::update(const spf::dns::Question& question, std::size_t missing, std::size_t all) {
    if (!is_possible_ || spf::dns::Clock::now() - begin_ < patience) return;
    const auto type = spf::dns::to_string(question.type);
    // A long name is cut, so that the numbers after it are seen.
    const std::string name = spf::printable(question.name, 50);
    std::string line =
        all == 1 ? say<Says::waiting_for_one>(type, name)
                 : say<Says::waiting>(type, name, std::uint64_t{missing}, std::uint64_t{all});
    line.resize(std::min(line.size(), width_of_terminal()));
    if (line == shown_) return;
    shown_ = std::move(line);
    std::cerr << erase << shown_ << std::flush;
}

}  // namespace spfcheck
