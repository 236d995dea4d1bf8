#include "options/output.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "options/choice.hpp"

namespace spfcheck {
namespace {

Colour colour_named(std::string_view name) {
    if (name == "always") return Colour::always;
    return name == "never" ? Colour::never : Colour::automatic;
}

}  // namespace

void setup(CLI::App& app, OutputOptions& options) {
    const char* group = "Output";
    app.add_flag("--json", options.json, "print one JSON object, for programs")->group(group);
    one_of(app.add_option_function<std::string>(
                  "--color",
                  [&options](const std::string& name) { options.colour = colour_named(name); },
                  "when to use colours; auto: on a terminal")
               ->group(group),
           {"auto", "always", "never"});
    app.add_flag(
           "-v,--verbose",
           [&options](std::int64_t count) { options.verbosity = static_cast<int>(count); },
           "report more; -vv: each DNS question and its answer")
        ->group(group);
}

}  // namespace spfcheck
