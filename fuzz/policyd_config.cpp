// Tests the configurations of spf-policyd. A text is a configuration or has errors, each at a place
// in the text. The translation of any text is a configuration.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/ascii.hpp"
#include "config/import.hpp"
#include "config/toml.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace policyd;
    const std::string text(data, data + size);
    const auto config = parse_config(text);
    if (!config) {
        REQUIRE_THAT(!config.error().empty());
        const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
        for (const ConfigError& error : config.error()) {
            REQUIRE_THAT(error.line >= 1 && error.line <= lines && error.column >= 1);
            REQUIRE_THAT(!error.message.empty());
            REQUIRE_THAT(
                std::all_of(error.message.begin(), error.message.end(), spf::ascii::is_printable));
        }
    }
    REQUIRE_THAT(parse_config(imported(text)));
    return 0;
}
