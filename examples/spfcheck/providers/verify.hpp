// spfcheck providers --verify: do the includes of the catalogue still have records?
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/json.hpp"
#include "io/language.hpp"
#include "providers/ask.hpp"

namespace spfcheck {

/// What became of an include.
enum class IncludeState : std::uint8_t {
    good,     ///< it has a record that may authorise addresses
    gone,     ///< it has no record, or not exactly one that is valid
    empty,    ///< its record authorises no address
    changed,  ///< its record is another than in the earlier output
    unknown,  ///< DNS failed
};

/// An include and what DNS says about it.
struct VerifiedInclude {
    std::string service;
    std::string name;
    IncludeState state = IncludeState::unknown;
    std::string record;   ///< empty if there is none
    std::string earlier;  ///< the record in the earlier output; empty if it is not there
    Spoken problem;       ///< why there is no valid record; otherwise empty
};

/// Returns what an outcome for any address says about the record of an include. `earlier` is its
/// record in an earlier output; empty if there is no earlier output.
[[nodiscard]] VerifiedInclude verified(const Include& include, const spf::Outcome& outcome,
                                       std::string_view earlier);

/// Returns "good", "gone", "empty", "changed" or "unknown".
[[nodiscard]] std::string_view to_string(IncludeState state);

[[nodiscard]] Json to_json(const std::vector<VerifiedInclude>& includes);
/// Prints for people the includes that are not good, and how many are.
void print(std::ostream& out, const std::vector<VerifiedInclude>& includes, std::size_t width);

}  // namespace spfcheck
