// --providers: files with services in addition to the built-in ones.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace spfcheck {

/// Adds --providers.
void setup_providers(CLI::App& app, std::vector<std::string>& files);

}  // namespace spfcheck
