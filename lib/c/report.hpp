// Header fields and replies for a C program.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "spf/c/report.h"
#include "spf/report/smtp_reply.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_fields {
    /// A header field, and its parts.
    struct Field {
        std::string text{};
        std::string name{};
        std::size_t value = 0;  ///< the offset of the value in `text`
    };
    explicit spf_fields(std::vector<std::string> texts);

    std::vector<Field> fields{};
};

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_reply {
    explicit spf_reply(spf::report::SmtpReply from);

    spf::report::SmtpReply reply;
    std::string text;
    std::string smtp;
};

namespace spf::c_api {

/// Returns SPFC_OK if a name can be the authserv-id of Authentication-Results (RFC 8601, 2.5);
/// otherwise the error. It must not be empty.
[[nodiscard]] spf_error mistake_in_server(const char* name) noexcept;

}  // namespace spf::c_api
