// Prints a diagnosis on one page for people, or as JSON for programs.
#pragma once

#include <iosfwd>
#include <optional>
#include <vector>

#include "diagnose/case.hpp"
#include "diagnose/examine.hpp"
#include "diagnose/judge.hpp"
#include "diagnose/steps.hpp"
#include "io/json.hpp"
#include "spf/report/text.hpp"

namespace spfcheck {

/// A diagnosis. The verdicts are in the order of the recipients; there is one if there are none.
struct Diagnosis {
    std::vector<Verdict> verdicts;
    std::vector<Examined> examined;  ///< of the first recipients, at least one
    std::size_t main = 0;            ///< the index of the recipient that the page is about
    std::vector<Step> steps;         ///< those about this recipient
    Remedy remedy;                   ///< for this recipient
};

/// Prints the page: the verdict, the steps, and what to do next.
void print_page(std::ostream& out, const Case& about, const Diagnosis& diagnosis, bool redact,
                const spf::report::TextStyle& style);

/// Returns the diagnosis as schemas/diagnose.schema.json describes it.
[[nodiscard]] Json to_json(const Case& about, const Diagnosis& diagnosis, bool redact);

}  // namespace spfcheck
