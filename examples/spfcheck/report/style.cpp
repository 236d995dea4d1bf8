#include "report/style.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace spfcheck {
namespace {

/// A colour on light paper, and on a dark screen.
struct Shade {
    std::string_view name;
    std::string_view light;
    std::string_view dark;
};

/// The colours, by what they are for. Text has a contrast of at least 4.5 to what is behind it, and
/// graphics of at least 3, in the light and in the dark (WCAG 2.1, 1.4.3 and 1.4.11).
constexpr std::array<Shade, 14> shades{{
    {"paper", "#ffffff", "#14171b"},
    {"card", "#f6f8fa", "#1d2127"},
    {"ink", "#1c2127", "#e7eaee"},
    {"quiet", "#545d68", "#a9b2bd"},
    {"line", "#d0d7de", "#3a424c"},
    {"accent", "#0b57d0", "#8ab4f8"},
    {"part", "#c3d9fb", "#2c4a7c"},
    {"good", "#116329", "#7ddc94"},
    {"warning", "#7d4e00", "#f0c36d"},
    {"error", "#b3261e", "#ffb4ab"},
    {"part-error", "#f7cdca", "#6b2d29"},
    {"mark", "#fbe3e1", "#55211d"},
    {"mark-warning", "#fdf0cf", "#4a3a10"},
    {"slot", "#e9edf2", "#262c34"},
}};

/// The rules for the picture.
constexpr std::string_view picture_rules = R"(
.picture { font: 13px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.picture text { fill: var(--ink); }
.picture .paper { fill: var(--paper); }
.picture .term { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.picture .root { font-weight: 600; font-size: 14px; }
.picture .quiet { fill: var(--quiet); font-size: 12px; }
.picture .number { font-weight: 600; font-variant-numeric: tabular-nums; }
.picture .bad { fill: var(--error); }
.picture .slot { fill: var(--slot); }
.picture .own { fill: var(--accent); }
.picture .below { fill: var(--part); stroke: var(--accent); }
.picture .over { fill: var(--error); }
.picture .over-below { fill: var(--part-error); stroke: var(--error); stroke-dasharray: 3 2; }
.picture .grid { stroke: var(--paper); stroke-width: 2; }
.picture .limit { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
.picture .twig { fill: none; stroke: var(--quiet); stroke-width: 1; }
.sign { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.sign.good { color: var(--good); } .sign.hint { color: var(--quiet); }
.sign.warning { color: var(--warning); } .sign.error { color: var(--error); }
)";

/// The rules for the page.
constexpr std::string_view page_rules = R"(
.picture text { stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }
.picture .narrow { display: none; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, main, footer { max-width: 48rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2.5rem; }
main { padding-bottom: 1rem; }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; padding-bottom: 3rem;
  color: var(--quiet); font-size: .875rem; }
h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 3rem 0 .75rem; }
h3 { font-size: 1rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
code, pre { font: .875rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { overflow-wrap: anywhere; } .word { white-space: nowrap; }
pre { margin: .5rem 0; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); font-size: .875rem; }
.verdict { display: flex; gap: .75rem; align-items: flex-start; margin: 1.25rem 0 1rem; padding: 1rem 1.25rem;
  border: 1px solid var(--line); border-left: .375rem solid var(--quiet); border-radius: .5rem;
  background: var(--card); font-size: 1.125rem; line-height: 1.45; font-weight: 600; overflow-wrap: anywhere; }
.verdict.good { border-left-color: var(--good); } .verdict.warning { border-left-color: var(--warning); }
.verdict.error { border-left-color: var(--error); }
.sign { width: 1.25em; height: 1.25em; flex: none; vertical-align: -.25em; }
.verdict .sign { margin-top: .1em; }
mark { color: inherit; background: var(--mark-warning); border-radius: .2rem; padding: .1em 0;
  text-decoration: underline 2px var(--warning); text-underline-offset: .25em; }
mark.error { background: var(--mark); text-decoration: underline wavy 1.5px var(--error); }
mark.hint { background: none; text-decoration: underline dotted 2px var(--quiet); }
mark.gap { padding: 0 .3em; border-left: 2px solid var(--error); }
sup { line-height: 0; } sup a { padding: .4em .2em; }
figure { margin: 0; } figure svg.picture { display: block; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; color: var(--quiet); font-size: .875rem; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line);
  overflow-wrap: anywhere; }
thead th { border-top: 0; border-bottom: 1px solid var(--ink); font-size: .875rem; overflow-wrap: normal; }
tbody th { font-weight: 400; width: 44%; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
ol.findings { list-style: none; margin: 0; padding: 0; }
ol.findings li { padding: 1rem 0; border-top: 1px solid var(--line); }
ol.findings li:first-child { border-top: 0; padding-top: 0; }
.message { display: block; } .sentence::first-letter { text-transform: uppercase; }
.label { display: block; margin-bottom: .25rem; font-size: .8125rem; font-weight: 700; }
.label.error { color: var(--error); } .label.warning { color: var(--warning); } .label.hint { color: var(--quiet); }
ul { padding-left: 1.25rem; } ul.plain { list-style: none; margin: 0; padding: 0; }
details { margin-top: 3rem; border-top: 1px solid var(--line); }
summary { cursor: pointer; padding: .75rem 0; }
summary h2 { display: inline; margin: 0; }
@media (max-width: 40rem) {
  .picture .narrow { display: inline; } .picture .wide { display: none; }
  header { padding-top: 1.5rem; } h1 { font-size: 1.5rem; } h2 { margin-top: 2.25rem; }
  .verdict { padding: .875rem 1rem; font-size: 1.0625rem; }
  table { font-size: .875rem; } th, td { padding-right: .5rem; } code, pre { font-size: .8125rem; }
}
@media print {
  body { font-size: 10.5pt; } header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  header { padding-top: 0; } h2 { margin-top: 1.5rem; break-after: avoid; }
  h3, summary, caption { break-after: avoid; } tr, li, pre, .verdict { break-inside: avoid; }
  thead { display: table-header-group; break-after: avoid; } tbody tr:first-child { break-before: avoid; }
  a { color: inherit; } :focus-visible { outline: none; }
  body, .verdict, mark, .picture { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  details { border-top: 0; } summary { list-style: none; padding: 0; }
  @page { margin: 18mm 16mm; }
}
)";

/// Returns the colours as variables.
std::string variables(std::string_view Shade::*which) {
    std::string out = ":root {";
    for (const Shade& each : shades) {
        out.append(" --").append(each.name).append(": ").append(each.*which).append(";");
    }
    return out + " }\n";
}

/// Returns rules with the colours themselves in place of the variables.
std::string with_colours(std::string_view rules, std::string_view Shade::*which) {
    std::string out(rules);
    for (const Shade& each : shades) {
        const std::string variable = "var(--" + std::string(each.name) + ")";
        for (std::size_t at = 0; (at = out.find(variable, at)) != std::string::npos;) {
            out.replace(at, variable.size(), each.*which);
        }
    }
    return out;
}

std::string if_dark(const std::string& rules) {
    return "@media screen and (prefers-color-scheme: dark) {\n" + rules + "}\n";
}

}  // namespace

std::string style_of_page() {
    std::string out = "\n:root { color-scheme: light dark; }\n" + variables(&Shade::light);
    out += if_dark(variables(&Shade::dark));
    out += "@media print { :root { color-scheme: light; } }";
    return out.append(picture_rules).append(page_rules);
}

std::string style_of_picture() {
    return with_colours(picture_rules, &Shade::light) +
           if_dark(with_colours(picture_rules, &Shade::dark));
}

}  // namespace spfcheck
