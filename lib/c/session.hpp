// Reads what a C program says about a message.
#pragma once

#include "spf/c/session.h"
#include "spf/evaluation/request.hpp"
#include "spf/receiver/session.hpp"

namespace spf::c_api {

/// Stores in `out` the session that a C program describes. The texts are not copied.
[[nodiscard]] spf_error read(const spf_session* session, receiver::Session& out) noexcept;

/// Returns the options that a C program describes, or the defaults for null.
[[nodiscard]] Options read(const spf_options* options) noexcept;

}  // namespace spf::c_api
