// Prints a flattened record, which has no includes. If a record could not be flattened, describes
// the error.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "io/json.hpp"
#include "spf/analysis/flatten.hpp"

namespace spfcheck {

[[nodiscard]] Json to_json(const spf::analysis::Flattened& flat);
[[nodiscard]] Json to_json(const spf::analysis::FlattenError& error);

/// Returns whether the policy is the reason for the error. Otherwise DNS failed, or the policy is
/// too large to evaluate.
[[nodiscard]] bool is_about_policy(const spf::analysis::FlattenError& error) noexcept;

/// Prints for people: the records as lines of a zone file, and all other facts as comments in this
/// file.
void print(std::ostream& out, const spf::analysis::Flattened& flat, std::size_t width);

}  // namespace spfcheck
