// Arguments that are names: what is no such name is refused while the command line is read, and never
// looked up.
#pragma once

#include <CLI/App.hpp>

namespace spfcheck {

/// For CLI::Option::transform(): takes spaces around off, and refuses what domain_problem() tells.
[[nodiscard]] CLI::Validator a_domain();
/// The same with mistaken_for_domain().
[[nodiscard]] CLI::Validator like_a_domain();
/// The same with sender_problem().
[[nodiscard]] CLI::Validator a_sender();
/// The same with domain_or_record_problem().
[[nodiscard]] CLI::Validator a_domain_or_record();
/// Takes spaces around off, and refuses nothing.
[[nodiscard]] CLI::Validator a_name();

}  // namespace spfcheck
