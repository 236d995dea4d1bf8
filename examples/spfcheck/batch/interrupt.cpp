#include "batch/interrupt.hpp"

#include <csignal>
#include <initializer_list>

namespace spfcheck {
namespace {

/// True after SIGINT or SIGTERM. The variable is global because a signal handler has no parameter
/// for it.
std::atomic<bool> flag = false;  // NOLINT(*-avoid-non-const-global-variables)
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

extern "C" void interrupt(int /*signal*/) { flag = true; }

void on_signals(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;  // NOLINT(*-union-access)
    for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

}  // namespace

std::atomic<bool>& interrupted() noexcept { return flag; }

void catch_interrupts() { on_signals(interrupt); }

void release_interrupts() { on_signals(SIG_DFL); }

}  // namespace spfcheck
