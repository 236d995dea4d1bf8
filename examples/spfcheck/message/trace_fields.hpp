// The header of a message (RFC 5322), as far as SPF needs it. Only trace_fields.cpp uses gmime.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/failure.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// The trace fields of a message (RFC 5321, 4.4).
struct TraceFields {
    std::vector<std::string> received;  ///< bodies of all Received fields, the topmost first
    /// The body of the topmost Return-Path field, without surrounding white space.
    std::optional<std::string> return_path;
    std::size_t above_return_path = 0;  ///< number of Received fields above return_path
    /// The domain of the author: the domain of the addresses in the field From (RFC 5322, 3.6.2),
    /// in lower case and with A-labels. Empty if there is no such address, or if the addresses have
    /// different domains. An untrusted sender may have written it.
    std::string author_domain;
};

/// The maximum size of a header in octets. A longer header is an error.
inline constexpr std::size_t longest_header = std::size_t{1} << 20U;

/// Reads the header of a message. A preceding line as in mbox files ("From ..."), or a byte order
/// mark, is skipped. As mail servers do, the function regards a line that is neither a field nor
/// the continuation of a field as the end of the header. Octets that gmime would drop (NUL, a lone
/// CR) become 0x01.
///
/// `message` is a message or the beginning of a message. If it has more than `longest_header`
/// octets and the end of the header is not among them, the result is an error.
[[nodiscard]] spf::Expected<TraceFields, Failure> trace_fields_of(std::string_view message);

/// Reads the header of the message in a file.
/// \param path  the path of the file; "-" is standard input
[[nodiscard]] spf::Expected<TraceFields, Failure> read_trace_fields(const std::string& path);

}  // namespace spfcheck
