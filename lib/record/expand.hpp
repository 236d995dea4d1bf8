// Expansion of a macro string for one message (RFC 7208 section 7.3).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/macro.hpp"

namespace spf {

/// The values of the macro letters (7.2). Views: all have to outlive the call that expands.
struct MacroValues {
    std::string_view local_part;        ///< l, and the first half of s
    std::string_view sender_domain;     ///< o, and the second half of s
    std::string_view domain;            ///< d
    IpAddress ip;                       ///< i, c, v
    std::string_view helo;              ///< h
    std::string_view validated_domain;  ///< p: "unknown" if there is none (7.3)
    std::string_view receiver;          ///< r: "unknown" if there is none (7.3)
    std::chrono::sys_seconds time;      ///< t
};

/// Replaces the contents of `out` by the expansion of a domain-spec as a name to ask for: lower
/// case, no trailing dot and, if it is longer than 253 octets, whole labels cut from the left until
/// it fits (7.3). The result may still not be a legal name (an empty or too long label): see
/// name_problem(). `out` grows to at most a few KiB plus the longest literal or value: octets that
/// cannot be in the name are dropped.
SPF_EXPORT void expand_domain(const MacroString& macro, const MacroValues& values,
                              std::string& out);

/// Replaces the contents of `out` by the expansion of an explain-string, cut after `longest`
/// octets. The result may contain any octet, since local-parts may.
void expand_text(const MacroString& macro, const MacroValues& values, std::size_t longest,
                 std::string& out);

}  // namespace spf
