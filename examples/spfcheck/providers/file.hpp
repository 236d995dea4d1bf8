// Files of --providers, read strictly as providers.schema.json describes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/catalogue.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// Returns the services of a file, or its first mistake in one line: the path of the key, as in
/// `providers[3].advice`, or line and column if the text is not JSON, and what would be right.
[[nodiscard]] spf::Expected<std::vector<Provider>, std::string> read_providers(
    std::string_view text);

}  // namespace spfcheck
