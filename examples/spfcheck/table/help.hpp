// The layout of --help: short and with examples first, in lines of at most 80 characters.
#pragma once

#include <string>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "table/table.hpp"

namespace spfcheck {

/// Returns what --help prints.
[[nodiscard]] std::string help_of(const CommandTable& table);

/// Lets CLI11 print help_of().
class HelpFormatter : public CLI::Formatter {
public:
    std::string make_help(const CLI::App* app, std::string name,
                          CLI::AppFormatMode mode) const override;
};

}  // namespace spfcheck
