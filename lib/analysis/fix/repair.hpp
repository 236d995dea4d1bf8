// Turns the texts that a domain publishes into one record without syntax errors.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/analysis/fix.hpp"
#include "spf/dns/resolver.hpp"

namespace spf::analysis {

/// A record without syntax errors, and how it came about.
struct Repaired {
    std::string record;
    std::vector<std::string> published;  ///< the texts that were meant as records
    std::vector<FixStep> steps;
    std::optional<FixProblem> problem;  ///< why there is no record; absent if there is one
};

/// Which corrections are made.
enum class Corrections : std::uint8_t {
    all,          ///< all mistakes of severity error
    only_broken,  ///< only mistakes because of which receivers return permerror
};

/// Returns whether a term is named by one of `names`: by its domain name, or as a whole.
[[nodiscard]] bool is_named(std::string_view term, std::span<const std::string> names);

/// Corrects the texts of a TXT answer and merges them. `language` is that of the reasons.
[[nodiscard]] Repaired repaired(const std::string& domain, const dns::Answer& answer,
                                std::span<const std::string> drop, Corrections which,
                                dns::Resolver& resolver, const SweepOptions& options,
                                const Language& language);

}  // namespace spf::analysis
