// The end of a long run, for which the program waits.
#pragma once

#include <functional>

#include "batch/crew.hpp"
#include "batch/progress.hpp"

namespace spfcheck {

/// Waits until the threads have ended, calls `update` several times meanwhile, and removes the line
/// with the progress. Throws what the work of a thread threw.
void wait_for(Crew& crew, Progress& progress, const std::function<void()>& update);

}  // namespace spfcheck
