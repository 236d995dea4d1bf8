// What a macro string expands to for one message (RFC 7208 section 7.3).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/macro.hpp"

namespace spf {

/// What the macro letters stand for (7.2). Views: all have to outlive the call of expand().
struct MacroValues {
    std::string_view local_part;        ///< l, and the first half of s
    std::string_view sender_domain;     ///< o, and the second half of s
    std::string_view domain;            ///< d
    IpAddress ip;                       ///< i, c, v
    std::string_view helo;              ///< h
    std::string_view validated_domain;  ///< p: "unknown" where there is none (7.3)
    std::string_view receiver;          ///< r: "unknown" where there is none (7.3)
    std::chrono::sys_seconds time;      ///< t
};

/// Replaces the contents of `out` by the expansion of a domain-spec as a name to ask for: lower
/// case, no trailing dot, and where it is longer than 253 octets, whole labels cut from the left
/// until it fits (7.3). May still be no legal name (an empty or too long label): see name_problem().
/// `out` grows to a few KiB and the longest literal or value: what cannot end up in the name is dropped.
SPF_EXPORT void expand_domain(const MacroString& macro, const MacroValues& values,
                              std::string& out);

/// Replaces the contents of `out` by the expansion of an explain-string, cut after `longest` octets.
/// May contain any octet, since local-parts may.
void expand_text(const MacroString& macro, const MacroValues& values, std::size_t longest,
                 std::string& out);

}  // namespace spf
