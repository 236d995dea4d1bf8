// Reads what there is to diagnose: a message, a bounce, pasted words, lines of a log.
#pragma once

#include "diagnose/case.hpp"
#include "diagnose/diagnose.hpp"
#include "io/failure.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// Returns the case that the options describe. Reads standard input if they name nothing, and it is
/// not a terminal.
[[nodiscard]] spf::Expected<Case, Failure> read_case(const DiagnoseOptions& options);

}  // namespace spfcheck
