#include "batch/waiting.hpp"

#include <chrono>

#include "batch/interrupt.hpp"

namespace spfcheck {

void wait_for(Crew& crew, Progress& progress, const std::function<void()>& update) {
    for (int waits = 0; !crew.wait(std::chrono::milliseconds{progress.is_shown() ? 200 : 1000});) {
        // After the first signal, further signals are ignored until this loop has run twice. Only
        // then does another signal end the program at once. The reason is timeout(1), which sends
        // its signal twice in quick succession: to the program, and to the process group of the
        // program.
        if (interrupted() && ++waits == 2) release_interrupts();
        update();
    }
    crew.join();
    progress.clear();
}

}  // namespace spfcheck
