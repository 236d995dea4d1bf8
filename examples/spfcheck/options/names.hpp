// Arguments that are names: other texts are refused while the command line is parsed, and never
// looked up.
#pragma once

#include <CLI/App.hpp>

namespace spfcheck {

/// For CLI::Option::transform(): removes surrounding spaces, and refuses a text with a
/// domain_problem().
[[nodiscard]] CLI::Validator a_domain();
/// Does this with mistaken_for_domain().
[[nodiscard]] CLI::Validator like_a_domain();
/// Does this with sender_problem().
[[nodiscard]] CLI::Validator a_sender();
/// Does this with domain_or_record_problem().
[[nodiscard]] CLI::Validator a_domain_or_record();
/// Removes surrounding spaces, and refuses nothing.
[[nodiscard]] CLI::Validator a_name();

}  // namespace spfcheck
