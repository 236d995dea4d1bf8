// An outcome with what to do about it, for people and for programs.
#pragma once

#include <iosfwd>
#include <optional>

#include "check/check.hpp"
#include "check/subject.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// What was checked.
struct Checked {
    spf::Outcome outcome;  ///< the outcome that decides the exit status
    std::optional<spf::Outcome>
        helo;  ///< that of the HELO name, if it was checked beside MAIL FROM
};

/// Prints the outcomes in the form that the options ask for.
void print(std::ostream& out, const Checked& checked, const CheckOptions& options,
           const Subject& subject);

}  // namespace spfcheck
