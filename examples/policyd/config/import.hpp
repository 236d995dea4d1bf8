// Translates the configuration of policyd-spf-python (policyd-spf.conf(5)).
#pragma once

#include <string>
#include <string_view>

namespace policyd {

/// Returns a configuration in TOML that does what a policyd-spf.conf does. What has no counterpart
/// is in comments that say why. Whatever the text is, parse_config() reads the result.
[[nodiscard]] std::string imported(std::string_view policyd_spf_conf);

}  // namespace policyd
