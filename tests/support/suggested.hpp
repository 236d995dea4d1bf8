// The commands that spfcheck suggests in its output.
#pragma once

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/spfcheck.hpp"

namespace cli_test {

/// Returns whether "spfcheck" at this place begins a command, and is not a part of another word.
inline bool is_command(const std::string& line, std::size_t at) {
    return at == 0 || line[at - 1] == ' ';
}

/// Returns the commands in an output, as a person would copy them: from "spfcheck " to the end of
/// the line, with the lines that continue it after a backslash.
inline std::vector<std::string> suggested_in(const std::string& out) {
    std::vector<std::string> found;
    std::istringstream lines(out);
    bool is_continued = false;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t begin = line.find("spfcheck ");
        if (is_continued) {
            found.back() += '\n' + line;
        } else if (begin != std::string::npos && is_command(line, begin)) {
            found.push_back(line.substr(begin));
        } else {
            continue;
        }
        is_continued = line.ends_with('\\');
    }
    return found;
}

/// Returns the values of all keys "command" in a JSON document.
inline std::vector<std::string> commands_in(const nlohmann::json& json) {
    std::vector<std::string> found;
    if (json.is_object() && json.contains("command") && json["command"].is_string())
        found.push_back(json["command"]);
    if (json.is_structured()) {
        for (const auto& each : json) {
            for (std::string& command : commands_in(each)) found.push_back(std::move(command));
        }
    }
    return found;
}

/// Runs a suggested command in a shell, as printed. Only a person can know the word ADDRESS, where
/// the address of a client that a proxy hides is to be written.
inline Run run_suggested(std::string command) {
    const std::string placeholder = " ADDRESS ";
    const std::size_t at = command.find(placeholder);
    if (at != std::string::npos) command.replace(at, placeholder.size(), " 198.51.100.7 ");
    return shell("\"$SPFCHECK\"" + command.substr(std::string("spfcheck").size()));
}

}  // namespace cli_test
