// Reads the files of --providers, and refuses what providers.schema.json does not allow.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/catalogue.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// Returns the services of a file, or a message of one line about the first mistake. The message
/// names the path of the key, such as `providers[3].advice`, and what would be right. If the text
/// is not JSON, the message names line and column instead.
[[nodiscard]] spf::Expected<std::vector<Provider>, std::string> read_providers(
    std::string_view text);

}  // namespace spfcheck
