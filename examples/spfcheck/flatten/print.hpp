// A record without includes, or why there is none, for people and for programs.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "io/json.hpp"
#include "spf/analysis/flatten.hpp"

namespace spfcheck {

[[nodiscard]] Json to_json(const spf::analysis::Flattened& flat);
[[nodiscard]] Json to_json(const spf::analysis::FlattenError& error);

/// Whether the error is about the policy, not about something that could not be found out.
[[nodiscard]] bool is_about_policy(const spf::analysis::FlattenError& error) noexcept;

/// Prints for people: lines of a zone file, and the rest as comments.
void print(std::ostream& out, const spf::analysis::Flattened& flat, std::size_t width);

}  // namespace spfcheck
