// Validators for arguments that are names. Other texts are refused while the command line is
// parsed, so they are never looked up.
#pragma once

#include <CLI/App.hpp>

namespace spfcheck {

/// Returns a validator for CLI::Option::transform(). It removes surrounding spaces, and refuses a
/// text for which domain_problem() returns a message. A mail address or a URL is replaced by its
/// domain (domain_meant()), and a note on standard error says so.
[[nodiscard]] CLI::Validator a_domain();
/// Returns a validator like a_domain(), but mistaken_for_domain() decides which texts it refuses.
[[nodiscard]] CLI::Validator like_a_domain();
/// Returns a validator like a_domain(), but sender_problem() decides which texts it refuses.
[[nodiscard]] CLI::Validator a_sender();
/// Returns a validator like a_domain(), but domain_or_record_problem() decides which texts it
/// refuses. The text of a record is left as it is.
[[nodiscard]] CLI::Validator a_domain_or_record();
/// Returns a validator that removes surrounding spaces and refuses nothing.
[[nodiscard]] CLI::Validator a_name();

}  // namespace spfcheck
