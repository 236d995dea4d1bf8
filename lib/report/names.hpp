// Names and records as reports and advice show them.
#pragma once

#include <string>
#include <string_view>

#include "spf/base/printable.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spf::report {

/// Returns a domain name or a term, made printable and cut to at most 100 octets.
[[nodiscard]] inline std::string short_name(std::string_view text) { return printable(text, 100); }

/// Returns a domain's record as a view into the trace; empty if the trace does not contain it.
[[nodiscard]] inline std::string_view record_of(const Outcome& outcome,
                                                std::string_view domain) noexcept {
    for (const Step& step : outcome.trace) {
        if (step.kind == Step::Kind::check_host && step.domain == domain) return step.text;
    }
    return {};
}

}  // namespace spf::report
