// The spf_checker of a C program.
#pragma once

#include "c/answer.hpp"
#include "spf/c/checker.h"
#include "spf/mail/checker.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_checker {
    spf_checker(spf_resolve_function* resolve, void* context, const spf::CheckerOptions& options)
        : resolver(resolve, context), checker(resolver, options) {}

    spf::c_api::CallbackResolver resolver;
    spf::Checker checker;
};
