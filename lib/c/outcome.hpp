// The outcomes of a message for a C program.
#pragma once

#include <optional>
#include <string>

#include "spf/c/outcome.h"
#include "spf/mail/mail_check.hpp"

// An outcome of an spf_check, and the texts that are made from it.
// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_outcome {
    spf_outcome(const spf::Outcome& from, bool is_traced);

    const spf::Outcome& outcome;
    bool has_trace;  // whether the steps were recorded, of which there may be none
    std::string ip;
    std::string problem{};
    std::string remedy{};
};

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_check {
    // `options` are the options of the check.
    spf_check(spf::MailCheck from, const spf::Options& options);
    spf_check(const spf_check&) = delete;  // its outcomes refer to `mail`
    spf_check& operator=(const spf_check&) = delete;

    const spf::MailCheck mail;
    std::optional<spf_outcome> helo{};
    std::optional<spf_outcome> mail_from{};
};
