/// \file evaluation/result.hpp  The possible results of check_host() (RFC 7208 section 2.6).
#pragma once

#include <cstdint>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// The results of check_host() (RFC 7208, 2.6).
enum class Result : std::uint8_t { none, neutral, pass, fail, softfail, temperror, permerror };

/// Returns "none", "neutral", "pass", "fail", "softfail", "temperror" or "permerror" (2.6, 9.1).
[[nodiscard]] SPF_EXPORT std::string_view to_string(Result result) noexcept;

}  // namespace spf
