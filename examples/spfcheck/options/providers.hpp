// --providers: files with services beside those that are built in.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace spfcheck {

/// Adds --providers.
void setup_providers(CLI::App& app, std::vector<std::string>& files);

}  // namespace spfcheck
