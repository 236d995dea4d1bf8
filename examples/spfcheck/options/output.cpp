#include "options/output.hpp"

#include <optional>
#include <string>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "options/sentences.hpp"
namespace spfcheck {
namespace {

using Says = OptionsSentence;

std::optional<Colour> colour_named(const std::string& name) {
    if (name == "auto") return Colour::automatic;
    if (name == "always") return Colour::always;
    if (name == "never") return Colour::never;
    return std::nullopt;
}

std::string colour_problem(const std::string& name) {
    return colour_named(name) ? "" : say<Says::bad_colour>();
}

}  // namespace

void setup(CLI::App& app, OutputOptions& options) {
    const char* group = "Output";
    app.add_flag("--json", options.json, "print one JSON object, for programs")->group(group);
    app.add_option_function<std::string>(
           "--color", [&options](const std::string& name) { options.colour = *colour_named(name); },
           "auto (on a terminal, unless NO_COLOR is set), always or never")
        ->check(CLI::Validator(colour_problem, ""))
        ->type_name("WHEN")
        ->group(group);
    app.add_flag(
           "-v,--verbose",
           [&options](std::int64_t count) { options.verbosity = static_cast<int>(count); },
           "report more on standard error; twice: each DNS question and its answer")
        ->group(group);
}

}  // namespace spfcheck
