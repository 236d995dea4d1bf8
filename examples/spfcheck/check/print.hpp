// Prints the outcome of a check, with advice on what to do about it, for people or for programs.
#pragma once

#include <iosfwd>
#include <optional>

#include "check/check.hpp"
#include "check/facts.hpp"
#include "check/subject.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// The outcomes of `spfcheck check`.
struct Checked {
    spf::Outcome outcome;  ///< the outcome that decides the exit status
    /// The outcome for the HELO name, if that was checked in addition to MAIL FROM.
    std::optional<spf::Outcome> helo;
};

/// Prints the outcomes in the form that the options select.
void print(std::ostream& out, const Checked& checked, const CheckOptions& options,
           const Subject& subject, const Facts& facts);

}  // namespace spfcheck
