// Reads a configuration in TOML (spf-policyd.toml(5)).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "spf/base/expected.hpp"

namespace policyd {

/// What is wrong with a configuration, and where.
struct ConfigError {
    std::size_t line = 0;    ///< from 1; 0 if the error concerns no line
    std::size_t column = 0;  ///< from 1
    std::string message;     ///< one line of English that says what to write

    friend bool operator==(const ConfigError&, const ConfigError&) = default;
};

using ConfigErrors = std::vector<ConfigError>;

/// Reads a configuration. If the text is no TOML, there is one error. Otherwise all errors are
/// returned, in the order of the text.
[[nodiscard]] spf::Expected<Config, ConfigErrors> parse_config(std::string_view text);

/// When a file is read. At a reload, an empty file is an error: it was probably cut short by a
/// full disk or an editor, and the defaults would replace the policy of the site.
enum class Occasion : std::uint8_t { start, reload };

/// Reads a file. The maximum size of a configuration is 1 MiB.
[[nodiscard]] spf::Expected<Config, ConfigErrors> read_config(const std::string& path,
                                                              Occasion occasion = Occasion::start);

/// Returns the errors for people: one line "FILE:LINE:COLUMN: MESSAGE" for each, with a line break.
[[nodiscard]] std::string to_string(const ConfigErrors& errors, std::string_view file);

}  // namespace policyd
