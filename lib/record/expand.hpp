// Expands a macro string for one message (RFC 7208 section 7.3).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/macro.hpp"

namespace spf {

/// The values of the macro letters (7.2). The texts are views, which must be valid during the
/// expansion.
struct MacroValues {
    std::string_view local_part;        ///< l, and the part of s before "@"
    std::string_view sender_domain;     ///< o, and the part of s after "@"
    std::string_view domain;            ///< d
    IpAddress ip;                       ///< i, c, v
    std::string_view helo;              ///< h
    std::string_view validated_domain;  ///< p: "unknown" if there is none (7.3)
    std::string_view receiver;          ///< r: "unknown" if there is none (7.3)
    std::chrono::sys_seconds time;      ///< t
};

/// Expands a domain-spec to a name, in lower case and without a trailing dot, and writes it to
/// `out`. If the name is longer than 253 octets, whole labels are removed from the left until it
/// fits (7.3). The name may still not be legal, because a label may be empty or too long: see
/// name_problem(). `out` becomes at most a few KiB longer than the longest literal or value,
/// because octets that cannot be in the name are removed early.
SPF_EXPORT void expand_domain(const MacroString& macro, const MacroValues& values,
                              std::string& out);

/// Expands an explain-string, cuts it after `longest` octets, and writes it to `out`. The result
/// may contain any octet, because a local-part may.
void expand_text(const MacroString& macro, const MacroValues& values, std::size_t longest,
                 std::string& out);

}  // namespace spf
