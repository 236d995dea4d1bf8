// Colours results for terminals (ECMA-48 SGR).
#pragma once

#include <string>

#include "spf/evaluation/trace.hpp"

namespace spf::report {

/// Returns the name of a result. If `enabled`, the name is bold, and green for pass, red for fail,
/// yellow for softfail, and magenta for temperror and permerror.
[[nodiscard]] inline std::string coloured(Result result, bool enabled) {
    std::string name(to_string(result));
    if (!enabled) return name;
    const char* code = "1";
    switch (result) {
        case Result::pass: code = "1;32"; break;
        case Result::fail: code = "1;31"; break;
        case Result::softfail: code = "1;33"; break;
        case Result::temperror:
        case Result::permerror: code = "1;35"; break;
        case Result::none:
        case Result::neutral: break;
    }
    return "\033[" + std::string(code) + "m" + name + "\033[0m";
}

}  // namespace spf::report
