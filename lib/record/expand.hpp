// Expands a macro string with the values of one check (RFC 7208 section 7.3).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/macro.hpp"

namespace spf {

/// The values of the macro letters (7.2). The members that are views must be valid until the
/// expansion has ended.
struct MacroValues {
    std::string_view local_part;     ///< the value of l, and of s before the "@"
    std::string_view sender_domain;  ///< the value of o, and of s after the "@"
    std::string_view domain;         ///< the value of d
    IpAddress ip;                    ///< the value from which i, c and v are made
    std::string_view helo;           ///< the value of h
    /// The value of p: "unknown" if there is no validated name (7.3).
    std::string_view validated_domain;
    std::string_view receiver;      ///< the value of r: "unknown" if the receiver has no name (7.3)
    std::chrono::sys_seconds time;  ///< the value of t
};

/// Expands a domain-spec to a domain name and writes it to `out`, in lower case and without a
/// trailing dot. If the name is longer than 253 octets, labels are removed from the left until it
/// has at most 253 (7.3). The name may still be illegal, because one of its labels may be empty or
/// too long (see name_problem()). During the expansion, `out` is at most a few KiB longer than the
/// longest literal or value: octets that cannot be in the name are removed early.
SPF_EXPORT void expand_domain(const MacroString& macro, const MacroValues& values,
                              std::string& out);

/// Expands an explain-string, cuts the result after `longest` octets, and writes it to `out`. The
/// result may contain any octets, because the local-part of the sender may contain any.
void expand_text(const MacroString& macro, const MacroValues& values, std::size_t longest,
                 std::string& out);

}  // namespace spf
