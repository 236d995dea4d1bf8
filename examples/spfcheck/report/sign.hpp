// What says how good or bad something is: a word, a colour, and a drawing that says the same as the
// colour.
#pragma once

#include <string>
#include <string_view>

#include "report/contents.hpp"
#include "report/markup.hpp"
#include "spf/lint/lint.hpp"

namespace spfcheck {

[[nodiscard]] Sign sign_of(spf::lint::Finding::Severity severity);
/// Returns a word for people; empty for Sign::none and Sign::good.
[[nodiscard]] std::string word_of(Sign sign);
/// Returns the name of the class in the style sheets.
[[nodiscard]] std::string_view class_of(Sign sign);
/// Appends a small drawing.
void write_sign(Markup& out, Sign sign);

}  // namespace spfcheck
