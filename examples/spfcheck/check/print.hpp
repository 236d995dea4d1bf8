// An outcome with what to do about it, for people and for programs.
#pragma once

#include <iosfwd>

#include "check/check.hpp"
#include "check/subject.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// Prints the outcome in the form that the options ask for.
void print(std::ostream& out, const spf::Outcome& outcome, const CheckOptions& options,
           const Subject& subject);

}  // namespace spfcheck
